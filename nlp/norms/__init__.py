"""nlp/norms."""
