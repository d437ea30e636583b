"""Floor 2: the laptop's side of sync, seals, sends, receives, applies."""
