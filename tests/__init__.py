"""Whole stories across the rooms, and the makers of people, offices and letters for all tests."""
