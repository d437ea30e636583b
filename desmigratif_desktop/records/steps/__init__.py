"""The schema of this floor, one file a step. A released step is never edited."""
