"""saraptama."""
