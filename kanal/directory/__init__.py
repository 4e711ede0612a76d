"""Governments, units, people, sign-in and roles."""
