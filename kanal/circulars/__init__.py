"""The instruction and circulars brought to every office: sent or printed, and acknowledged."""
