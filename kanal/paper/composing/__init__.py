"""From a unit's facts to a finished letter: PDF/A-3a with its facts inside, and an editable DOCX."""
