"""The accounts a letter names: network and handle, in sentences, lists and tables."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from kanal.paper.reading.facts import Account
from kanal.paper.reading.layout import Passage

_PLATFORMS = (
    ("Instagram", r"instagram|instagr[a4]m|(?<![a-z])ig(?![a-z])"),
    ("Twitter", r"twitter|tw[il1]tter"),
    ("Facebook", r"face\s?book|fan\s?page"),
    ("YouTube", r"you\s?tube"),
    ("TikTok", r"tik\s?tok"),
    ("Threads", r"threads"),
    ("Telegram", r"telegram"),
    ("WhatsApp", r"whats\s?app(?:\s(?:channel|saluran))?"),
    ("LinkedIn", r"linked\s?in"),
    ("Mastodon", r"mastodon"),
    ("Bluesky", r"bluesky"),
    ("X", r"(?-i:(?<![\w./@])X(?=\s*(?:\(|:|@|/|,|dan\b)))"),
)
_PLATFORM = re.compile(
    "|".join(f"(?P<p{at}>{words})" for at, (_, words) in enumerate(_PLATFORMS)), re.IGNORECASE
)
_HANDLE = re.compile(
    r"(?P<url>(?:https?://)?(?:www\.|m\.)?(?P<host>fb\.com|facebook\.com|instagram\.com|twitter\.com|"
    r"x\.com|youtube\.com|tiktok\.com|threads\.net|threads\.com|t\.me|linkedin\.com)/\s?"
    r"(?P<path>[@A-Za-z0-9_.\-/]{1,80}))|(?<![\w.])@(?P<at>[A-Za-z0-9_.]{2,60})"
)
_HOSTS = {
    "fb.com": "Facebook",
    "facebook.com": "Facebook",
    "instagram.com": "Instagram",
    "twitter.com": "Twitter",
    "x.com": "X",
    "youtube.com": "YouTube",
    "tiktok.com": "TikTok",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "t.me": "Telegram",
    "linkedin.com": "LinkedIn",
}
# `Instagram satpolpp.dki`: a name that no sentence has, right behind its network.
_BARE_HANDLE = re.compile(
    r"\s?(?:[:=]|(?:dengan\s)?(?:nama\s(?:pengguna|akun)|username)\s?:?)?\s?/?"
    r"(?P<name>[a-z0-9]+(?:[._][A-Za-z0-9]+)+|[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+)(?![\w/@])"
)
_BARE_NAMES = {"Instagram", "Twitter", "X", "TikTok", "Threads"}
_REACH = 60
_MOST_HANDLES = 400
_IN_BRACKETS = re.compile(r"\s?\(\s?([A-Za-z ]{1,20})\)")
# A cell too narrow for a handle: its end stands alone on the next line.
_AT_THE_EDGE = re.compile(
    r"\n(?P<rest>(?!(?:dan|serta|yang|untuk|dengan|di|pada|aktif)\b)[a-z_][a-z0-9_]{1,13})(?=\n|$)"
)
_BROKEN_HANDLE = re.compile(
    r"@[a-z0-9.]+(?: (?!(?:dan|serta|dengan|untuk|yaitu|pada|dicabut|selanjutnya|adalah|resmi|milik|"
    r"tersebut|sejak|mulai|per|oleh|yang|di|ke|dari|akan|telah)\b)[a-z0-9]+){1,3}(?=[),;]|\.?\n|\.?$)"
)


def accounts_in(passages: Iterable[Passage], *, recognised: bool = False) -> tuple[Account, ...]:
    """Each account once, in reading order. A handle beside no network is left out.

    `recognised`: an underscore may have become a space.
    """
    seen: dict[tuple[str, str], Account] = {}
    for passage in passages:
        text = _mended(passage.text) if recognised else passage.text
        for platform, handle, start, end in _pairs(passage, text):
            key = (platform, handle.casefold())
            seen.setdefault(key, Account(platform, handle, passage.place(start, end)))
    return tuple(seen.values())


def names_network(text: str) -> bool:
    """`Instagram` over a column of handles."""
    return bool(_PLATFORM.search(text))


def _mended(text: str) -> str:
    """`(@kelurahan ancol)` with its underscore again; as long as before."""
    return _BROKEN_HANDLE.sub(lambda hit: hit[0].replace(" ", "_"), text)


def _pairs(passage: Passage, text: str) -> Iterator[tuple[str, str, int, int]]:
    platforms = [
        (hit.start(), hit.end(), _PLATFORMS[_which(hit)][0]) for hit in _PLATFORM.finditer(text)
    ]
    platforms = [each for each in platforms if not _inside_handle(text, each[0])]
    last = 0
    starts = [each[0] for each in platforms]
    for hit in islice(_HANDLE.finditer(text), _MOST_HANDLES):
        handle, own = _say(hit)
        low, top = (bisect_left(starts, at) for at in (hit.start() - 2 * _REACH, hit.start()))
        before = [each for each in platforms[low:top] if last <= each[0]]
        near = [each for each in before if 0 <= hit.start() - each[1] <= _REACH]
        rest = _AT_THE_EDGE.match(text, hit.end())
        if rest and _hangs_below(passage, near[-1][0] if near else hit.start(), rest.start("rest")):
            handle += rest["rest"]
        after = _IN_BRACKETS.match(text, hit.end())
        named = _PLATFORM.fullmatch(after[1].strip()) if after else None
        names = [own] if own else [each[2] for each in _listed(text, near)]
        if named and not own:
            names = [_PLATFORMS[_which(named)][0]]
        for name in dict.fromkeys(names):
            yield name, handle, hit.start(), hit.end()
        last = hit.end()
    for _, end, platform in platforms[:_MOST_HANDLES]:
        bare = _BARE_HANDLE.match(text, end)
        if bare:
            yield platform, "@" + bare["name"], bare.start("name"), bare.end("name")


def _hangs_below(passage: Passage, above: int, below: int) -> bool:
    """In the same column; the second line of a label beside it stands further left."""
    over, under = passage.between(above, above + 1), passage.between(below, below + 1)
    return not (over and under) or under[0].x0 > over[0].x0 - under[0].height


def _which(hit: re.Match[str]) -> int:
    return next(at for at in range(len(_PLATFORMS)) if hit[f"p{at}"])


def _inside_handle(text: str, at: int) -> bool:
    return bool(re.search(r"[@/.\w]$", text[max(0, at - 1) : at]))


def _listed(text: str, near: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """`Instagram dan Twitter : @a` names both; words in between end the list."""
    kept: list[tuple[int, int, str]] = []
    for each in reversed(near):
        between = text[each[1] : kept[-1][0]] if kept else ""
        if kept and not re.fullmatch(r"[\s,/&()]*(?:dan|serta|\+)?[\s,/&()]*", between):
            break
        kept.append(each)
    return kept[::-1]


def _say(hit: re.Match[str]) -> tuple[str, str | None]:
    """The handle as the register writes it, and the network its address tells."""
    if hit["at"]:
        return "@" + hit["at"].rstrip("."), None
    platform = _HOSTS[hit["host"].lower()]
    path = (
        hit["path"].rstrip("./").split("/")[0]
        if platform in _BARE_NAMES
        else hit["path"].rstrip("./")
    )
    if platform in _BARE_NAMES:
        return "@" + path.lstrip("@"), platform
    return f"{hit['host'].lower()}/{path}", platform
