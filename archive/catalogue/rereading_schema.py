"""The catalogue's third migration: what reading again, and building anew, need to find."""

REREADING = (
    # answer.ShortLink as JSON: with it, `short_links` follows from the readings.
    "ALTER TABLE readings ADD COLUMN short_link TEXT",
    "CREATE INDEX captures_by_via ON captures (via_record) WHERE via_record IS NOT NULL",
)
