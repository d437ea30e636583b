"""Floor 2: the press. Sheets, styles, blocks, numbers and the archive of issued papers."""
