"""What the sender is told: received and what is missing, returned and why. In the thread, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from kanal.appointments.models import Decision, Letter, LetterState, ReturnReason
from kanal.intake.mail_tables import Mail, MailFile, MailState
from kanal.intake.mail_words import said
from kanal.lib.dates import local_day, say_day
from kanal.paper import envelope
from kanal.paper.verdicts import Verdict
from kanal.post import answering, outbox
from kanal.post.models import Outgoing

RECEIVED, DECIDED = "mail-received", "mail-decided"
# A mailbox that is added brings its past along; nobody waits for an answer to that.
ANSWERED_WITHIN = timedelta(days=3)
_NIP_WORDS = {"nip_missing", "nip_length", "nip_invalid", "nip_invalid_birthdate"}

_TO_DO = {
    ReturnReason.UNREADABLE: gettext_lazy(
        "Pindai ulang 200 sampai 300 dpi, lurus dan lengkap, lalu kirim lagi."
    ),
    ReturnReason.NO_SIGNATURE: gettext_lazy(
        "Mintakan tanda tangan kepala kantor, lalu kirim lagi."
    ),
    ReturnReason.WRONG_SIGNER: gettext_lazy(
        "Surat ditandatangani kepala kantor atau pejabat yang diberi mandat."
    ),
    ReturnReason.NUMBER_MISSING: gettext_lazy("Perbaiki nomor atau tanggalnya, lalu kirim lagi."),
    ReturnReason.OFFICER_WRONG: gettext_lazy(
        "Cocokkan nama dan NIP petugas, lalu kirim surat yang diperbaiki."
    ),
    ReturnReason.ACCOUNT_WRONG: gettext_lazy("Sebut hanya akun milik kantor ini, lalu kirim lagi."),
    ReturnReason.NOT_A_LETTER: gettext_lazy(
        "Kirim surat penunjukan atau penggantian yang sudah ditandatangani."
    ),
    ReturnReason.CONTRADICTS: gettext_lazy(
        "Cocokkan dengan surat sebelumnya; bila perlu kirim surat ralat."
    ),
    ReturnReason.OTHER: gettext_lazy("Baca catatannya, perbaiki, lalu kirim lagi."),
}


def answer_received(mail: Mail, told: envelope.Mail, files: Sequence[MailFile]) -> str:
    """Writes the tanda terima to the outbox; returns why not, or "". In the caller's transaction."""
    why_not = _why_not(mail, told)
    if why_not:
        return why_not
    with override("id"):
        _enqueue(mail, told, kind=RECEIVED, key=f"received:{mail.pk}", text=_received(mail, files))
    return ""


def _why_not(mail: Mail, told: envelope.Mail) -> str:
    """Forged senders get no answer: it would reach somebody who never wrote."""
    if timezone.now() - mail.received_at > ANSWERED_WITHIN:
        return "too_old"
    if mail.proof == "failed":
        return "sender_doubtful"
    return answering.why_not(told, government_id=mail.government_id)


def _enqueue(mail: Mail, told: envelope.Mail, *, kind: str, key: str, text: str) -> None:
    outbox.enqueue_many(
        government_id=mail.government_id,
        drafts=[
            outbox.Draft(
                key=key,
                kind=kind,
                unit_id=mail.unit_id,
                to=answering.answer_to(told),
                subject=_subject(mail),
                text=text,
                in_reply_to=mail.message_id,
                references=[*told.references, mail.message_id],
                is_automatic=True,
            )
        ],
    )


def _subject(mail: Mail) -> str:
    bare = mail.subject or _("Surat Anda")
    return bare if bare.lower().startswith(("re:", "bls:")) else f"Re: {bare}"


def _received(mail: Mail, files: Sequence[MailFile]) -> str:
    government = mail.government
    day = say_day(local_day(mail.received_at, government.timezone), "id")
    lines = [_("Yth. Bapak/Ibu,"), ""]
    lines.append(_("Surel Anda diterima pada %(day)s.") % {"day": day})
    if mail.agenda:
        lines.append(_("Nomor agenda: %(agenda)s.") % {"agenda": mail.agenda})
    if mail.unit:
        lines.append(_("Dicatat atas nama %(unit)s.") % {"unit": mail.unit.name})
    lines += ["", *_parts(files), *_list(_("Yang masih diperlukan:"), missing(mail, files))]
    lines += [
        _("Tanda terima ini belum berarti surat disetujui; suratnya diperiksa dahulu."),
        "",
        *_signed(mail),
    ]
    return "\n".join(lines)


def _parts(files: Sequence[MailFile]) -> list[str]:
    shown = [file for file in files if "decoration" not in file.reasons]
    return _list(_("Lampiran yang diterima:"), [_part(file) for file in shown])


def _part(file: MailFile) -> str:
    if file.verdict == Verdict.REJECT:
        first = said(file.reasons[0] if file.reasons else "")
        return f"{file.name}: {_('tidak dapat diterima')}. {first.what} {first.next_step}".strip()
    return file.name


def _list(title: str, items: Iterable[str]) -> list[str]:
    rows = [f"- {item}" for item in items]
    return [title, *rows, ""] if rows else []


def missing(mail: Mail, files: Sequence[MailFile]) -> list[str]:
    """What the office still has to do, in sentences."""
    if mail.state == MailState.REFUSED:
        most = settings.LETTER_MAX_BYTES >> 20
        return [
            _("surel ini terlalu besar; kirim lagi dengan lampiran paling besar %(n)s MB")
            % {"n": most}
        ]
    letters = [file for file in files if file.holds_a_letter]
    usable = [file for file in files if file.kept_as and "decoration" not in file.reasons]
    found: list[str] = []
    if not usable:
        found.append(_("lampiran: berkas surat (PDF, DOCX, JPEG, atau PNG)"))
    if any(_NIP_WORDS & {*file.reasons} for file in letters):
        found.append(_("NIP petugas yang lengkap, 18 angka"))
    if usable:
        found.append(_("surat asli (hardcopy) yang bertanda tangan basah, kecuali e-sign"))
    return found


def _signed(mail: Mail) -> list[str]:
    government = mail.government
    return [
        government.verifying_unit_name or government.name,
        government.name,
        "",
        _("Surel ini dibuat otomatis; balasan Anda tetap sampai kepada petugas."),
    ]


def answer_decisions(government_id: int) -> int:
    """Tells the sender of a mail what became of the letter it brought; returns how many were told.

    Rows say what is due: a decision on such a letter whose message is not in the outbox.
    """
    since = timezone.now() - timedelta(days=14)
    due = (
        Decision.objects.filter(
            letter__government_id=government_id,
            letter__mail_files__isnull=False,
            at__gte=since,
            outcome__in=[LetterState.RETURNED, LetterState.ACCEPTED],
        )
        .select_related("letter__unit", "letter__government")
        .distinct()
    )
    keys = {f"decision:{decision.pk}": decision for decision in due}
    known = Outgoing.objects.filter(government_id=government_id, key__in=keys)
    for key in known.values_list("key", flat=True):
        del keys[key]
    return sum(answer_decision(decision) for decision in keys.values())


def answer_decision(decision: Decision) -> bool:
    """False when nobody can be told."""
    letter = decision.letter
    file = (
        MailFile.objects.filter(letter=letter)
        .select_related("mail__government", "mail__unit")
        .order_by("pk")
        .first()
    )
    if file is None:
        return False
    mail = file.mail
    told = envelope.Mail(
        sender=envelope.Address("", mail.answer_address), references=(mail.in_reply_to,)
    )
    if not answering.answer_to(told) or answering.is_ours(
        mail.government_id, answering.answer_to(told)
    ):
        return False
    with override("id"):
        _enqueue(
            mail,
            told,
            kind=DECIDED,
            key=f"decision:{decision.pk}",
            text=_decided(decision, letter, mail),
        )
    return True


def _decided(decision: Decision, letter: Letter, mail: Mail) -> str:
    lines = [_("Yth. Bapak/Ibu,"), ""]
    given = {"letter": str(letter), "unit": letter.unit.name}
    if decision.outcome == LetterState.ACCEPTED:
        lines.append(_("%(letter)s dari %(unit)s diterima dan berlaku.") % given)
        if not letter.receipts.standing().filter(medium="hardcopy").exists():
            lines.append(_("Hardcopy-nya belum kami terima; kirimkan bila belum dikirim."))
    else:
        reason = ReturnReason(decision.reason or ReturnReason.OTHER)
        lines.append(_("%(letter)s dari %(unit)s kami kembalikan.") % given)
        lines += ["", _("Alasan: %(reason)s.") % {"reason": reason.label}]
        lines += [_("Catatan: %(note)s") % {"note": decision.note}] if decision.note else []
        lines.append(_("Yang perlu dilakukan: %(what)s") % {"what": _TO_DO[reason]})
        lines.append(_("Balas surel ini dengan surat yang sudah diperbaiki."))
    return "\n".join([*lines, "", *_signed(mail)])
