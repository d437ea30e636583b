"""Floor 3: the Qt kit. Knows widgets and no feature."""
