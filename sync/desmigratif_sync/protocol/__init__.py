"""What travels: entries, frames, envelopes. Knows neither a store nor a server."""
