"""A government of any size with facts in all states, made inside the database in a few seconds.

    from bench.synthetic import make
    made = make(units=16_000, today=date(2026, 11, 22))

Shape: a tree of province-wide offices, cities, districts and villages in Jakarta's proportions;
95 in 100 units have accounts, 9 in 10 of those officers, and letters in all states. Names and
numbers are invented. The same size and day give the same government.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from kanal.directory.models import Government, Role, RoleKind, Unit, UnitClass, User
from kanal.mandates.models import Addressee, DeadlineDecision, Mandate

# Of 1,000 units below the government.
SHARES = [
    (UnitClass.INSPECTORATE, 3), (UnitClass.AGENCY, 28), (UnitClass.CIVIL_POLICE, 3),
    (UnitClass.OFFICE, 61), (UnitClass.COUNCIL_SECRETARIAT, 3), (UnitClass.BUREAU, 27),
    (UnitClass.CITY, 5), (UnitClass.DISTRICT, 121), (UnitClass.VILLAGE, 749),
]  # fmt: skip
# Jakarta's real numbers of kecamatan by city, so that its tile map is drawn.
JAKARTA = {"31.01": 2, "31.71": 8, "31.72": 6, "31.73": 8, "31.74": 10, "31.75": 10}

WORDS = (
    "rawa duri tegal pulo kebon muara pondok kali bukit lubang gedong kampung melati cempaka "
    "kenari pinang bandeng salak delima belimbing gandaria kemuning kapuk nangka mawar seruni "
    "sawo manggis bidara waru angsana randu"
)

_UNITS = """
insert into directory_unit (government_id, code, unit_class, name, abbreviation, path,
    region_code, head_title, website, aliases, email, phone, source, parent_id)
select %(government)s, code, class, initcap(class) || ' Contoh ' || name, '',
    '/' || code || '/', region, 'Kepala', '', '{}', '', '', 'synthetic', null
from unnest(%(codes)s::text[], %(classes)s::text[], %(names)s::text[], %(regions)s::text[])
    as u(code, class, name, region)
"""
# fate: one number per unit in [0, 1) that decides how far it has come.
_FATES = """
create temporary table fate on commit drop as
select id as unit_id, code, unit_class, random() as fate,
    %(today)s::date - 60 + (random() * 30)::int as began,
    %(today)s::date - 34 + (random() * 33)::int as came
from (select id, code, unit_class from directory_unit
      where government_id = %(government)s and unit_class <> 'pemprov' order by id) u
"""
# Handles as different from each other as real ones: two words of a place, and its town.
_ACCOUNTS = """
insert into register_account (government_id, unit_id, network, id_kind, handle, handle_key,
    handle_folded, url, shown, platform_id, state, declared_on, verified_on, source, is_sample)
select %(government)s, unit_id, network, 'name', handle, handle, translate(handle, '_.', ''),
    'https://' || network || '.com/' || handle, '@' || handle, '', 'verified',
    began - 20, began, 'synthetic', false
from (select *, left(unit_class, 3) || '.' || words[1 + unit_id %% 32]
        || words[1 + unit_id * 7 / 32 %% 32] || '_'
        || translate(reverse(unit_id::text), '0123456789', 'ghijklmnop') as handle
      from fate, (select %(words)s::text[] as words) w,
      unnest(array['instagram', 'facebook', 'x', 'tiktok']) with ordinality n(network, nth)
      where fate >= .05 and nth <= 1 + unit_id %% 3) a
"""
_NIL = """
insert into register_nilreturn (government_id, unit_id, declared_on, signer_name, signer_post,
    recorded_at, is_sample)
select %(government)s, unit_id, began, 'Contoh', 'Kepala', now(), false
from fate where fate < .03
"""
_PEOPLE = """
insert into directory_person (government_id, title_before, name, title_after, name_folded,
    identity_kind, identity_number, identity_reason, email, phone, is_sample)
select %(government)s, '', name, '', lower(name), 'nrk', lpad(unit_id::text, 9, '0'), '', '', '',
    false
from (select *, (array['Siti', 'Dimas', 'Wulan', 'Rudi', 'Intan', 'Fajar', 'Lilis', 'Andre',
    'Maya', 'Hendra', 'Putu', 'Teguh'])[1 + unit_id %% 12] || ' ' || (array['Maesaroh',
    'Arkananta', 'Kartikasari', 'Hermanto', 'Nugroho', 'Suryani', 'Anggraeni', 'Gunawan',
    'Larasati', 'Santoso', 'Marlina'])[1 + unit_id %% 11] as name from fate where fate >= .14) p
"""
_LETTERS = """
insert into appointments_letter (government_id, unit_id, kind, form, number, number_key, year,
    dated, subject, signer_name, signer_nip, signer_post, signer_capacity, begins_on, state,
    submitted_by_name, submitted_at, decided_at, is_sample)
select %(government)s, unit_id, 'penunjukan', 'surat_penunjukan', unit_id || '/-1.823.5',
    unit_id || '/-1.823.5', extract(year from began), began, 'Penunjukan petugas', 'Contoh', '',
    'Kepala', 'definitif', began, 'accepted', 'Contoh', now(), now(), false
from fate where fate >= .14
"""
_OFFICERS = """
insert into appointments_letterofficer (letter_id, person_id, post, rank, duties, evidence)
select letter.id, person.id, 'Staf', '', '{konten,koordinasi}', ''
from appointments_letter letter
join directory_person person on person.government_id = letter.government_id
    and person.identity_number = lpad(letter.unit_id::text, 9, '0')
where letter.government_id = %(government)s
"""
_APPOINTMENTS = """
insert into appointments_appointment (government_id, unit_id, person_id, letter_id, duties, valid,
    recorded)
select letter.government_id, letter.unit_id, person_id, letter.id, duties,
    daterange(begins_on, case when letter.unit_id %% 40 = 0 then %(today)s::date + 30 end),
    tstzrange(now(), null)
from appointments_letterofficer officer join appointments_letter letter on letter.id = letter_id
where letter.government_id = %(government)s
"""
_RECEIPTS = """
insert into intake_receipt (government_id, letter_id, medium, channel, received_on, agenda_year,
    agenda_number, receiver_name, note, code, recorded_at, voided_by_name, void_reason)
select %(government)s, letter.id, medium, 'unggah', least(came + nth::int * 2, %(today)s::date),
    extract(year from %(today)s::date), row_number() over (), 'Contoh', '',
    %(government)s || '-' || upper(to_hex(row_number() over ())), now(), '', ''
from fate join appointments_letter letter using (unit_id),
    unnest(array['softcopy', 'hardcopy']) with ordinality m(medium, nth)
where letter.government_id = %(government)s and fate >= .24 + (nth - 1) * .15
"""


@dataclass(frozen=True)
class Made:
    government: Government
    mandate: Mandate
    reader: User
    unit: Unit
    account: str


def make(*, units: int, today: date) -> Made:
    """Facts only; the status rows are left to `kanal.compliance.actions.rebuild`."""
    with transaction.atomic():
        government = Government.objects.create(
            code=f"bench-{units}", name=f"Pemerintah contoh {units}", short_name=f"Contoh {units}"
        )
        mandate = _mandate(government, today)
        facts: dict[str, object] = {
            "government": government.pk,
            "today": today,
            "words": WORDS.split(),
        }
        _run(_UNITS, {**facts, **_units(units)})
        _run("select setseed(.20)", {})
        for statement in (
            _FATES, "analyze fate", _ACCOUNTS, _NIL, _PEOPLE, "analyze directory_person", _LETTERS,
            "analyze appointments_letter", _OFFICERS, _APPOINTMENTS, _RECEIPTS,
        ):  # fmt: skip
            _run(statement, {} if statement.startswith("analyze") else facts)
        reader = _reader(government)
    _run("analyze", {})
    unit = Unit.objects.filter(government=government, letters__isnull=False).latest("pk")
    account = unit.accounts.order_by("pk").values_list("shown", flat=True)[0]
    return Made(government, mandate, reader, unit, account)


def analyze() -> None:
    """What autovacuum does in an office that has run for a day: statistics and visibility."""
    _run("vacuum analyze", {})


def _run(statement: str, values: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def _mandate(government: Government, today: date) -> Mandate:
    signed = today.replace(day=1, month=today.month - 2 if today.month > 2 else 1)
    mandate = Mandate.objects.create(
        government=government, form="Instruksi Sekretaris Daerah", number="20", year=signed.year,
        title="Penunjukan Petugas Pengelola Media Sosial", in_force_from=signed, signed_on=signed,
        text="contoh", text_sha256="0" * 64, confirmed_at=timezone.now(),
        confirmed_by_name="Contoh",
    )  # fmt: skip
    Addressee.objects.bulk_create(
        Addressee(mandate=mandate, order=n, text=kind.label, unit_class=kind)
        for n, kind in enumerate([*(kind for kind, _ in SHARES), UnitClass.REGENCY], 1)
    )
    DeadlineDecision.objects.create(
        mandate=mandate, effective_on=today.fromordinal(today.toordinal() - 6), reason="contoh",
        decided_by_name="Contoh", decided_on=signed,
    )  # fmt: skip
    return mandate


def _reader(government: Government) -> User:
    user = User.objects.create(
        government=government, email=f"{government.code}@contoh.invalid", name="Pembaca Contoh"
    )
    Role.objects.create(
        user=user, kind=RoleKind.INSPECTOR, starts_at=timezone.now(), granted_by_name="Contoh"
    )
    return user


def _units(count: int) -> dict[str, list[str]]:
    rows = [("31", UnitClass.GOVERNMENT.value, "Pemerintah", "31")]
    wanted = {kind: max(1, round(count * share / 1000)) for kind, share in SHARES}
    wanted[UnitClass.VILLAGE] += count - sum(wanted.values())
    for kind in list(wanted)[:6]:
        for n in range(wanted[kind]):
            rows.append((f"31-{kind.value}-{n}", kind.value, f"{kind.value} {n}", "31"))
    districts = _districts(wanted[UnitClass.CITY], wanted[UnitClass.DISTRICT])
    for city in dict.fromkeys(code.rpartition(".")[0] for code in districts):
        kind = UnitClass.REGENCY if city == "31.01" else UnitClass.CITY
        rows.append((city, kind.value, f"Kota {city}", city))
    for district in districts:
        rows.append((district, UnitClass.DISTRICT.value, f"Kecamatan {district}", district))
    for n in range(count + 1 - len(rows)):
        code = f"{districts[n % len(districts)]}.{1001 + n // len(districts)}"
        rows.append((code, UnitClass.VILLAGE.value, f"Kelurahan {code}", code))
    columns = [list(column) for column in zip(*rows, strict=True)]
    return dict(zip(("codes", "classes", "names", "regions"), columns, strict=True))


def _districts(cities: int, count: int) -> list[str]:
    if count <= 60:
        return [f"{city}.{n:02}" for city, of in JAKARTA.items() for n in range(1, of + 1)]
    city_codes = [f"{11 + n // 90}.{1 + n % 90:02}" for n in range(cities)]
    return [f"{city_codes[n % cities]}.{1 + n // cities:02}" for n in range(count)]
