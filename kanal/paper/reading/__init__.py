"""Letters read: from a file's bytes to who was appointed, by whom, since when."""
