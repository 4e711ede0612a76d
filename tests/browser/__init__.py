"""The whole of Kanal, started as an office starts it and used as people use it: by clicking."""
