from urllib.parse import parse_qs, urlparse

import pytest

from kanal.reminders.phones import mobile, whatsapp


@pytest.mark.parametrize(
    "written",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "+62 812 3456 7890",
        "+62 (0)812-3456-7890",
        "62812.3456.7890",
        "(0812) 3456 7890",
    ],
)
def test_however_it_is_written(written: str) -> None:
    assert mobile(written) == "6281234567890"


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "-",
        "021-3822355",
        "3822355",
        "081234",
        "0812345678901234",
        "0812xxxx7890",
        "080012345678",
        "+65 9123 4567",
        "0812-3456-7890 / 0813-1111-2222",
        "０８１２３４５６７８９０",
        "081234567890<script>",
    ],
)
def test_nonsense_is_no_number(nonsense: str) -> None:
    assert mobile(nonsense) == ""
    assert whatsapp(nonsense, "Halo") == ""


def test_the_link_carries_the_words() -> None:
    link = urlparse(whatsapp("0812-3456-7890", "Yth. Bapak/Ibu & rekan,\nmohon dibaca? 100%"))
    assert (link.scheme, link.netloc, link.path) == ("https", "wa.me", "/6281234567890")
    assert parse_qs(link.query) == {"text": ["Yth. Bapak/Ibu & rekan,\nmohon dibaca? 100%"]}
