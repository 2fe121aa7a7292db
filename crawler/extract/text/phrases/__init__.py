"""Lines that sites write beside every article: standing phrases, notes and requests, by words.

`families` asks them all, in this order, and the first that knows a line says its family: bylines
(in `families` itself), patterns of `whole_lines`, `fixed` texts looked up word for word, patterns
that need a word `within`, `other_scripts`, `end_notes` by how they open, `page_notes` out of three
tables (`condition_words`, `origin_words`, `pointer_words`, shaped as `note_table` says), and at
last `requests` out of `request_words`. `openings` finds the words of a table, and `speech` exempts
what somebody is reported to say. `small_print` stands apart: a word anywhere in a line is enough.
"""
