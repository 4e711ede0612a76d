"""Official accounts and nil returns."""
