"""nlp/structure."""
