"""Fields tie label, help and mistake together; paging keeps the question."""

from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory, override_settings

PLAIN_FILES = override_settings(
    STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
)


class LetterForm(forms.Form):
    number = forms.CharField(label="Nomor surat", help_text="Seperti pada surat")
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)
    urgent = forms.BooleanField(label="Segera", required=False)
    kind = forms.ChoiceField(
        label="Jenis", choices=[("a", "Penunjukan"), ("b", "Ralat")], widget=forms.RadioSelect
    )


def drawn(source: str, **values) -> str:
    with PLAIN_FILES:
        return Template(source).render(Context(values))


def test_help_and_mistake_are_named_by_the_input():
    form = LetterForm({})
    page = drawn("{% field form.number %}", form=form)
    assert '<label for="id_number">Nomor surat</label>' in page
    assert 'aria-describedby="id_number_helptext id_number_error"' in page
    assert 'id="id_number_helptext">Seperti pada surat<' in page
    assert 'id="id_number_error"' in page
    assert 'aria-invalid="true"' in page


def test_only_what_may_stay_empty_is_marked():
    form = LetterForm()
    assert "boleh kosong" in drawn("{% field form.note %}", form=form)
    assert "boleh kosong" not in drawn("{% field form.number %}", form=form)


def test_a_box_stands_before_its_label_and_choices_in_a_group():
    form = LetterForm()
    box = drawn("{% field form.urgent %}", form=form)
    assert box.index("<input") < box.index("<label")
    group = drawn("{% field form.kind %}", form=form)
    assert "<fieldset" in group
    assert "<legend>Jenis" in group


def test_a_page_may_say_it_in_its_own_words():
    page = drawn('{% field form.number label="Nomor" help="Tanpa spasi" %}', form=LetterForm())
    assert ">Nomor</label>" in page
    assert "Tanpa spasi" in page


def test_what_was_typed_comes_back_escaped():
    form = LetterForm({"number": '"><script>'})
    assert "<script>" not in drawn("{% field form.number %}", form=form)


def test_an_icon_is_silent_unless_named():
    assert 'aria-hidden="true"' in drawn('{% icon "check" %}')
    named = drawn('{% icon "check" 20 "Selesai" %}')
    assert 'aria-label="Selesai"' in named
    assert 'width="20"' in named


def test_networks_are_written_as_they_write_themselves():
    assert drawn("{{ 'tiktok'|network }} {{ 'lain'|network }}") == "TikTok lain"


def test_percent_of_nothing_is_nothing():
    assert drawn("{{ 3|percent:4 }} {{ 1|percent:0 }}") == "75 0"


def test_paging_keeps_what_was_asked():
    request = RequestFactory().get("/instansi/", {"cari": "rawa & <b>", "hal": "2"})
    page = Paginator(range(120), 50).get_page(2)
    shown = drawn('{% pages page "kantor" "daftar" %}', page=page, request=request)
    assert "51–100 dari 120 kantor" in shown
    assert "?cari=rawa+%26+%3Cb%3E&amp;hal=1" in shown
    assert "hal=3" in shown
    assert 'hx-target="#daftar"' in shown


def test_one_page_needs_no_paging():
    request = RequestFactory().get("/")
    page = Paginator(range(3), 50).get_page(1)
    assert "hal" not in drawn("{% pages page %}", page=page, request=request)


def test_large_numbers_in_links_stay_plain():
    request = RequestFactory().get("/")
    page = Paginator(range(120_000), 50).get_page(1500)
    assert "hal=1499" in drawn("{% pages page %}", page=page, request=request)
