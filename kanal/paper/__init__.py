"""Reading papers: the text of an instruction, its dicta, dates and numbers. No Django."""
