"""The forms of a page as a browser sees them, and their filling in as somebody would who means it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile

from kanal.lib.dates import today
from tests.factories import a_nip, pdf_bytes

Values = dict[str, list[str]]


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    value: str = ""
    options: tuple[str, ...] = ()
    chosen: bool = False
    required: bool = False


@dataclass
class Form:
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def values(self, button: tuple[str, str] | None, written: Mapping[str, str]) -> Values:
        """What a person sends who fills in everything. `written` is by a field's last name."""
        given: Values = {}
        for one in self.fields:
            if one.kind == "file" or not one.name:
                continue
            if one.kind in ("radio", "checkbox") and one.name in written:
                given[one.name] = [written[one.name]]
            elif one.kind in ("radio", "checkbox"):
                if one.kind == "checkbox" or one.chosen or one.name not in given:
                    earlier = given.get(one.name, []) if one.kind == "checkbox" else []
                    given[one.name] = [*earlier, one.value]
            else:
                given.setdefault(one.name, []).append(_filled(one, written))
        if button:
            given[button[0]] = [button[1]]
        return given

    @property
    def file_names(self) -> list[str]:
        return [one.name for one in self.fields if one.kind == "file"]


@dataclass(frozen=True)
class Deed:
    """One press of one button."""

    path: str
    values: Values
    files: tuple[str, ...] = ()
    button: tuple[str, str] | None = None

    @property
    def key(self) -> str:
        return f"{self.path} {self.button} {sorted(self.values)}"

    def __str__(self) -> str:
        return f"POST {self.path} {self.button or ''}".strip()

    def data(self) -> dict[str, object]:
        fresh = {
            name: SimpleUploadedFile("surat.pdf", pdf_bytes(), content_type="application/pdf")
            for name in self.files
        }
        return {**self.values, **fresh}


# Left empty where the form lets it be.
LEFT_EMPTY = {
    "begins_on",
    "corrects",
    "ends_on",
    "identity_reason",
    "replaces",
    "successor",
    "unit",
}
# What offices write into a field of this name; a later part of a formset has the name at its end.
WRITTEN = {
    "email": "baru@contoh.go.id",
    "full_name": "Budi Santoso, S.Sos.",
    "number": "771/-1.823.5",
    "phone": "021-3822355",
    "text": "https://www.instagram.com/contoh.baru.kanal/",
}


def _filled(one: Field, written: Mapping[str, str]) -> str:
    """The value that stands there, else what somebody would write."""
    name = one.name.rsplit("-", 1)[-1]
    if one.kind == "hidden":
        return one.value
    if name in written:
        return written[name]
    if one.value:
        return f"{one.value} baru" if name == "name" else one.value
    if name in LEFT_EMPTY and not one.required:
        return ""
    if one.kind == "select":
        return next((option for option in one.options if option), "")
    if one.kind == "date" or name.endswith(("_on", "dated")):
        return today().isoformat()
    if "identity" in name or "nip" in name:
        return a_nip()
    return "5" if one.kind == "number" else WRITTEN.get(name, "Diisi untuk uji")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.select: Field | None = None
        self.textarea: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.open = Form(has.get("action", ""), has.get("method", "get").lower())
            self.forms.append(self.open)
        elif self.open is None or "disabled" in has:
            return
        elif tag == "input":
            self._input(self.open, has)
        elif tag == "button" and has.get("type", "submit") == "submit":
            self.open.buttons.append((has.get("name", ""), has.get("value", "")))
        elif tag == "select":
            self.select = Field(has.get("name", ""), "select", required="required" in has)
        elif tag == "option" and self.select:
            value = has.get("value", "")
            chosen = value if "selected" in has else self.select.value
            self.select = replace(self.select, options=(*self.select.options, value), value=chosen)
        elif tag == "textarea":
            self.textarea = Field(has.get("name", ""), "textarea", required="required" in has)

    def _input(self, form: Form, has: dict[str, str]) -> None:
        kind = has.get("type", "text")
        if kind in ("submit", "image"):
            form.buttons.append((has.get("name", ""), has.get("value", "")))
        else:
            form.fields.append(
                Field(
                    has.get("name", ""),
                    kind,
                    has.get("value", ""),
                    chosen="checked" in has,
                    required="required" in has,
                )
            )

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.textarea = replace(self.textarea, value=self.textarea.value + data.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select" and self.select and self.open:
            self.open.fields.append(self.select)
            self.select = None
        elif tag == "textarea" and self.textarea and self.open:
            self.open.fields.append(self.textarea)
            self.textarea = None


def forms_of(page: str) -> list[Form]:
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def deeds_of(page: str, address: str, written: Mapping[str, str]) -> list[Deed]:
    """Every button of every form that writes. `address` is the page's own, with its query."""
    return [
        Deed(
            path=urljoin(address, form.action or address),
            values=form.values(button, written),
            files=tuple(name for name in form.file_names if name not in written),
            button=button,
        )
        for form in forms_of(page)
        if form.method == "post"
        for button in [b for b in form.buttons if b[0]] or [None]
    ]
