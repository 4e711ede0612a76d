"""Letters coming in: submitted, received on paper and as a file, agenda numbers."""
