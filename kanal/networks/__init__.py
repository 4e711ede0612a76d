"""One module a network: what a handle is and how it is written. No Django."""
