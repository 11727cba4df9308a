"""nlp/factors."""
