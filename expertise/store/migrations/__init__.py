"""Migrations of the database (Alembic); ``upgrade`` in ``schema`` runs them."""
