"""Pages, rendered here: they read and decide without scripts; scripts only make it quicker."""
