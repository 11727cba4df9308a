"""The case: states, requisites, decisions, reading list, agreement, without a store or a clock."""
