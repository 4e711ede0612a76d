"""The commands that stand before Django: they bring the database and the processes up."""
