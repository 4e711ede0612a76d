"""Where one can go, by role: five places in the header and on a phone, the rest in the menu."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kanal.directory.models import RoleKind


@dataclass(frozen=True)
class Place:
    label: Promise
    short: Promise
    view: str
    icon: str


BOARD = Place(_("Papan kepatuhan"), _("Papan"), "compliance:board", "layout-board")
UNITS = Place(_("Instansi"), _("Instansi"), "directory:units", "building")
LETTERS = Place(_("Surat masuk"), _("Surat"), "intake:letters", "inbox")
TASKS = Place(_("Tugas"), _("Tugas"), "desk:tasks", "list-check")
CHECK = Place(_("Direktori publik"), _("Direktori"), "public:check", "shield-check")
OWN_UNIT = Place(_("Kantor saya"), _("Kantor"), "desk:unit", "home")
ACCOUNTS = Place(_("Akun resmi"), _("Akun"), "register:accounts", "at")
RESPONSIBLE = Place(_("Siapa bertanggung jawab"), _("Siapa"), "desk:responsible", "zoom-question")
CIRCULARS = Place(_("Penyampaian"), _("Sampaikan"), "circulars:circulars", "share")
MANDATES = Place(_("Dasar hukum"), _("Dasar"), "mandates:mandates", "gavel")
PEOPLE = Place(_("Orang"), _("Orang"), "directory:people", "users")
USERS = Place(_("Pengguna dan peran"), _("Pengguna"), "directory:users", "user-check")
IMPORT = Place(_("Impor data"), _("Impor"), "directory:import", "file-upload")
OUTGOING = Place(_("Surat keluar"), _("Keluar"), "correspondence:papers", "send")
MAILS = Place(_("Surat lewat surel"), _("Surel"), "intake:mails", "mail")
BOOKS = Place(_("Buku nomor"), _("Nomor"), "stationery:books", "book")
TEMPLATES = Place(_("Templat surat"), _("Templat"), "stationery:templates", "file-text")
ROOTS = Place(_("Sertifikat tepercaya"), _("Akar"), "stationery:roots", "rosette-discount-check")
POST = Place(_("Pengaturan surel"), _("Surel"), "post:settings", "settings")
OUTBOX = Place(_("Surel keluar"), _("Surel"), "post:outbox", "send")
SHEETS = Place(_("Lembar bulanan"), _("Lembar"), "digests:sheets", "calendar-event")
REMINDERS = Place(_("Pengingat"), _("Ingat"), "reminders:today", "bell")
JOURNAL = Place(_("Jurnal"), _("Jurnal"), "desk:journal", "history")

Menu = tuple[list[Place], list[Place]]

# The first row that names one of the user's roles is theirs.
MENUS: list[tuple[set[RoleKind], Menu]] = [
    (
        {RoleKind.ADMINISTRATOR},
        (
            [BOARD, UNITS, LETTERS, TASKS, CHECK],
            [
                ACCOUNTS,
                SHEETS,
                OUTGOING,
                MAILS,
                RESPONSIBLE,
                MANDATES,
                CIRCULARS,
                REMINDERS,
                PEOPLE,
                USERS,
                IMPORT,
                BOOKS,
                TEMPLATES,
                ROOTS,
                POST,
                OUTBOX,
                JOURNAL,
            ],
        ),
    ),
    (
        {RoleKind.VERIFIER},
        (
            [BOARD, UNITS, LETTERS, TASKS, CHECK],
            [
                ACCOUNTS,
                MAILS,
                OUTGOING,
                SHEETS,
                RESPONSIBLE,
                MANDATES,
                CIRCULARS,
                REMINDERS,
                PEOPLE,
                IMPORT,
                BOOKS,
                TEMPLATES,
                ROOTS,
                OUTBOX,
                JOURNAL,
            ],
        ),
    ),
    (
        {RoleKind.INSPECTOR},
        (
            [BOARD, UNITS, LETTERS, JOURNAL, CHECK],
            [
                ACCOUNTS,
                SHEETS,
                OUTGOING,
                MAILS,
                RESPONSIBLE,
                MANDATES,
                CIRCULARS,
                REMINDERS,
                PEOPLE,
                USERS,
                TEMPLATES,
                ROOTS,
                POST,
                OUTBOX,
            ],
        ),
    ),
    ({RoleKind.READER}, ([BOARD, SHEETS, UNITS, RESPONSIBLE, CHECK], [ACCOUNTS, MANDATES])),
    (
        {RoleKind.UNIT_HEAD},
        (
            [OWN_UNIT, LETTERS, BOARD, UNITS, CHECK],
            [ACCOUNTS, OUTGOING, BOOKS, TASKS, RESPONSIBLE, MANDATES, SHEETS],
        ),
    ),
    (
        {RoleKind.OFFICER},
        (
            [OWN_UNIT, LETTERS, BOARD, UNITS, CHECK],
            [ACCOUNTS, OUTGOING, BOOKS, TASKS, MANDATES, SHEETS],
        ),
    ),
    (
        {RoleKind.CONTRIBUTOR},
        ([OWN_UNIT, LETTERS, BOARD, UNITS, CHECK], [ACCOUNTS, MANDATES, SHEETS]),
    ),
]
