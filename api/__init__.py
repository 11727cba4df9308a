"""The service: REST, pages, accounts and jobs over the use cases of ``expertise``; no rules here."""
