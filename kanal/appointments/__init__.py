"""Letters, and who answers for which account from when until when."""
