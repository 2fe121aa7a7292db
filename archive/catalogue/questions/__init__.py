"""What is asked of the catalogue: a module a subject, answering in the words of archive.views."""
