"""Names of what an examination can be written as."""

FORMATS = ("json", "sarif", "docx", "comments")
