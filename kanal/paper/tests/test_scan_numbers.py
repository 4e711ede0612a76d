"""Digit groups on recognised pages: which belong together, and when two engines agree."""

from kanal.paper.reading.scan_numbers import groups_of, possible_nip, readings_of_numbers
from kanal.paper.words import Page, View, Word

NIP = "196402111984031002"


def words(*parts: tuple[str, float, float], confidence: float = 0.9) -> tuple[Word, ...]:
    """Each part is text, left, top; a letter is 5 points wide and 10 high."""
    return tuple(Word(text, x, y, x + 5 * len(text), y + 10, confidence) for text, x, y in parts)


def view(engine: str, *parts: tuple[str, float, float], confidence: float = 0.9) -> View:
    return View(engine, (Page(1, 595, 842, words(*parts, confidence=confidence)),))


def digits(*parts: tuple[str, float, float]) -> list[str]:
    return [group.digits for group in groups_of(words(*parts))]


def test_a_nip_in_four_parts_is_one_number() -> None:
    row = (("NIP", 0, 0), (":", 20, 0), ("19640211", 30, 0), ("198403", 75, 0))
    assert digits(*row, ("1", 110, 0), ("002", 120, 0)) == [NIP]


def test_the_label_may_stick_to_the_digits() -> None:
    assert digits(("NIP." + NIP, 0, 0)) == [NIP]
    assert digits(("PEM" + NIP, 0, 0)) == [NIP]


def test_a_rows_running_number_belongs_to_nobody() -> None:
    assert digits(("2", 0, 0), (NIP, 12, 0)) == [NIP]


def test_two_columns_are_two_numbers() -> None:
    assert digits((NIP, 0, 0), (NIP, 200, 0)) == [NIP, NIP]


def test_a_narrow_column_breaks_a_number() -> None:
    assert digits((NIP[:14], 0, 0), ("Jabatan", 100, 0), (NIP[14:], 0, 12)) == [NIP]


def test_the_end_of_a_line_breaks_a_number() -> None:
    above = (("Saudari", 0, 0), ("Widya,", 50, 0), ("NIP", 100, 0), ("19640211", 130, 0))
    assert digits(*above, ("198403 1 002,", 0, 12), ("Penata", 80, 12)) == []
    assert digits(*above, ("198403", 0, 12), ("1", 36, 12), ("002,", 46, 12)) == [NIP]
    beside = (("No.", 0, 12), ("198403", 30, 12), ("1", 66, 12), ("002,", 76, 12))
    assert digits(*above, *beside) == []


def test_a_telephone_number_is_not_one() -> None:
    assert digits(("No.", 0, 0), ("HP", 20, 0), ("086775652396", 40, 0)) == []


def test_letters_are_never_taken_for_digits() -> None:
    assert digits(("19640211198403100O", 0, 0)) == []


def test_agreement_of_two_engines_is_certain() -> None:
    first, second = view("tesseract", (NIP, 0, 0)), view("rapidocr", (NIP, 1, 1))
    (reading,) = readings_of_numbers([first, second])
    assert reading.certain
    assert reading.agreed == reading.best == NIP


def test_one_engine_alone_is_never_certain() -> None:
    (reading,) = readings_of_numbers([view("tesseract", (NIP, 0, 0), confidence=1.0)])
    assert not reading.certain
    assert reading.agreed is None
    assert reading.best == NIP


def test_disagreement_is_never_certain_and_keeps_both() -> None:
    other = NIP.replace("3", "8")
    views = [view("tesseract", (NIP, 0, 0)), view("mix", (other, 0, 0))]
    (reading,) = readings_of_numbers(views)
    assert not reading.certain
    assert reading.texts == {"tesseract": NIP, "mix": other}
    assert reading.best == NIP


def test_a_doubted_digit_or_an_impossible_number_is_never_certain() -> None:
    doubted = [view("tesseract", (NIP, 0, 0), confidence=0.3), view("rapidocr", (NIP, 0, 0))]
    assert not readings_of_numbers(doubted)[0].certain
    hardly = [
        view("tesseract", (NIP, 0, 0), confidence=0.1),
        view("rapidocr", (NIP, 0, 0), confidence=1),
    ]
    assert not readings_of_numbers(hardly)[0].certain
    odd = "199013452017041022"
    odd_views = [view("tesseract", (odd, 0, 0)), view("rapidocr", (odd, 0, 0))]
    assert readings_of_numbers(odd_views)[0].agreed == odd
    assert not readings_of_numbers(odd_views)[0].certain


def test_one_engines_doubt_yields_to_the_others_certainty() -> None:
    doubted = [
        view("tesseract", (NIP, 0, 0), confidence=0.3),
        view("rapidocr", (NIP, 0, 0), confidence=1),
    ]
    assert readings_of_numbers(doubted)[0].certain


def test_the_files_own_text_is_not_a_second_opinion() -> None:
    assert readings_of_numbers([view("pdf", (NIP, 0, 0))]) == []


def test_possible_nips() -> None:
    assert possible_nip(NIP)
    assert possible_nip("199308222021211014")  # on contract: 21 in place of the month
    assert not possible_nip("196413111984031002")
    assert not possible_nip("196402301984031002")
    assert not possible_nip("196402111984033002")
    assert not possible_nip("196402111970031002")
    assert not possible_nip(NIP[:17])
    assert not possible_nip("１９６４０２１１１９８４０３１００２")
