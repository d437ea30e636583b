"""Screens of the migration services: list, who has come, registration, papers, parts of a page."""
