"""Long runs, one command each, that print what they counted."""
