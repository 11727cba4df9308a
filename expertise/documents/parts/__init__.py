"""Fixed parts of the written DOCX: styles, fonts, settings, relationships. ``{locale}`` and ``{title}`` are filled."""
