"""The directory's pages, by what they are about."""
