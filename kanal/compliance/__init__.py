"""The board: how far every unit has come, and the proof that the rows are true."""
