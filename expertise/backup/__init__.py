"""Backup and restore: one archive of database and kept files, the same from and for SQLite and PostgreSQL."""
