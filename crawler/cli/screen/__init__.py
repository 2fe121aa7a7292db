"""What a person sees on a terminal: clean text, progress, portraits, the summary of a run."""
