"""Persistence: tables, the database, migrations, files by their hash. The same on SQLite and PostgreSQL."""
