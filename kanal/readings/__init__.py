"""What was read from a file: each fact with how surely, and the piece of the page it stands on."""
