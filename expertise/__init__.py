"""expertise."""
