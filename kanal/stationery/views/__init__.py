"""The pages of what an office writes with."""
