"""Changes: a norm before and after the draft, from amendments with the wording in force or a comparative table."""
