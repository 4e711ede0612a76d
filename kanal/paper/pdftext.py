"""The child that opens a PDF: reads it from its input, answers in JSON, within hard limits."""

import json
import sys

import pypdfium2

if sys.platform != "win32":
    import resource

MAX_PAGES = 60
MAX_CHARACTERS = 250_000
_CPU_SECONDS = 15
_MEMORY = 1 << 30


def limit_this_process() -> None:
    """Only where the system can; elsewhere the parent's clock remains."""
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(data: bytes) -> dict[str, object]:
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


def main() -> None:
    limit_this_process()
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
