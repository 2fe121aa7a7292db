"""The catalogue's migration for reading again, and for building anew: what these must find."""

REREADING = (
    # answer.ShortLink as JSON: with it, `short_links` follows from the readings.
    "ALTER TABLE readings ADD COLUMN short_link TEXT",
    "CREATE INDEX captures_by_via ON captures (via_record) WHERE via_record IS NOT NULL",
)
