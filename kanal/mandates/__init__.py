"""The instruction: whom it addresses, what it orders, by when, and where each unit stands."""
