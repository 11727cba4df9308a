"""JSON Schema of the result, one file per ``schema_version``."""
