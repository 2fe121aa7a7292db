"""What a catalogue derived of its facts, to be held against what another made of them."""

TABLES = (
    *("documents", "answers", "readings", "canonical_claims", "short_links"),
    *("articles", "article_keys", "article_urls", "versions", "version_links", "sightings"),
    *("standings", "turns", "clusters"),
    *("posts", "citations", "post_versions", "post_sightings", "post_metrics", "post_pointers"),
    *("post_aliases", "cross_checks"),
)


def derived(connection):
    """The rows of each table, in no order; `texts` without the number each was given."""
    assert not connection.execute("PRAGMA foreign_key_check").fetchall()
    return {
        name: sorted(map(repr, map(tuple, connection.execute(f"SELECT * FROM {name}"))))
        for name in TABLES
    } | {"texts": sorted(map(tuple, connection.execute("SELECT digest, kind FROM texts")))}
