"""Who is appointed, who is replaced and who signs, by the words before and after a person.

What these rules say is evidence; `sides` weighs it with every other word near a person.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kanal.paper.reading.cues import ADDRESSED, OFFICER, OTHER, REPLACED, SIGNATORY, WRONG, last_cue
from kanal.paper.reading.layout import Passage
from kanal.paper.reading.nips import MOST_NUMBERS
from kanal.paper.reading.persons import ATTACHED_SOURCE, IN_SENTENCES, Draft

_AWAY = re.compile(r"(?i)\b(?:cuti|sakit|izin|umrah|haji|diklat|tugas belajar)\b")
_JUST_BEFORE = 70
_CONTACT = re.compile(
    r"(?i)\b(?:narahubung|menghubungi|dihubungi|hubungi|contact person|kontak person|(?:penjelasan|informasi|keterangan) lebih lanjut)\b"
    r"(?:[^.;]|(?<=\bSdr)\.|(?<=\bSdri)\.|(?<=\bBpk)\.){0,60}$"
)
_GONE = re.compile(
    r"(?i)\b(?:digantikan|diganti|yang sebelumnya|sebelumnya ditunjuk|semula ditunjuk|tidak lagi|"
    r"telah (?:ditunjuk|kami tunjuk)(?! sebagai pengganti)|telah (?:pindah|mutasi|dimutasi|pensiun|memasuki|mengundurkan|beralih|dipromosikan|dipindah\w*|"
    r"dialih\w*|dilantik|meninggal)|tidak (?:dapat|bisa) (?:lagi|melanjutkan|meneruskan|menjalankan)|dibebaskan|"
    r"(?:di(?:lanjut|terus)kan|diambil\s?alih|beralih|berpindah)(?:\s\w+){0,2} (?:oleh|kepada)|diberhentikan|"
    r"dibebastugaskan|dicabut|dihentikan|diakhiri|berakhir|mengundurkan diri|purna ?tugas|"
    r"pindah tugas|yang selama ini|berhenti (?:sebagai|dari|bertugas|mengelola)|dialih\s?tugaskan|akan memasuki|"
    r"masa (?:pensiun|purna\s?\w+)|(?:kami|saya) (?:akhiri|hentikan|cabut|bebastugaskan|berhentikan)|telah (?:wafat|berpulang|tutup usia)|almarhum(?:ah)?|"
    r"karena (?:mutasi|pensiun|pindah)|dinyatakan (?:tidak berlaku|berhenti))\b"
)
_GONE_AFTER_ALL = re.compile(
    r"(?i)sebelumnya|semula|digantikan|diganti\b|tidak (?:\w+ )?lagi|dinyatakan (?:berakhir|berhenti)"
)
# From one to another.
_FROM_TO = re.compile(rf"(?i)\bdari\b[^.;]{{0,40}}\bkepada(?:\s{ADDRESSED})?\s*$")
# What a decree decides; before these words it only says why.
_DECIDES = "MEMUTUSKAN"
# Right behind the number.
_LEAVES_AT_ONCE = re.compile(
    r"(?i)\d{3}\W{0,3}\s(?:(?:telah|akan|sudah|kini)\s)?(?:dibebas\w*|diberhentikan|dimutasi\w*|dipindah\w*|"
    r"pindah|berhenti|pensiun|mengundurkan)\b"
)
_IN_BRACKETS = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
_ENDED = re.compile(r"[a-z]{3}\.\s*$|;\s*$")
# Below a table or a block of labels another sentence begins.
_BEGINS = re.compile(r"\W*[A-Z]")
_SENTENCE_END = re.compile(r"(?<=[a-z]{3})\.\s|;")
# The next of a list, the next heading, or a label that says nothing of why somebody goes.
_NEXT_PART = re.compile(
    r"\n\s*\(?\d{1,2}[.)]\s|\n[A-Z][.)]\s|"
    r"\n(?!(?i:ket|keterangan|alasan|sebab|status)\b)[A-Z][^\n:.,;]{1,28}:\s"
)
_INSTEAD_OF = re.compile(
    rf"(?i)\b(?:menggantikan|mengganti|yang di\s?ganti(?:kan)?)(?:\s\w+){{0,4}}\s?[,:]?\s*(?:{ADDRESSED})?\s*$|"
    rf"\bpengganti(?:\sdari)?\s{ADDRESSED}\s*$"
)
_HAD_APPOINTED = re.compile(
    rf"(?i)\btelah (?:menunjuk|menugaskan|mengangkat)(?:\s{ADDRESSED})?\s*$"
)
_REPLACING = re.compile(
    rf"(?i)\b(?:menggantikan|pengganti(?:\sdari)?)\s+(?:{ADDRESSED}\s*)?(?=[A-Z])"
)
_REPLACES = re.compile(r"(?i)\b(?:menggantikan|pengganti)\b")
_FROM = re.compile(rf"(?i)(?<!terdiri\s)\bdari(?:\s{ADDRESSED})?\s*:?(?:\s*Nama\s*:)?\s*$")
_HANDED_ON = re.compile(rf"(?i)\b(?:kepada|dengan|oleh)(?:\s{ADDRESSED})?\s*:?(?:\s*Nama\s*:)?\s*$")
_TO = re.compile(
    rf"(?i)\b(?:kepada|memerintahkan|menugaskan|menunjuk)\s*:?\s*(?:\(?\d{{1,2}}[.)]\s*)?(?:{ADDRESSED}\s*)?$"
)
# `..., dibebaskan dari tugas pengelola media sosial`.
_RELEASED = re.compile(
    r"(?i)\b(?:dibebas\w*|diberhentikan|tidak lagi)\b[^.;]{0,40}"
    r"\b(?:pengelola|petugas|admin|operator|mengelola|bertugas)\b"
)
# A letter that releases somebody may go on to appoint.
_APPOINTS_NOW = re.compile(
    r"(?i)(?<!yang )(?<!telah )\b(?:kami|saya|dengan ini)\s(?:\w+\s){0,2}"
    r"(?:menunjuk|menugaskan|mengangkat|menetapkan|tunjuk|tugaskan|angkat|tetapkan)\b[^.;]{0,30}$"
)
_MARKED = re.compile(rf"(?:\n|[;,:]|\bdan)\s*\(?(?P<mark>\d{{1,2}})[.)]\s+(?:{ADDRESSED}\s*)?$")
# Whoever stands over these words speaks them.
_COMMANDS = re.compile(
    r"(?i)^\W*(?:dengan ini\s|selanjutnya\s)?(?:memerintahkan|menugaskan|menunjuk|menetapkan|mengangkat|"
    r"memberi(?:kan)?\s(?:tugas|perintah))\b"
)
# What may happen some day has not happened.
_PROVISO = re.compile(r"(?i)\b(?:apabila|bilamana|jika|sampai(?:\sdengan)?|hingga)\b[^.;]*")
_RETURNS = re.compile(
    r"(?i)\btetap berkedudukan\b|\b(?:bertugas|bekerja) kembali\b|\bkembali (?:bertugas|bekerja|aktif)\b"
)
_STAYS = re.compile(r"(?i)\btetap\s(?:bertugas|mengelola|menjalankan|melaksanakan|menjadi|aktif)\b")
_LIMIT, _LEAD, _LONGEST_HEADING = 400, 60, 70
# What stands between a heading and a name.
_NAME_LABEL = re.compile(
    rf"(?i)^\s*(?:\(?(?:\d{{1,2}}|[a-z])[.)]\s*)?(?:nama\b[^:\n]{{0,24}}:?\s*)?(?:{ADDRESSED}\s*)?$|"
    r"\bnama\s*:\s*$|^\s*\(?(?:\d{1,2}|[a-z])[.)]\s"
)
# A heading is no sentence, and names nobody.
_IN_PROSE = re.compile(r"[a-z]{3}[.;]\s|,\s|\d{6}|@")
_SIDES = re.compile(
    r"(?i)\b(?:(?P<old>lama|terdahulu|sebelumnya|semula|dahulu|(?:yang )?di\s?ganti(?:kan)?(?! oleh)|mengakhiri|"
    r"berakhir(?:nya)?|berhenti|keluar|selesai|pensiun|purna\s?\w*|menyerahkan|dilepas(?:kan)?|mantan|"
    r"diberhentikan|dibebas\s?tugaskan|dibebaskan)|"
    r"(?P<new>baru|sekarang|kini|yang mengganti(?:kan)?|pengganti(?:nya)?(?! dari)|digantikan oleh|penerus\w*|pelanjut|"
    r"penerima|menerima|memulai|mulai|masuk|meneruskan|melanjutkan|selanjutnya|berikutnya|menjadi|"
    r"ditunjuk|diangkat|ditugaskan))\b"
)
_OF_OTHERS = re.compile(
    r"(?i)\W*(?:petugas|pejabat|pengelola|admin|pegawai|personel)\s(?:yang\s)?(?:lama|terdahulu|sebelumnya)\b"
)


@dataclass(frozen=True)
class Words:
    """The words around a person: up to the name, those that name him or her, and what follows.

    `start`, `end`: where he or she stands in the text; `lead`: those right before the name, though they may end what names somebody else; `heading`:
    the label before the name, or the short line over it; `mark`: the number in a list right
    before the name, or 0: what stands before a second one is said of the person before;
    `is_replaced`: somewhere else somebody is said to replace whoever has this name.
    """

    start: int
    end: int
    before: str
    own: str
    after: str
    lead: str
    heading: str
    in_sentences: bool
    mark: int
    is_replaced: bool

    def sentence(self) -> str:
        """To the end of the person's own: what follows belongs to somebody else."""
        said = self.own + _NEXT_PART.split(self.after)[0]
        said = _PROVISO.sub(lambda hit: " " * len(hit[0]), said)
        # What stands in brackets behind a name ends no sentence.
        flat = _IN_BRACKETS.sub(lambda hit: hit[0].replace(";", ","), said.replace("\n", " "))
        own = flat[: len(self.own)]
        if _ENDED.search(own) if self.in_sentences else _BEGINS.match(self.after):
            return own
        hit = _SENTENCE_END.search(flat, min(len(self.own), len(flat)))
        return flat[: hit.start()] if hit else flat


@dataclass(frozen=True)
class Heard:
    """A person with what the rules make of the words around: `told` where a word tells, `role` always."""

    draft: Draft
    words: Words
    told: str | None
    role: str


_Spoken = tuple[Draft, Words]


def hear(
    drafts: Sequence[Draft], passage: Passage, kind: str | None, *, is_said: bool = True
) -> list[Heard]:
    """Each draft, in reading order, with its role. `is_said`: subject or title name the kind."""
    spoken = _spoken(drafts, passage)
    sure = kind if is_said or kind not in ("penghentian", "penunjukan") else None
    if kind == "penunjukan" and _changes_hands([words for _, words in spoken]):
        sure = "penggantian"
    told = _judged(spoken, kind, sure)
    roles = _filled(told, kind)
    if kind == "penunjukan" and sure is None and OFFICER not in roles:
        roles = _filled(_judged(spoken, kind, kind), kind)
    return [
        Heard(draft, words, one, role)
        for (draft, words), one, role in zip(spoken, told, roles, strict=True)
    ]


def _judged(spoken: Sequence[_Spoken], kind: str | None, sure: str | None) -> list[str | None]:
    """`sure`: the kind as far as it says who comes and who goes."""
    words = [said for _, said in spoken]
    told = _as_list_mates(_told(spoken, _first_side(kind), kind, sure), words)
    return _by_elimination(told, words) if kind == "penggantian" else told


def _first_side(kind: str | None) -> str:
    return REPLACED if kind == "penghentian" else OFFICER


def _filled(told: Sequence[str | None], kind: str | None) -> list[str]:
    """Whom no word places is of the side of whoever was placed before."""
    roles: list[str] = []
    previous = _first_side(kind)
    for role in told:
        roles.append(role or previous)
        previous = _side_after(previous, role)
    return roles


def _told(
    spoken: Sequence[_Spoken], first: str, kind: str | None, sure: str | None
) -> list[str | None]:
    """The roles that words tell; a list's item without any has that of the item before."""
    told: list[str | None] = []
    previous, item = first, None
    for at, (draft, words) in enumerate(spoken):
        passing = at + 1 < len(spoken) and words.in_sentences
        role = _of_column(draft.role, kind) or _role(words, previous, sure, passing=passing)
        if at == 0 and _COMMANDS.match(words.after) and not words.in_sentences:
            role = SIGNATORY
        role = role or (item if words.mark > 1 else None)
        item = role if words.mark else item
        told.append(role)
        previous = _side_after(previous, role)
    return told


def _side_after(previous: str, role: str | None) -> str:
    """The side that goes on: who signs or is named in passing changes none."""
    return previous if role is None or role in (SIGNATORY, OTHER) else role


def _spoken(drafts: Sequence[Draft], passage: Passage) -> list[_Spoken]:
    """The drafts in reading order, each with the words around it."""
    starts = passage.starts()
    ordered = sorted(drafts, key=lambda draft: starts.get(id(_first(draft, starts)), 0))
    spoken: list[_Spoken] = []
    before_end = 0
    behind = list(_behind_replacing(passage.text))
    for at, draft in enumerate(ordered):
        start = starts.get(id(_first(draft, starts)), 0)
        end = max(
            (starts.get(id(token), 0) + len(token.text) for token in draft.tokens), default=start
        )
        following = ordered[at + 1] if at + 1 < len(ordered) else None
        until = starts.get(id(_first(following, starts)), 0) if following else end + _LIMIT
        mark = _marked(passage.text, start)
        words = Words(
            start,
            end,
            passage.text[min(before_end, start) : start] if mark < 2 else "",
            passage.text[start:end],
            passage.text[end : max(until, end)][:_LIMIT],
            passage.text[max(start - _LEAD, 0) : start],
            _heading(passage.text, start),
            draft.source % ATTACHED_SOURCE == IN_SENTENCES,
            mark,
            _is_named_as_replaced(draft, behind, (start, end)),
        )
        spoken.append((draft, words))
        before_end = max(before_end, end)
    return spoken


def _behind_replacing(text: str) -> Iterator[tuple[int, str]]:
    """Where `menggantikan` ends, and the words behind it."""
    for hit in islice(_REPLACING.finditer(text), MOST_NUMBERS):
        yield hit.end(), " ".join(text[hit.end() : hit.end() + _LEAD].casefold().split())


def _is_named_as_replaced(
    draft: Draft, behind: Sequence[tuple[int, str]], own: tuple[int, int]
) -> bool:
    """`... sebagai pengganti Sdr. Wisnu Hapsoro`, apart from where his number stands."""
    bare = draft.person.name.value.split(",")[0].casefold() if draft.person.name else ""
    if " " not in bare:
        return False
    return any(said.startswith(bare) and not own[0] <= at <= own[1] for at, said in behind)


def _marked(text: str, start: int) -> int:
    hit = _MARKED.search(text, max(start - _LEAD, 0), start)
    return int(hit["mark"]) if hit else 0


def _changes_hands(spoken: Sequence[Words]) -> bool:
    """Headings over people name both sides, and nobody is said to stay."""
    sides = {_side_of(words.heading) for words in spoken}
    stays = any(_STAYS.search(words.own + words.after) for words in spoken)
    return {REPLACED, OFFICER} <= sides and not stays


def _as_list_mates(told: list[str | None], spoken: Sequence[Words]) -> list[str | None]:
    """What is said behind a list (`... tidak lagi bertugas`) is said of all of it."""
    shared = list(told)
    for at in range(len(shared) - 1, 0, -1):
        mates = spoken[at].mark > 1 and spoken[at].mark == spoken[at - 1].mark + 1
        if mates and shared[at - 1] is None:
            shared[at - 1] = shared[at]
    return shared


def _by_elimination(told: list[str | None], spoken: Sequence[Words]) -> list[str | None]:
    """In a replacement, whom no word places is of the side that would else be empty."""
    if REPLACED not in told and OFFICER in told:
        first = told.index(OFFICER)
        return [REPLACED if at < first and role is None else role for at, role in enumerate(told)]
    if OFFICER not in told and REPLACED in told:
        first = told.index(REPLACED)
        return [
            OFFICER if role is None and at > first and _SENTENCE_END.search(words.before) else role
            for at, (role, words) in enumerate(zip(told, spoken, strict=True))
        ]
    return told


def _heading(text: str, start: int) -> str:
    """`Sebelumnya :` before a name, or `B. Pegawai yang memulai tugas` over it and its label."""
    *above, beside = text[max(start - 2 * _LONGEST_HEADING, 0) : start].split("\n")
    if _NAME_LABEL.sub("", beside).strip(" \t:.-"):
        # Part of a sentence unless it is a label.
        above = [beside] if beside.rstrip().endswith(":") else []
    bare = (_NAME_LABEL.sub("", line).strip(" \t:.-") for line in reversed(above[-2:]))
    said = next((line for line in bare if line), "")
    return said if len(said) <= _LONGEST_HEADING and not _IN_PROSE.search(said) else ""


def _of_column(role: str, kind: str | None) -> str:
    """In a ralat the column of what was written before holds no person at all."""
    return WRONG if kind == "ralat" and role == REPLACED else role


def _first(draft: Draft, starts: dict[int, int]) -> object:
    return min(draft.tokens, key=lambda token: starts.get(id(token), 0))


def _role(words: Words, previous: str, kind: str | None, *, passing: bool) -> str | None:
    """None where no word says so. `passing`: a sentence names the person before others."""
    if _CONTACT.search(words.before):
        return OTHER
    cue = last_cue(words.before.rpartition(_DECIDES)[2])
    if cue == SIGNATORY:
        return SIGNATORY
    if words.is_replaced and kind != "ralat":
        return REPLACED
    if kind == "penghentian":
        return OFFICER if _APPOINTS_NOW.search(words.lead) else REPLACED
    if kind == "penunjukan":
        return _before_others(words) if passing else _in_their_place(words)
    if kind == "ralat":
        # `NIP : 1993... (sebelumnya tertulis 1992...)` is right outside the brackets.
        own = last_cue(_IN_BRACKETS.sub("", words.own))
        return next((one for one in (own, cue) if one in (WRONG, OFFICER)), None)
    if kind == "penggantian" and (side := _side_of(words.heading)):
        return side
    if kind == "penggantian" and (_FROM.search(words.lead) or _was_once(words)):
        return REPLACED
    if _FROM_TO.search(words.lead):
        return OFFICER
    if cue is None and previous == REPLACED and _HANDED_ON.search(words.lead):
        return OFFICER
    if cue == REPLACED or _has_gone(words, is_told=cue is not None):
        return OTHER if _RETURNS.search(words.sentence()) else REPLACED
    return cue


def _was_once(words: Words) -> bool:
    """`Tahun lalu kami telah menunjuk ...`: unless it is he or she who replaces somebody."""
    once = _HAD_APPOINTED.search(words.lead)
    return once is not None and not _REPLACES.search(words.own + words.after)


def _side_of(heading: str) -> str:
    """The side that a heading's last telling word gives; empty when none tells."""
    hits = list(_SIDES.finditer(heading))
    return "" if not hits else REPLACED if hits[-1]["old"] else OFFICER


def _before_others(words: Words) -> str:
    """In a letter that appoints, somebody before those it appoints may be why it does."""
    near = words.before[-_JUST_BEFORE:]
    if _RELEASED.search(words.sentence()):
        return REPLACED
    if last_cue(near) != REPLACED or _TO.search(words.lead):
        return OFFICER
    return OTHER if _AWAY.search(near) else REPLACED


def _in_their_place(words: Words) -> str:
    """Right behind `menggantikan`."""
    return REPLACED if _INSTEAD_OF.search(words.lead) else OFFICER


def _has_gone(words: Words, *, is_told: bool) -> bool:
    """By the words behind a person; `is_told`: those before say that he or she comes."""
    said = words.sentence()
    if _OF_OTHERS.match(words.after) or _GONE.search(said) is None:
        return False
    return not is_told or any(sure.search(said) for sure in (_GONE_AFTER_ALL, _LEAVES_AT_ONCE))
