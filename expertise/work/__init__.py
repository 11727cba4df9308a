"""Use cases: each is one function of an office, an actor and what is asked; each is one transaction with its audit."""
