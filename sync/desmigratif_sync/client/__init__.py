"""The laptop's carrier over HTTP."""
