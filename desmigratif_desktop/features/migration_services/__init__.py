"""Pusat layanan migrasi: prospective, active and returned workers and their families."""
