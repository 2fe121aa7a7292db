"""The disk: an archive's folder and its lock, writes that last, and what a disk refuses."""
