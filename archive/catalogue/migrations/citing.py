"""The catalogue's migration that says of a citation which capture was the first to make it.

A version is of one text, and what cites posts beside a text comes and goes: so neither the newest
capture of a citation's version nor any other of its first instant need have made it. What stands
here at first is what exports said until then; the rules of today (removal.py) put it right.
"""

CITING = (
    "ALTER TABLE citations ADD COLUMN record_id TEXT REFERENCES captures",
    """
    UPDATE citations SET record_id = (
        SELECT min(record_id) FROM sightings
        WHERE sightings.version_id = citations.version_id AND captured_at = first_seen_at)
    """,
)
