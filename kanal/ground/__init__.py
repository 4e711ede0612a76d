"""The ground under the house: the process tree, the embedded database, the command line."""
