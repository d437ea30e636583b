"""Floor 0: what everything may use. Standard library only, no database, no screen."""
