"""expertise/documents."""
