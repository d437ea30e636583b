"""What the screens of the migration services show and ask; plain Python, no widgets."""
