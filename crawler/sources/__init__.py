"""Sources: what an archive watches, as people write it in `sources.toml`."""
