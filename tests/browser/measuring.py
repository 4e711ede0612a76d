"""What must hold on every page: for screen readers, narrow screens, slow lines and keyboards."""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe().axe_script
# Letters shown inside a page, whole or in pieces, are not the page's own weight.
LETTERS = ["/berkas/", "/pratinjau/", "/halaman/", "/bacaan/", "/surat/catat/"]
# Chromium tells of every answer above 399; those that a test asks for are no mistake.
EXPECTED = re.compile(r"^Failed to load resource: the server responded with a status of 4(03|22)")


def settle(page: Page, width: int) -> None:
    """The bar that sticks to a phone's bottom edge joins the page's end, where nothing is under it:
    what it happens to cover before one scrolls is no small target."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(
        "() => document.querySelector('nav.bawah')?.style.setProperty('position', 'static')"
    )


def violations(page: Page) -> list[str]:
    """Axe's findings, one line each. Evaluated from outside, so the page's own policy stays on."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"
        ".then(result => result.violations)",
        RULES,
    )
    return [
        f"{each['id']} ({each['impact']}): {len(each['nodes'])}x {_first_node(each)}"
        for each in found
    ]


def _first_node(violation: dict[str, Any]) -> str:
    node = violation["nodes"][0]
    return f"{node['html'][:160]} | {node['failureSummary'].splitlines()[-1].strip()[:200]}"


def wider_than_window(page: Page) -> str:
    """Empty when nothing scrolls sideways; else how wide it is and what reaches out furthest."""
    answer: str = page.evaluate(
        """() => {
          const root = document.scrollingElement;
          if (root.scrollWidth <= window.innerWidth) return "";
          let out = null, right = window.innerWidth;
          for (const each of document.body.querySelectorAll("*")) {
            const edge = each.getBoundingClientRect().right;
            if (edge > right) { right = edge; out = each; }
          }
          return `${root.scrollWidth} > ${window.innerWidth}: ` +
            (out ? out.outerHTML.slice(0, 160) : "?");
        }"""
    )
    return answer


def small_targets(page: Page) -> list[str]:
    """Buttons and fields under 24 px (WCAG 2.2, 2.5.8); axe's own rule leaves out what overlaps."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("main button, main input, main select, main .tbl")]
          .filter(each => {
            const box = each.getBoundingClientRect();
            const hidden = each.closest(".sr, [hidden]") || getComputedStyle(each).opacity === "0"
              || ["hidden", "radio", "checkbox"].includes(each.type) || !box.width;
            return !hidden && (box.height < 24 || box.width < 24);
          }).map(each => each.outerHTML.slice(0, 120))"""
    )
    return found


def bytes_of_first_load(page: Page) -> int:
    """Page, styles, scripts, fonts and pictures as they travel; letters shown inside are not ours."""
    total: int = page.evaluate(
        """letters => [...performance.getEntriesByType("navigation"),
                  ...performance.getEntriesByType("resource")]
          .filter(each => !["iframe", "xmlhttprequest", "fetch"].includes(each.initiatorType)
                          && (each.entryType === "navigation"
                              || !letters.some(part => each.name.includes(part))))
          .reduce((sum, each) => sum + each.encodedBodySize, 0)""",
        LETTERS,
    )
    return total


class Complaints:
    """Everything the browser grumbles about while a page is used: errors, refused scripts."""

    def __init__(self, page: Page) -> None:
        self.heard: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.match(message.text):
            self.heard.append(f"{message.type}: {message.text[:300]}")

    def _response(self, response: Response) -> None:
        if response.status >= 500 or (response.status == 404 and "/static/" in response.url):
            self.heard.append(f"{response.status}: {response.url}")


def keyboard(page: Page, steps: int = 12) -> list[str]:
    """The first key reaches the skip link, which leads to the content; focus is always visible."""
    problems = []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("() => window.scrollTo(0, 0)")
    page.keyboard.press("Tab")
    skip = page.locator("a.lompat")
    if not page.evaluate("() => document.activeElement.matches('a.lompat')"):
        return ["keyboard: the first Tab doesn't reach the skip link"]
    box = skip.bounding_box()
    if box is None or box["x"] < 0 or box["y"] < 0 or box["height"] < 10:
        problems.append("keyboard: the focused skip link stays out of sight")
    page.keyboard.press("Enter")
    if page.evaluate("() => document.activeElement.id") != "isi":
        problems.append("keyboard: the skip link doesn't lead to the content")
    for _step in range(steps):
        page.keyboard.press("Tab")
        unseen = page.evaluate(UNSEEN_FOCUS)
        if unseen:
            problems.append(f"keyboard: focus not visible on {unseen}")
    return problems


# The focused element (or the label painted for its hidden box) shows an outline or a ring, and
# nothing covers all of it (WCAG 2.2, 2.4.11). Empty when all is well.
UNSEEN_FOCUS = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body || focused === window.focusedBefore) return "";
  if (focused.tagName === "IFRAME") return "";  // the browser's own viewer marks its parts itself
  window.focusedBefore = focused;  // a date has several parts, with marks of the browser's own
  const ringed = each => {
    const style = getComputedStyle(each);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== "none";
  };
  const painted = [focused, focused.nextElementSibling, focused.parentElement].filter(Boolean);
  if (!painted.some(ringed)) return focused.outerHTML.slice(0, 140);
  const box = focused.getBoundingClientRect();
  const middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2;
  const x = middle(box.left, box.right, innerWidth), y = middle(box.top, box.bottom, innerHeight);
  const top = document.elementFromPoint(x, y);
  const seen = top && (focused.contains(top) || top.contains(focused)
    || painted.some(each => each.contains(top)));
  return seen ? "" : `${focused.outerHTML.slice(0, 100)} under ${(top || document.body).outerHTML.slice(0, 60)}`;
}"""
