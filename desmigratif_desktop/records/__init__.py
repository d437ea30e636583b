"""Floor 1: the encrypted store, its change log, merge, search and backups. Generic over kinds."""
