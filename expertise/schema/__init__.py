"""JSON Schemas of what leaves the house."""
