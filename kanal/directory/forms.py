from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kanal.directory.importing import SheetKind
from kanal.directory.models import (
    Capacity,
    Person,
    RoleKind,
    Unit,
    UnitClass,
)
from kanal.directory.posts import HEADING
from kanal.lib.fields import DayField
from kanal.lib.identity import LABELS, IdentityKind
from kanal.lib.names import fold

SHOWN_AT_MOST = 5
KINDS = [(kind.value, LABELS[kind]) for kind in IdentityKind]


class UnitField(forms.CharField):
    """An office by its code, or by its name when only one is called so."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Kode kantor, atau nama lengkapnya."))
        super().__init__(max_length=250, **options)
        self.government_id = 0

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        units = Unit.objects.filter(government_id=self.government_id)
        by_code = units.filter(code=text).first()
        if by_code:
            return by_code
        found = list(units.filter(Q(name__iexact=text) | Q(abbreviation__iexact=text))[:9])
        if len(found) != 1:
            found = found or list(units.filter(name__icontains=text)[:9])
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(_several_units(text, found))


def _several_units(text: str, found: list[Unit]) -> str:
    if not found:
        return gettext("Tidak ada kantor dengan kode atau nama “%(text)s”.") % {"text": text[:60]}
    named = "; ".join(f"{unit.code} {unit.name}" for unit in found[:SHOWN_AT_MOST])
    return gettext("Ada beberapa kantor; tulis kodenya: %(named)s.") % {"named": named}


class PersonField(forms.CharField):
    """Somebody on record, by staff number or by name when only one is called so."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("NIP atau nomor lainnya, atau nama lengkapnya."))
        super().__init__(max_length=300, **options)
        self.government_id = 0

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        people = Person.objects.filter(government_id=self.government_id)
        digits = "".join(char for char in text if char.isdigit())
        if digits:
            found = list(people.filter(identity_number=digits)[:9])
        else:
            found = list(people.filter(name_folded=fold(text))[:9])
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(_several_people(found))


def _several_people(found: list[Person]) -> str:
    if not found:
        return gettext("Orang ini belum tercatat. Tambahkan dulu di halaman Orang.")
    named = "; ".join(
        f"{one.full_name} {one.masked_identity or one.identity_reason}"
        for one in found[:SHOWN_AT_MOST]
    )
    return gettext("Ada beberapa orang; tulis nomornya: %(named)s.") % {"named": named}


class OfGovernment(forms.Form):
    """A form whose offices and people are those of one government."""

    def __init__(self, *args: Any, government_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, UnitField | PersonField):
                field.government_id = government_id


class UnitFilter(forms.Form):
    cari = forms.CharField(label=_("Nama, singkatan, atau kode"), required=False, max_length=120)
    kelas = forms.ChoiceField(
        label=_("Jenis"), required=False, choices=[("", _("Semua jenis")), *UnitClass.choices]
    )
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    tutup = forms.BooleanField(label=_("Juga yang sudah tutup"), required=False)

    def __init__(self, *args: Any, regions: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(unit.region_code, unit.short) for unit in regions]
        wilayah = cast("forms.ChoiceField", self.fields["wilayah"])
        wilayah.choices = [("", _("Semua wilayah")), *choices]

    def asked(self) -> dict[str, Any]:
        """What was understood; a filter that makes no sense filters nothing."""
        self.is_valid()
        return self.cleaned_data


class NewUnitForm(forms.Form):
    name = forms.CharField(label=_("Nama lengkap"), max_length=250)
    abbreviation = forms.CharField(label=_("Singkatan"), max_length=80, required=False)
    code = forms.CharField(
        label=_("Kode"),
        max_length=60,
        help_text=_("Huruf, angka, titik, dan tanda hubung. Kode tidak berganti lagi."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    unit_class = forms.ChoiceField(
        label=_("Jenis"), choices=UnitClass.choices, initial=UnitClass.SUBUNIT
    )
    head_title = forms.CharField(label=_("Jabatan pemimpinnya"), max_length=250, required=False)
    opened_on = DayField(
        label=_("Ada sejak"),
        required=False,
        help_text=_("Kosongkan bila sudah ada sebelum dicatat."),
    )


class RenameForm(forms.Form):
    name = forms.CharField(label=_("Nama baru"), max_length=250)
    abbreviation = forms.CharField(label=_("Singkatan"), max_length=80, required=False)
    on = DayField(label=_("Berlaku sejak"))
    basis = forms.CharField(
        label=_("Dasarnya"),
        max_length=250,
        required=False,
        help_text=_("Misalnya Perda 2/2019."),
    )


class OfficeContactForm(forms.Form):
    email = forms.CharField(
        label=_("Surel kantor"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Ke sini surat edaran dikirim, dan pengingat bila petugas tanpa alamat."),
    )
    phone = forms.CharField(
        label=_("Telepon kantor"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )


class CloseForm(OfGovernment):
    on = DayField(label=_("Tutup sejak"), help_text=_("Hari pertama kantor ini tidak ada lagi."))
    successor = UnitField(
        label=_("Kantor penerusnya"),
        required=False,
        help_text=_("Kode atau nama kantor yang meneruskan tugasnya."),
    )
    event = forms.CharField(
        label=_("Peristiwanya"),
        max_length=120,
        required=False,
        help_text=_("Misalnya digabung, dipecah, atau berganti nama."),
    )
    basis = forms.CharField(label=_("Dasarnya"), max_length=250, required=False)


class HeadshipForm(OfGovernment):
    person = PersonField(label=_("Siapa"))
    capacity = forms.ChoiceField(
        label=_("Sebagai"), choices=[(capacity.value, capacity.label) for capacity in HEADING]
    )
    begins_on = DayField(label=_("Mulai"))
    basis = forms.CharField(
        label=_("Dasarnya"),
        max_length=250,
        required=False,
        help_text=_("Nomor SK atau surat perintah."),
    )

    def clean_capacity(self) -> Capacity:
        return Capacity(self.cleaned_data["capacity"])


class EndForm(forms.Form):
    ends_on = DayField(label=_("Berakhir"))


class EndPostingForm(forms.Form):
    ends_on = DayField(label=_("Berakhir"), help_text=_("Hari pertama ia tidak lagi di sini."))
    reason = forms.CharField(
        label=_("Alasan"), max_length=200, help_text=_("Misalnya mutasi, pensiun, atau berhenti.")
    )


class PersonFilter(forms.Form):
    cari = forms.CharField(label=_("Nama atau nomor pegawai"), required=False, max_length=120)


class ContactForm(forms.Form):
    full_name = forms.CharField(
        label=_("Nama lengkap dengan gelar"),
        max_length=300,
        help_text=_("Seperti di surat, misalnya Drs. H. Budi Santoso, M.Si."),
    )
    email = forms.EmailField(label=_("Surel"), required=False)
    phone = forms.CharField(label=_("Telepon"), required=False, max_length=40)


class IdentityForm(forms.Form):
    full_name = forms.CharField(
        label=_("Nama lengkap dengan gelar"),
        max_length=300,
        help_text=_("Seperti di surat, misalnya Drs. H. Budi Santoso, M.Si."),
    )
    identity_kind = forms.ChoiceField(label=_("Jenis nomor"), choices=KINDS)
    identity_number = forms.CharField(
        label=_("Nomor"),
        max_length=40,
        required=False,
        help_text=_("Jangan isi NIK. Spasi dan titik boleh."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    identity_reason = forms.CharField(
        label=_("Alasan tanpa nomor"),
        max_length=200,
        required=False,
        help_text=_("Hanya untuk orang tanpa nomor, misalnya PJLP Kelurahan Tebet Barat."),
    )

    def clean_identity_kind(self) -> IdentityKind:
        return IdentityKind(self.cleaned_data["identity_kind"])


class NewPersonForm(IdentityForm):
    email = forms.EmailField(label=_("Surel"), required=False)
    phone = forms.CharField(label=_("Telepon"), required=False, max_length=40)


class CorrectionForm(IdentityForm):
    reason = forms.CharField(
        label=_("Alasan koreksi"),
        max_length=200,
        help_text=_("Dari mana yang benar diketahui, misalnya SK pengangkatan."),
    )


class PostingForm(OfGovernment):
    unit = UnitField(label=_("Kantor"))
    post = forms.CharField(label=_("Jabatan"), max_length=200, required=False)
    rank = forms.CharField(label=_("Pangkat, golongan"), max_length=80, required=False)
    begins_on = DayField(label=_("Mulai"))


class RoleForm(OfGovernment):
    kind = forms.ChoiceField(label=_("Peran"), choices=RoleKind.choices)
    unit = UnitField(
        label=_("Kantor"),
        required=False,
        help_text=_(
            "Kode atau nama kantor. Wajib untuk kepala kantor, petugas, dan kontributor; "
            "peran lain berlaku untuk semua kantor."
        ),
    )

    def clean_kind(self) -> RoleKind:
        return RoleKind(self.cleaned_data["kind"])


class InviteForm(RoleForm):
    field_order = ["name", "email", "kind", "unit"]
    name = forms.CharField(label=_("Nama"), max_length=160)
    email = forms.EmailField(
        label=_("Surel kantor"), help_text=_("Dengan surel ini orang itu masuk.")
    )


class ImportForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Isi berkasnya"),
        choices=[(SheetKind.UNITS, _("Kantor")), (SheetKind.PEOPLE, _("Orang dan penempatannya"))],
        widget=forms.RadioSelect,
        initial=SheetKind.UNITS,
    )
    file = forms.FileField(
        label=_("Berkas CSV atau XLSX"),
        help_text=_("Paling besar 10 MB dan 50.000 baris, dengan judul kolom di baris pertama."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
    )
    on = DayField(
        label=_("Berlaku sejak"),
        required=False,
        help_text=_(
            "Untuk kantor baru dan nama baru. Kosongkan bila kantornya sudah ada sebelum dicatat "
            "dan nama yang berbeda hanya pembetulan ejaan."
        ),
    )

    def clean_kind(self) -> SheetKind:
        return SheetKind(self.cleaned_data["kind"])


def contact_of(person: Person) -> dict[str, Any]:
    return {"full_name": person.full_name, "email": person.email, "phone": person.phone}


def identity_of(person: Person) -> dict[str, Any]:
    return {
        "full_name": person.full_name,
        "identity_kind": person.identity_kind,
        "identity_number": person.identity_number,
        "identity_reason": person.identity_reason,
    }
