"""Words of the documents, one file per language."""
