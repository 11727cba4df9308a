"""Similar drafts measured: families of generated local acts, and how well clusters meet them."""
