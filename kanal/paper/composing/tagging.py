"""The tags of a letter: every mark on paper belongs to an element, every element is what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf

_STANDARD = frozenset(
    [
        "/Document",
        "/Part",
        "/Sect",
        "/Div",
        "/P",
        "/H1",
        "/H2",
        "/H3",
        "/H4",
        "/H5",
        "/H6",
        "/L",
        "/LI",
        "/Lbl",
        "/LBody",
        "/Table",
        "/TR",
        "/TH",
        "/TD",
        "/THead",
        "/TBody",
        "/TFoot",
        "/Caption",
        "/Span",
        "/Link",
        "/Figure",
        "/Note",
        "/Reference",
        "/Quote",
        "/NonStruct",
    ]
)
# What may stand directly within.
_INSIDE = {
    "/L": {"/LI", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TR": {"/TH", "/TD"},
}
_WITHIN = {
    "/LI": {"/L"},
    "/LBody": {"/LI"},
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
}
_PAINTING = frozenset(
    ["Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "BI"]
)
_MOST_DEEP = 60


def tagging_problems(document: pikepdf.Pdf) -> list[str]:
    tree = document.Root.get("/StructTreeRoot")
    if tree is None:
        return ["no structure tree"]
    elements = list(_elements(tree, "", 0))
    found = list(_tree_problems(tree, elements))
    found += _heading_problems([kind for kind, _, _ in elements])
    for number, page in enumerate(document.pages, 1):
        found += [f"page {number}: {one}" for one in _page_problems(page, tree)]
    return found


def tags(document: pikepdf.Pdf) -> Counter[str]:
    """How often each kind of element is used, names mapped to the standard ones."""
    tree = document.Root.get("/StructTreeRoot")
    return Counter(kind for kind, _, _ in _elements(tree, "", 0)) if tree is not None else Counter()


def _elements(
    node: pikepdf.Object, parent: str, depth: int, roles: Any = None
) -> Iterator[tuple[str, str, pikepdf.Dictionary]]:
    """Kind, parent's kind and the element, in reading order."""
    if depth > _MOST_DEEP:
        return
    roles = node.get("/RoleMap", {}) if roles is None else roles
    kids: Any = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            kind = str(roles.get(str(kid.S), kid.S))
            yield kind, parent, kid
            yield from _elements(kid, kind, depth + 1, roles)


def _tree_problems(
    tree: pikepdf.Object, elements: list[tuple[str, str, pikepdf.Dictionary]]
) -> Iterator[str]:
    if "/ParentTree" not in tree:
        yield "no parent tree"
    if not elements or elements[0][0] != "/Document":
        yield "the structure does not begin with a Document"
    for kind, parent, element in elements:
        if kind not in _STANDARD:
            yield f"element {kind} has no standard role"
        if parent in _INSIDE and kind not in _INSIDE[parent]:
            yield f"{kind} directly within {parent}"
        if kind in _WITHIN and parent not in _WITHIN[kind]:
            yield f"{kind} within {parent or 'nothing'}"
        if kind == "/Figure":
            yield from _figure_problems(element)
        if kind == "/TH" and _attribute(element, "/Scope") not in ("/Column", "/Row", "/Both"):
            yield "TH without scope"
        if kind == "/Table":
            yield from _table_problems(element)
        if kind == "/L" and _attribute(element, "/ListNumbering") is None:
            yield "list without its numbering"


def _attribute(element: pikepdf.Dictionary, name: str) -> str | None:
    said: Any = element.get("/A", [])
    for one in said if isinstance(said, pikepdf.Array) else [said]:
        if isinstance(one, pikepdf.Dictionary) and name in one:
            return str(one[name])
    return None


def _figure_problems(element: pikepdf.Dictionary) -> Iterator[str]:
    if not str(element.get("/Alt", "")).strip():
        yield "Figure without Alt"
    if _attribute(element, "/BBox") is None:
        yield "Figure without its box"


def _table_problems(table: pikepdf.Dictionary) -> Iterator[str]:
    inside = list(_elements(table, "/Table", 1, {}))
    rows = [row for kind, _, row in inside if kind == "/TR"]
    if "/TH" not in {kind for kind, _, _ in inside}:
        yield "table without headers"
    widths = {_width(row) for row in rows}
    if len(widths) != 1:
        yield "table with uneven rows"


def _width(row: Any) -> int:
    return sum(int(_attribute(cell, "/ColSpan") or 1) for cell in row.get("/K", []))


def _heading_problems(kinds: list[str]) -> list[str]:
    last = 0
    for kind in kinds:
        if len(kind) == 3 and kind[1] == "H" and kind[2].isdigit():
            level = int(kind[2])
            if level > last + 1:
                return [f"heading level {level} after {last}"]
            last = level
    return []


def _page_problems(page: Any, tree: Any) -> Iterator[str]:
    if page.obj.get("/Tabs") != "/S":
        yield "tab order is not the structure's"
    if any(one.get("/FT") != "/Sig" for one in page.obj.get("/Annots", [])):
        yield "an annotation that is no signature"
    numbers = list(tree.get("/ParentTree", {}).get("/Nums", []))
    owners = dict(zip([int(one) for one in numbers[::2]], numbers[1::2], strict=True))
    owned = owners.get(int(page.obj.get("/StructParents", -1)), [])
    open_marks: list[bool] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            open_marks.append(_is_real_mark(list(instruction.operands)))
            mark = _mark_number(list(instruction.operands))
            if mark is not None and (mark >= len(owned) or owned[mark] is None):
                yield f"mark {mark} belongs to no element"
        elif operator == "EMC":
            if not open_marks:
                yield "a mark is closed that was never opened"
                return
            open_marks.pop()
        elif operator in _PAINTING and not any(open_marks):
            yield f"{operator} outside every tag"
        elif operator in ("Tj", "TJ") and _shows_nothing(list(instruction.operands)):
            yield "a missing glyph is shown"


def _is_real_mark(operands: list[Any]) -> bool:
    return str(operands[0]) == "/Artifact" or _mark_number(operands) is not None


def _mark_number(operands: list[Any]) -> int | None:
    if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary):
        number = operands[1].get("/MCID")
        return None if number is None else int(number)
    return None


def _shows_nothing(operands: list[Any]) -> bool:
    """Glyph 0 in the two-byte codes that these letters' fonts have."""
    shown = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
    for one in shown:
        if isinstance(one, pikepdf.String):
            raw = bytes(one)
            if any(raw[at : at + 2] == b"\0\0" for at in range(0, len(raw), 2)):
                return True
    return False
