"""Rosters that villages already have. The next issue builds this room."""
