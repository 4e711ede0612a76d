"""What a letter must not say. Each rule refuses aloud, in the office's words."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from kanal.appointments.facts import LetterFacts, OfficerFacts, effect_of
from kanal.appointments.models import (
    Appointment,
    Letter,
    LetterFile,
    LetterKind,
    LetterOfficer,
    LetterState,
)
from kanal.directory.models import Capacity, Headship, Person, Posting, Unit
from kanal.lib.dates import say_day
from kanal.lib.names import fold, split_titles
from kanal.lib.numbers import fold_letter_number
from kanal.lib.refusal import Refused
from kanal.register.models import Account

OLDEST = date(2000, 1, 1)


class LetterRefused(Refused):
    """The letter can't be taken as written. `code` is for tests and statistics."""

    status = 422

    def __init__(self, code: str, what: str, *, next_step: str, field: str = "") -> None:
        super().__init__(
            what, kept=_("Isian Anda masih ada di halaman ini."), next_step=next_step, field=field
        )
        self.code = code


def check_unit(unit: Unit, facts: LetterFacts, today: date) -> None:
    if not unit.is_open(today):
        raise LetterRefused(
            "unit-closed",
            _("%(unit)s sudah tidak ada sejak %(day)s.")
            % {"unit": unit.short, "day": say_day(unit.closed_on or today)},
            next_step=_("Catat surat pada kantor penerusnya."),
            field="unit",
        )


def check_dates(facts: LetterFacts, today: date) -> None:
    if facts.dated > today:
        raise LetterRefused(
            "future",
            _("Tanggal surat %(day)s belum tiba.") % {"day": say_day(facts.dated)},
            next_step=_("Periksa tanggal pada surat. Surat bertanggal besok dicatat besok."),
            field="dated",
        )
    if facts.dated < OLDEST:
        raise LetterRefused(
            "too-old",
            _("Tanggal surat %(day)s terlalu lampau.") % {"day": say_day(facts.dated)},
            next_step=_("Periksa tahun pada surat."),
            field="dated",
        )
    if facts.ends_on is not None and facts.ends_on < facts.begins_on:
        raise LetterRefused(
            "ends-first",
            _("Masa berlaku berakhir sebelum dimulai."),
            next_step=_("Periksa tanggal mulai dan tanggal akhir."),
            field="ends_on",
        )


def check_number(unit: Unit, facts: LetterFacts) -> None:
    if not any(sign.isdigit() for sign in facts.number):
        raise LetterRefused(
            "number-empty",
            _("Nomor surat belum berisi angka."),
            next_step=_("Salin nomor seperti tertulis, misalnya 217/-1.823.5."),
            field="number",
        )
    taken = (
        Letter.objects.filter(
            unit=unit,
            form=facts.form,
            year=facts.dated.year,
            number_key=fold_letter_number(facts.number),
        )
        .exclude(state=LetterState.RETURNED)
        .first()
    )
    if taken:
        raise LetterRefused(
            "number-taken",
            _("Nomor %(number)s tahun %(year)s sudah dipakai surat lain kantor ini: %(subject)s.")
            % {"number": facts.number, "year": taken.year, "subject": taken.subject},
            next_step=_("Buka surat itu. Jika isinya keliru, kirim ralat dengan nomor baru."),
            field="number",
        )


def check_file_is_new(unit: Unit, digests: Iterable[str]) -> None:
    twin = (
        LetterFile.objects.filter(
            sha256__in=list(digests), is_evidence=False, letter__government=unit.government_id
        )
        .exclude(letter__state=LetterState.RETURNED)
        .select_related("letter__unit")
        .first()
    )
    if twin:
        raise LetterRefused(
            "file-twice",
            _("Berkas yang sama sudah masuk sebagai surat %(number)s dari %(unit)s.")
            % {"number": twin.letter.number, "unit": twin.letter.unit.short},
            next_step=_("Tidak perlu dikirim lagi; lihat keadaannya di Surat masuk."),
            field="file",
        )


def check_signer(unit: Unit, facts: LetterFacts) -> None:
    """Refuses a signer known to have left the post by the letter's date."""
    terms = [term for term in _terms(unit) if _is_signer(term, facts)]
    if not terms or any(_holds(term, facts.dated) for term in terms):
        return
    ended = [term for term in terms if term.ends_on and term.ends_on <= facts.dated]
    if ended:
        last = max(ended, key=lambda term: term.ends_on or facts.dated)
        raise LetterRefused(
            "signer-ended",
            _("Masa jabatan %(name)s sebagai %(capacity)s berakhir %(day)s, sebelum tanggal surat.")
            % {
                "name": last.person.full_name,
                "capacity": Capacity(last.capacity).label,
                "day": say_day((last.ends_on or facts.dated) - timedelta(days=1)),
            },
            next_step=_("Surat harus ditandatangani pejabat yang menjabat pada tanggal surat."),
            field="signer_name",
        )


def _terms(unit: Unit) -> list[Headship]:
    return list(Headship.objects.filter(unit=unit).select_related("person"))


def _is_signer(term: Headship, facts: LetterFacts) -> bool:
    if facts.signer_nip and term.person.identity_number:
        return term.person.identity_number == facts.signer_nip
    return term.person.name_folded == fold(split_titles(facts.signer_name).bare)


def _holds(term: Headship, day: date) -> bool:
    return term.begins_on <= day and (term.ends_on is None or day < term.ends_on)


def check_shape(facts: LetterFacts) -> None:
    """What each kind of letter must and must not have."""
    if not facts.officers:
        raise LetterRefused(
            "no-officer",
            _("Surat ini belum menyebut petugas."),
            next_step=_("Isi sekurangnya satu petugas."),
            field="officers",
        )
    replacing = [officer for officer in facts.officers if officer.replaces]
    if facts.effect == LetterKind.REPLACEMENT and not replacing:
        raise LetterRefused(
            "replaces-nobody",
            _("Surat penggantian belum menyebut siapa yang diganti."),
            next_step=_("Pilih petugas yang diganti, atau ubah jenis surat menjadi penunjukan."),
            field="officers",
        )
    if facts.effect != LetterKind.REPLACEMENT and replacing:
        raise LetterRefused(
            "replaces-in-other-kind",
            _("Hanya surat penggantian yang mengganti petugas."),
            next_step=_("Ubah jenis surat menjadi penggantian."),
            field="kind",
        )
    if any(not officer.duties for officer in facts.officers):
        raise LetterRefused(
            "no-duty",
            _("Ada petugas tanpa tugas."),
            next_step=_("Centang sekurangnya satu tugas untuk tiap petugas."),
            field="officers",
        )


def check_correction(unit: Unit, facts: LetterFacts) -> None:
    if facts.kind != LetterKind.CORRECTION:
        return
    wrong = facts.corrects
    if wrong is None or wrong.unit_id != unit.pk or wrong.state != LetterState.ACCEPTED:
        raise LetterRefused(
            "corrects-nothing",
            _("Ralat harus menunjuk satu surat kantor ini yang sudah diterima."),
            next_step=_("Pilih surat yang diralat."),
            field="corrects",
        )


def check_accounts(unit: Unit, officers: Iterable[OfficerFacts]) -> None:
    for account in {account for officer in officers for account in officer.accounts}:
        check_account(unit, account)


def check_account(unit: Unit, account: Account) -> None:
    if account.unit_id != unit.pk or not account.is_active:
        raise LetterRefused(
            "account-elsewhere",
            _("%(account)s bukan akun aktif kantor ini.") % {"account": account},
            next_step=_("Daftarkan akunnya lebih dulu, atau hapus dari surat."),
            field="officers",
        )


def check_people(unit: Unit, people: Iterable[Person]) -> None:
    """Refuses an officer known to work in another office and not in this one or below it."""
    known = {person.pk: person for person in people}
    postings = Posting.objects.filter(person__in=known, ends_on=None).order_by("pk")
    homes: dict[int, list[Unit]] = {}
    for posting in postings.select_related("unit").only("person_id", "unit__path", "unit__name"):
        homes.setdefault(posting.person_id, []).append(posting.unit)
    for person, held in homes.items():
        if not any(home.path.startswith(unit.path) for home in held):
            raise LetterRefused(
                "officer-elsewhere",
                _("%(name)s tercatat sebagai pegawai %(unit)s, bukan kantor ini.")
                % {"name": known[person].full_name, "unit": held[0].short},
                next_step=_(
                    "Periksa identitasnya. Jika ia sudah pindah, catat dulu kepindahannya pada"
                    " data orang."
                ),
                field="officers",
            )


def check_in_office(unit: Unit, people: Iterable[Person], day: date) -> None:
    """Those replaced or stopped must be in office on the day the letter takes effect."""
    wanted = {person.pk: person for person in people}
    holding = set(
        Appointment.objects.known()
        .on(day)
        .filter(unit=unit, person__in=wanted)
        .values_list("person_id", flat=True)
    )
    for pk, person in wanted.items():
        if pk not in holding:
            raise LetterRefused(
                "not-in-office",
                _("%(name)s bukan petugas kantor ini pada %(day)s.")
                % {"name": person.full_name, "day": say_day(day)},
                next_step=_(
                    "Periksa nama dan tanggal mulai. Petugas yang sedang bertugas terlihat di"
                    " halaman kantor."
                ),
                field="officers",
            )


def check_still_true(letter: Letter, officers: list[LetterOfficer]) -> None:
    """At acceptance the world may have moved on since the letter was entered."""
    if effect_of(letter.kind, letter.corrects) != LetterKind.TERMINATION:
        check_people(letter.unit, [officer.person for officer in officers])
    for officer in officers:
        for account in officer.accounts.all():
            check_account(letter.unit, account)
