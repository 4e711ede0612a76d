"""Invented people and letters on the real offices, clearly marked, removable."""
