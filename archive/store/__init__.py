"""The archive itself: to be written (`archive`), to be read (`reader`), to be copied (`snapshot`).

Before it is written, `repair` makes whole what a killed run left. `dedup` tells what was kept
before; `batches` lets many captures share one sync of the disk.
"""
