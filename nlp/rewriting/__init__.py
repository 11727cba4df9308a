"""nlp/rewriting."""
