"""What keeps a letter from being made, in words for the person who can mend it."""


class ComposingMistake(ValueError):
    """Any of the mistakes below."""


class FactsMistake(ComposingMistake):
    """`field` is a path as in the JSON: `officers[0].name`. `message` is a sentence."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class GlyphMissing(ComposingMistake):
    """The letters' font cannot draw `character`, which stands in `field`."""

    def __init__(self, character: str, field: str) -> None:
        self.character = character
        self.field = field
        self.message = (
            f"Huruf “{character}” (U+{ord(character):04X}) tidak dapat dicetak. "
            "Ganti dengan huruf biasa."
        )
        super().__init__(f"{field}: {self.message}")


class TemplateMistake(ComposingMistake):
    """`line` counts from 1 in the template's own text; None when it is not in one line."""

    def __init__(self, line: int | None, message: str, hint: str = "") -> None:
        super().__init__(f"baris {line}: {message}" if line else message)
        self.line = line
        self.message = message
        self.hint = hint


class LogoMistake(ComposingMistake):
    """A picture that cannot be a logo; the text is a sentence for whoever chose it."""
