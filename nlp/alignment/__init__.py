"""Alignment: two trees of units → aligned units with operations."""
