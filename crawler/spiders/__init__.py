"""Spiders: policy only. Which URLs, and what follows what."""
