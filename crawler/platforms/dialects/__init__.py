"""What several platforms speak: oEmbed, the Mastodon API, ActivityPub, Meta's pages, Open Graph."""
