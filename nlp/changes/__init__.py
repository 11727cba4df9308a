"""Changes: one norm before and after the draft, from amendments with the wording in force or from a comparative table."""
