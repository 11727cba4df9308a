"""nlp/detection."""
