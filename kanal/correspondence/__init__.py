"""Surat keluar: letters drafted here, approved under a number, signed, sent in, and verifiable by anyone."""
