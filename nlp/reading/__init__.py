"""nlp/reading."""
