"""What a file is and whether it may be opened: looked at in a child before anything else reads it.

`inspecting.inspect` is the door; `guidance.words_for` says each finding in the office's words.
"""
