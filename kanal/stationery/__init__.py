"""Letterheads, number books, paper templates and trusted certificate roots: what an office writes with."""
