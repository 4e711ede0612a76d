"""Who did what, when, under which letter: append-only, hashed, sealed."""
