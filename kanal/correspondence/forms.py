from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kanal.correspondence.models import PaperKind
from kanal.correspondence.people import Known
from kanal.directory.models import Unit
from kanal.intake.forms import FilesField
from kanal.intake.officers import AT_MOST, OfficerForm
from kanal.lib.fields import DayField
from kanal.stationery.models import PaperForm

if TYPE_CHECKING:
    from django.utils.functional import Promise

    Rows = forms.BaseFormSet["RowForm"]

FORMS = {
    PaperKind.APPOINTMENT: [
        PaperForm.SURAT_PENUNJUKAN,
        PaperForm.SURAT,
        PaperForm.SURAT_TUGAS,
        PaperForm.SURAT_PERINTAH_TUGAS,
        PaperForm.SURAT_PENUGASAN,
        PaperForm.KEPUTUSAN,
    ],
}
FORMS[PaperKind.REPLACEMENT] = FORMS[PaperKind.APPOINTMENT]
FORMS[PaperKind.TERMINATION] = FORMS[PaperKind.APPOINTMENT]
FORMS[PaperKind.HANDOVER] = [PaperForm.BERITA_ACARA]
# The choice that means: somebody the register doesn't know.
NEW = "baru"
MISSING = {
    "akun": _("Pernyataan akun media sosial resmi, atau pernyataan nihil"),
    "surat": _("Surat Penunjukan Petugas Pengelola Media Sosial"),
    "softcopy": _("softcopy Surat Penunjukan Petugas Pengelola Media Sosial"),
    "hardcopy": _("hardcopy Surat Penunjukan Petugas Pengelola Media Sosial"),
}
_THINGS = (
    "Surel pemulihan akun | brankas kata sandi kantor\n"
    "Kunci keamanan dua langkah | lemari arsip Subbagian Umum"
)


def forms_for(kind: str) -> list[PaperForm]:
    """The first is what is written unless somebody chooses."""
    return FORMS.get(PaperKind(kind), [PaperForm.SURAT])


def offer(form: forms.BaseForm, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class RowForm(OfficerForm):
    """One officer: somebody known by one choice, or a new person by name, number and post."""

    person = forms.ChoiceField(
        label=_("Petugas yang ditunjuk"),
        error_messages={"required": _("Pilih petugasnya, atau orang lain.")},
    )

    field_order = ["replaces", "person"]

    def __init__(
        self,
        *args: Any,
        staff: Mapping[str, Known],
        leaving: Mapping[str, Known],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, people={}, accounts={}, **kwargs)
        # A row that still says what it was shown with names somebody too.
        self.empty_permitted = False
        for name in ("duties", "accounts", "evidence"):
            del self.fields[name]
        self.staff, self.leavers = staff, leaving
        for name in ("full_name", "post"):
            self.fields[name].required = not staff
        # Asked of some and not of others: neither "may be empty" nor a must would be true.
        for name in ("full_name", "identity_number", "identity_reason", "post"):
            self.fields[name].depends = True  # type: ignore[attr-defined]
        if staff:
            self.fields["full_name"].help_text = _("Diisi hanya untuk orang lain.")
            self.fields["post"].help_text = _("Kosong: jabatan yang sudah tercatat.")
        self._offer_people(staff)
        self._offer_leaving(leaving)

    def _offer_people(self, staff: Mapping[str, Known]) -> None:
        """Nobody beforehand: a name that stands there already is a name nobody chose."""
        going = self._only_leaver
        named = [(key, one.told) for key, one in staff.items() if key != going]
        new = (NEW, _("Orang lain: isi di bawah"))
        offer(self, "person", [("", _("Pilih orang")), *named, new] if staff else [new])
        person = self.fields["person"]
        person.initial = "" if staff else NEW
        if going:
            person.error_messages["invalid_choice"] = _("Penggantinya harus orang lain.")

    @property
    def _only_leaver(self) -> str:
        """Who goes in this row, where that is known before anybody chooses."""
        chosen = self.initial.get("replaces") or ""
        if not self.is_bound and chosen:
            return str(chosen)
        return next(iter(self.leavers)) if len(self.leavers) == 1 else ""

    def _offer_leaving(self, leaving: Mapping[str, Known]) -> None:
        replaces = self.fields["replaces"]
        replaces.help_text, replaces.required = "", bool(leaving)
        replaces.error_messages["required"] = _("Pilih petugas yang diganti.")
        named = [(key, one.told) for key, one in leaving.items()]
        offer(self, "replaces", named if len(named) == 1 else [("", _("Pilih petugas")), *named])
        replaces.initial = named[0][0] if len(named) == 1 else ""
        if not leaving:
            replaces.widget = forms.HiddenInput()

    @property
    def is_new_person(self) -> bool:
        """Open the part for a person nobody knows yet: nothing to choose, or mistakes in it."""
        chosen = self["person"].value()
        return chosen == NEW or bool(set(self.errors) & {"full_name", "identity_number", "post"})

    def clean(self) -> dict[str, Any]:
        given = forms.Form.clean(self) or {}
        if "person" in self.errors:
            # What else the row asks depends on who it is.
            return given
        leaver = self.leavers.get(given.get("replaces", ""))
        given["leaver"] = leaver.person if leaver else None
        known = self.staff.get(given.get("person", ""))
        given["known"] = known
        if known is not None and leaver is not None and known.person == leaver.person:
            self.add_error("person", _("Penggantinya harus orang lain."))
        if known is None:
            self._need("full_name", given, _("Isi nama lengkap petugas."))
            self._clean_identity(given)
        if known is None or not known.post:
            self._need("post", given, _("Isi jabatan petugas di kantor ini."))
        return given

    def _need(self, name: str, given: dict[str, Any], words: Any) -> None:
        if not given.get(name) and name not in self.errors:
            self.add_error(name, words)


def rows_class() -> type[Rows]:
    return forms.formset_factory(
        RowForm, extra=0, min_num=1, max_num=AT_MOST, absolute_max=AT_MOST, validate_max=True
    )


class DraftForm(forms.Form):
    """What one kind of paper asks; the rest the register knows."""

    more: tuple[str, ...] = ()

    def __init__(self, *args: Any, kind: str, needs_through: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if "form" in self.fields:
            offer(self, "form", [(one.value, one.label) for one in forms_for(kind)])
        if "signer_through" in self.fields and not needs_through:
            del self.fields["signer_through"]

    @property
    def asked(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.more]

    @property
    def rarely(self) -> list[forms.BoundField]:
        return [field for field in self if field.name in self.more]

    @property
    def is_rare_open(self) -> bool:
        return any(name in self.errors for name in self.more)

    def clean_copies(self) -> tuple[str, ...] | None:
        """None where the field was left empty: as the mandate wants it."""
        return lines_of(self.cleaned_data["copies"], 12) or None


def lines_of(text: str, most: int) -> tuple[str, ...]:
    return tuple(filter(None, (" ".join(line.split())[:300] for line in text.splitlines())))[:most]


_COPIES_HELP = _("Satu baris satu tujuan. Kosong: Sekretaris Daerah melalui Diskominfotik.")


class _OfLetter(DraftForm):
    more: tuple[str, ...] = ("form", "ends_on", "copies", "signer_through")

    begins_on = DayField(label=_("Terhitung mulai"))
    ends_on = DayField(
        label=_("Hari terakhir berlaku"),
        required=False,
        help_text=_("Kosong: sampai ada surat berikutnya."),
    )
    form = forms.ChoiceField(label=_("Bentuk surat"))
    copies = forms.CharField(
        label=_("Tembusan"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_COPIES_HELP,
    )
    signer_through = forms.CharField(
        label=_("Jabatan di antaranya (u.b.)"),
        max_length=250,
        help_text=_("Misalnya Sekretaris, yang untuknya penandatangan bertindak."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("begins_on"), given.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("Masa berlaku berakhir sebelum dimulai."))
        return given


class AppointmentForm(_OfLetter):
    accounts = forms.MultipleChoiceField(
        label=_("Akun yang dikelola"),
        required=False,
        help_text=_("Tidak ada yang dicentang: semua akun kantor, juga yang didaftarkan nanti."),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["accounts", "begins_on"]

    def __init__(self, *args: Any, accounts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "accounts", accounts)
        if not accounts:
            del self.fields["accounts"]


class TerminationForm(_OfLetter):
    more = ("form", "copies", "signer_through")

    leaving = forms.MultipleChoiceField(
        label=_("Petugas yang berhenti"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Centang sekurangnya satu petugas.")},
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Misalnya mutasi ke kantor lain, pensiun, atau cuti panjang."),
    )
    field_order = ["leaving", "begins_on", "reason"]

    def __init__(self, *args: Any, leaving: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["ends_on"]
        offer(self, "leaving", leaving)
        if len(leaving) == 1:
            self.fields["leaving"].initial = [leaving[0][0]]


class CorrectionForm(_OfLetter):
    more = ("copies", "signer_through")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["form"]


class NilForm(DraftForm):
    more = ("copies", "signer_through")

    copies = _OfLetter.base_fields["copies"]
    signer_through = _OfLetter.base_fields["signer_through"]


class ReminderForm(DraftForm):
    more = ("copies", "signer_through")

    about = forms.CharField(
        label=_("Kantor yang diingatkan"),
        max_length=120,
        help_text=_("Kode atau nama kantornya."),
    )
    missing = forms.MultipleChoiceField(
        label=_("Yang belum diterima"),
        choices=list(MISSING.items()),
        initial=["surat"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Centang sekurangnya satu.")},
    )
    due_on = DayField(label=_("Paling lambat"), required=False)
    copies = _OfLetter.base_fields["copies"]
    signer_through = _OfLetter.base_fields["signer_through"]

    def __init__(self, *args: Any, government: int, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.government, self.today = government, today

    def clean_about(self) -> Unit:
        words = self.cleaned_data["about"]
        units = Unit.objects.filter(government_id=self.government).open_on(self.today)
        found = list(units.filter(code=words)) or list(units.filter(name__iexact=words)[:2])
        found = found or list(units.named_like(words)[:2])
        if not found:
            raise forms.ValidationError(_("Tidak ada kantor dengan kode atau nama ini."))
        if len(found) > 1:
            raise forms.ValidationError(
                _("Lebih dari satu kantor bernama begini. Tulis kodenya atau nama lengkapnya.")
            )
        return found[0]

    def clean_due_on(self) -> date | None:
        due: date | None = self.cleaned_data["due_on"]
        if due and due < self.today:
            raise forms.ValidationError(_("Tanggal ini sudah lewat."))
        return due


class HandoverForm(DraftForm):
    more = ("signer_through",)

    giver = forms.ChoiceField(label=_("Yang menyerahkan"))
    receiver = forms.ChoiceField(label=_("Yang menerima"))
    things = forms.CharField(
        label=_("Yang diserahkan"),
        max_length=4000,
        initial=_THINGS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Satu baris satu hal, lalu garis tegak | dan di mana disimpan. Jangan pernah menulis"
            " kata sandi atau kode."
        ),
    )
    signer_through = _OfLetter.base_fields["signer_through"]

    def __init__(self, *args: Any, people: Mapping[str, Known], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for name in ("giver", "receiver"):
            offer(
                self, name, [("", _("Pilih orang")), *((k, one.told) for k, one in people.items())]
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("giver") and given.get("giver") == given.get("receiver"):
            self.add_error("receiver", _("Penerima harus orang lain."))
        for name in ("giver", "receiver"):
            known = self.people.get(given.get(name, ""))
            if known and not known.post:
                self.add_error(name, _("Jabatan orang ini belum tercatat; lengkapi datanya dulu."))
        return given

    def clean_things(self) -> tuple[str, ...]:
        things = lines_of(self.cleaned_data["things"], 40)
        if not things:
            raise forms.ValidationError(_("Tulis sekurangnya satu hal."))
        return things


# What the head may sign in spite of, once asked about it: the field, and what is said above it.
KEY_DOUBTS = {
    "despite_name": _("Nama pada sertifikat berbeda"),
    "despite_root": _("Kunci ini tidak dijamin siapa pun"),
}
SCAN_DOUBTS = {
    "despite_no_code": _("Kode QR tidak terbaca"),
    "despite_blank": _("Tempat tanda tangan masih kosong"),
}


def _ask_only(form: forms.Form, doubts: Mapping[str, Promise], asks: Collection[str]) -> None:
    """Of the boxes that overrule a doubt, those that were asked about."""
    for name, heading in doubts.items():
        if name in asks:
            form.fields[name].in_summary = heading  # type: ignore[attr-defined]
        else:
            del form.fields[name]


class KeyForm(forms.Form):
    key = forms.FileField(
        label=_("Berkas kunci (.p12 atau .pfx)"),
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx"}),
        error_messages={"required": _("Pilih berkas kuncinya.")},
    )
    passphrase = forms.CharField(
        label=_("Kata sandi kunci"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Kunci dan kata sandinya dipakai sekali, lalu dilupakan."),
    )
    despite_name = forms.BooleanField(
        label=_("Penulisan namanya berbeda, tetapi orangnya sama"), required=False
    )
    despite_root = forms.BooleanField(
        label=_(
            "Tanda tangani tanpa penjamin: siapa pun yang memeriksa surat ini akan membaca bahwa tidak"
            " ada yang menjamin sertifikatnya, dan verifikator dapat mengembalikannya"
        ),
        required=False,
    )

    def __init__(self, *args: Any, asks: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_only(self, KEY_DOUBTS, asks)


class BsreForm(forms.Form):
    nik = forms.CharField(
        label=_("NIK penandatangan"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Diminta oleh BSrE; dipakai sekali dan tidak disimpan."),
    )
    passphrase = forms.CharField(
        label=_("Passphrase TTE"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class ScanForm(forms.Form):
    scans = FilesField(
        label=_("Pindaian surat yang sudah ditandatangani dan dicap"),
        error_messages={"required": _("Pilih berkas pindaiannya.")},
        help_text=_("PDF atau foto seluruh halaman. Kode QR-nya dicocokkan dengan surat ini."),
    )
    despite_no_code = forms.BooleanField(
        label=_("Kodenya tertutup cap; saya sudah mencocokkan sendiri bahwa ini surat ini"),
        required=False,
    )

    despite_blank = forms.BooleanField(
        label=_("Tanda tangannya ada di tempat lain pada halaman itu; saya sudah melihatnya"),
        required=False,
    )

    def __init__(self, *args: Any, asks: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_only(self, SCAN_DOUBTS, asks)


class SeenForm(forms.Form):
    seen = forms.BooleanField(
        label=_("Saya melihat tanda tangan dan cap pada gambar surat di atas"),
        error_messages={
            "required": _("Centang setelah melihatnya, atau buang pindaian ini."),
        },
    )


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan pembatalan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nomornya tetap terpakai dan alasannya terlihat di buku nomor."),
    )


class VerifyFileForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas PDF"),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        error_messages={
            "required": _("Pilih berkas PDF-nya."),
            "empty": _("Berkas ini kosong (0 byte)."),
        },
    )


class ListForm(forms.Form):
    """The list's own filters. What can't be read counts as not asked."""

    STATES = {
        "semua": _("Semua"),
        "draft": _("Konsep"),
        "approved": _("Belum ditandatangani"),
        "signed": _("Belum dikirim"),
        "sent": _("Terkirim"),
        "void": _("Batal"),
    }

    keadaan = forms.ChoiceField(required=False, choices=list(STATES.items()))
    cari = forms.CharField(required=False, max_length=100)
    unit = forms.CharField(required=False, max_length=60)

    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {"keadaan": "", "cari": "", "unit": "", **self.cleaned_data}
