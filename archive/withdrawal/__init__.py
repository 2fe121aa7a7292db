"""What must not be kept: taken away, and sealed where somebody may need it once more."""
