"""Scoring readings of saved pages against a corpus with their truth; see `bench/reading.py`.

corpus → extractors → scores (bodies, facts, citations, boilerplate) → table, losses, floors
"""
