"""The job that takes the text out of a PDF; it runs in the workshop, within hard limits."""

import pypdfium2

MAX_PAGES = 60
MAX_CHARACTERS = 250_000


def read(data: bytes) -> dict[str, object]:
    """`{"pages": [text, ...]}`, or `{"refused": code}` with a code of `text.REASONS`."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"refused": "encrypted" if "password" in str(error).lower() else "broken"}
    if len(document) > MAX_PAGES:
        return {"refused": "too-many-pages"}
    pages: list[str] = []
    left = MAX_CHARACTERS
    for number in range(len(document)):
        try:
            text = document[number].get_textpage().get_text_bounded()
        except pypdfium2.PdfiumError:
            return {"refused": "broken"}
        pages.append(text.replace("\r\n", "\n")[:left])
        left -= len(pages[-1])
    return {"pages": pages}
