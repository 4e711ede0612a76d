from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kanal.directory import exporting, people, posts
from kanal.directory.asking import asker, day_of, page_or_part, plain
from kanal.directory.forms import (
    ContactForm,
    CorrectionForm,
    EndPostingForm,
    NewPersonForm,
    PersonFilter,
    PostingForm,
    contact_of,
    identity_of,
)
from kanal.directory.models import Person, Posting, User
from kanal.directory.permissions import EDIT_DIRECTORY, READ_PEOPLE, SEE_PERSON_FILE, requires
from kanal.directory.reading import may_open, people_like, people_reached, with_posts
from kanal.directory.views.units import as_file, streamed
from kanal.lib.fields import put_on
from kanal.lib.identity import LABELS, IdentityKind
from kanal.lib.refusal import Refused

A_PAGE = 50


@requires(READ_PEOPLE)
@require_safe
def people_page(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    form = PersonFilter(plain(request))
    words = form.cleaned_data["cari"] if form.is_valid() else ""
    rows = people_reached(user, READ_PEOPLE)
    if words:
        rows = people_like(rows, words, by_number=user.may(SEE_PERSON_FILE))
    page = Paginator(with_posts(rows.order_by("name", "pk")), A_PAGE).get_page(
        request.GET.get("hal")
    )
    context = {
        "form": form,
        "page": page,
        "words": words,
        "may_edit": user.may(EDIT_DIRECTORY),
    }
    return render(request, page_or_part(request, "directory/people.html"), context)


@requires(READ_PEOPLE)
@require_safe
def people_csv(request: HttpRequest) -> StreamingHttpResponse:
    return streamed(exporting.people_csv(by=asker(request)), "orang.csv")


@requires(READ_PEOPLE)
@require_safe
def people_xlsx(request: HttpRequest) -> HttpResponse:
    return as_file(exporting.people_xlsx(by=asker(request)), "orang.xlsx")


def _reached(user: User, pk: int) -> Person:
    return get_object_or_404(people_reached(user, READ_PEOPLE), pk=pk)


@requires(READ_PEOPLE)
@require_safe
def person_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The number in full only for whose role reaches the person's unit; the look is journalled."""
    user = asker(request)
    person = _reached(user, pk)
    in_full = may_open(user, SEE_PERSON_FILE, person)
    if in_full:
        people.open_file(person=person, by=user)
    context = {
        "person": person,
        "kind": LABELS[IdentityKind(person.identity_kind)],
        "in_full": in_full,
        "postings": person.postings.select_related("unit").order_by("-begins_on", "-pk"),
        "headships": person.headships.select_related("unit").order_by("-begins_on", "-pk"),
        "may_edit": user.may(EDIT_DIRECTORY),
        "day": day_of(user),
    }
    response = render(request, "directory/person.html", context)
    response["Cache-Control"] = "no-store"
    return response


@requires(EDIT_DIRECTORY)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = people.add_person(by=asker(request), **form.cleaned_data)
        except Refused as refused:
            put_on(form, _at(refused, "identity_number"))
        else:
            messages.success(request, _("%(name)s dicatat.") % {"name": person.full_name})
            return redirect("directory:person", person.pk)
    return _form(request, None, form, _("Tambah orang"), _("Tambah"))


def _at(refused: Refused, field: str) -> Refused:
    """A number that can't be names no field itself."""
    refused.field = refused.field or field
    return refused


@requires(EDIT_DIRECTORY)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    person = _reached(asker(request), pk)
    form = ContactForm(request.POST or None, initial=contact_of(person))
    if request.method == "POST" and form.is_valid():
        try:
            people.change_person(person=person, by=asker(request), **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("Perubahan disimpan."))
            return redirect("directory:person", person.pk)
    return _form(request, person, form, _("Ubah gelar dan kontak"), _("Simpan"))


@requires(EDIT_DIRECTORY)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    user = asker(request)
    person = _reached(user, pk)
    form = CorrectionForm(request.POST or None, initial=identity_of(person))
    if request.method == "POST" and form.is_valid():
        try:
            people.correct_person(person=person, by=user, **form.cleaned_data)
        except Refused as refused:
            put_on(form, _at(refused, "identity_number"))
        else:
            messages.success(request, _("Identitas dikoreksi; isi surat-surat lama tidak berubah."))
            return redirect("directory:person", person.pk)
    if request.method == "GET":
        people.open_file(person=person, by=user)
    return _form(request, person, form, _("Koreksi identitas"), _("Koreksi"))


@requires(EDIT_DIRECTORY)
@require_http_methods(["GET", "POST"])
def begin_posting(request: HttpRequest, pk: int) -> HttpResponse:
    user = asker(request)
    person = _reached(user, pk)
    form = PostingForm(request.POST or None, government_id=user.government_id)
    if request.method == "POST" and form.is_valid():
        try:
            posts.begin_posting(person=person, by=user, today=day_of(user), **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("Penempatan dicatat."))
            return redirect("directory:person", person.pk)
    return _form(request, person, form, _("Catat penempatan"), _("Catat"))


@requires(EDIT_DIRECTORY)
@require_http_methods(["GET", "POST"])
def end_posting(request: HttpRequest, pk: int, posting_pk: int) -> HttpResponse:
    user = asker(request)
    person = _reached(user, pk)
    posting = get_object_or_404(
        Posting.objects.select_related("unit"), pk=posting_pk, person=person
    )
    form = EndPostingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            posts.end_posting(posting=posting, by=user, today=day_of(user), **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("Penempatan diakhiri."))
            return redirect("directory:person", person.pk)
    title = _("Akhiri penempatan di %(unit)s") % {"unit": posting.unit.short}
    return _form(request, person, form, title, _("Akhiri"))


def _form(
    request: HttpRequest, person: Person | None, form: forms.Form, title: str, button: str
) -> HttpResponse:
    back = reverse("directory:person", args=[person.pk]) if person else reverse("directory:people")
    crumbs = [(_("Orang"), reverse("directory:people"))]
    if person:
        crumbs.append((person.full_name, back))
    context = {"form": form, "title": title, "button": button, "back": back, "crumbs": crumbs}
    response = render(request, "directory/form.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response
