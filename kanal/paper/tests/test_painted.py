"""What is painted on a page, against what the library itself tells of it."""

from pathlib import Path

import pypdfium2
import pytest

from kanal.paper.reading.kept import kept
from kanal.paper.reading.painted import bounds_of, painted_on

LETTERS = sorted((Path(__file__).parents[3] / "tests" / "letters").glob("p*.pdf"))


@pytest.mark.parametrize("path", LETTERS[::4], ids=lambda path: path.stem)
def test_the_same_things_in_the_same_order_and_places(path: Path) -> None:
    document = pypdfium2.PdfDocument(path.read_bytes())
    for page in document:
        for depth in (1, 4):
            told = [(each.type, each.get_bounds()) for each in page.get_objects(max_depth=depth)]
            ours = [(kind, bounds_of(thing)) for kind, thing in painted_on(page, depth=depth)]
            assert ours == told
    document.close()


def test_a_kept_property_is_worked_out_once() -> None:
    class Page:
        worked = 0

        @kept
        def text(self) -> str:
            self.worked += 1
            return "isi"

    page = Page()
    assert (page.text, page.text, page.worked) == ("isi", "isi", 1)
    assert isinstance(Page.text, kept)
