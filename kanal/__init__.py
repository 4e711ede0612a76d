"""Kanal: official social media accounts, and the officers whose letters open them."""
