"""Names of what an examination can be written as."""

FORMATS = ("json", "sarif", "docx", "comments")
ON_REQUEST = ("akn",)  # written only where it is asked for by name
PRINTED = frozenset({"json", "sarif", "akn"})  # may go to standard output
KNOWN = frozenset({*FORMATS, *ON_REQUEST})
