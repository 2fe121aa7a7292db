"""Whether two texts are near copies: their shingles, the sketches of these, their likeness.

Pure: what is kept of them, and which articles belong together, is archive.catalogue's.
"""

from archive.near.likeness import RULES, Likeness, likeness
from archive.near.post_words import post_copy_digest
from archive.near.shingles import NearText, near_text
from archive.near.sketch import PROBE, Sketch, bands, could_be_copies, sketch

__all__ = [
    "PROBE",
    "RULES",
    "Likeness",
    "NearText",
    "Sketch",
    "bands",
    "could_be_copies",
    "likeness",
    "near_text",
    "post_copy_digest",
    "sketch",
]
