"""Floor 4: one folder a pillar; features are strangers to one another."""
