"""Signing letters (a key file, or BSrE's service) and judging the signatures of incoming PDFs."""
