"""Floor 5: reads every feature, writes nothing."""
