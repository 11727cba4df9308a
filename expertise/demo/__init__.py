"""A demonstration: accounts of all roles and cases at different stages, made by the same use cases as any other."""
