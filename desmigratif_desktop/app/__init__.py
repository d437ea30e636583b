"""Floor 6: composition. The only place that sees everything."""
