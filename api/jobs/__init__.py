"""Jobs: analyses and messages to other systems, done by workers that may be killed at any moment."""
