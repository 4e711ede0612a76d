"""`kanal COMMAND`: our own commands, and Django's management commands with dashes in their names."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import django
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management import (
    BaseCommand,
    CommandError,
    find_commands,
    load_command_class,
)
from django.db import OperationalError
from procrastinate.exceptions import ConnectorException

from kanal.ground import database
from kanal.ground.commands import doctor, up, work
from kanal.lib import env
from kanal.lib.refusal import Refused

DONE, FAILED, MISUSED = 0, 1, 2


@dataclass(frozen=True)
class Own:
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


OWN = {
    "up": Own(up.add_arguments, up.run),
    "work": Own(work.add_arguments, work.run),
    "doctor": Own(doctor.add_arguments, doctor.run),
}
SHOWN = {
    "up": "nyalakan web, pekerja, dan basis data / start everything",
    "work": "jalankan pekerja latar saja, juga di mesin lain / background worker only",
    "doctor": "periksa apa yang ada, yang kurang, dan apa yang perlu dilakukan / check this machine",
    "load-units": "muat perangkat daerah dari CSV atau XLSX / load units from a file",
    "read-mandate": "baca naskah instruksi / read an instruction's text",
    "read-letter": "baca surat dari berkas, tanpa menyimpan / read letters from files",
    "rebuild-status": "hitung ulang baris status papan / rebuild the board's status rows",
    "fetch-mail": "ambil surel dari kotak surat / listen at the mailboxes",
    "verify-journal": "periksa keutuhan jurnal / prove the journal whole",
    "remove-sample": "hapus data contoh / remove the sample data",
}
ROOMS = Path(__file__).resolve().parent.parent
OTHERS = [
    "django.core",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
]
WITHOUT_DATABASE = {"check", "collectstatic", "compilemessages", "diffsettings", "findstatic"}
WITHOUT_DATABASE |= {
    "read_letter",
    "makemessages",
    "startapp",
    "startproject",
    "test",
    "testserver",
}


class UnknownCommand(Exception):
    """Nobody has a command of this name."""


def main(argv: Sequence[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanal.settings")
    options = _parser().parse_args(argv)
    if options.data:
        os.environ["KANAL_DATA"] = options.data
    if not options.command:
        _parser().print_help()
        return DONE
    try:
        return _run(options.command, options.rest)
    except Refused as refusal:
        return _complain(refusal.what, refusal.kept, refusal.next_step)
    except CommandError as mistake:
        return _complain(mistake) and mistake.returncode
    except (OperationalError, psycopg.OperationalError, ConnectorException) as mistake:
        reason = str(mistake.__cause__ or mistake).strip().splitlines()
        return _complain(
            f"Basis data tidak dapat dihubungi: {reason[0] if reason else 'tidak menjawab'}",
            "Periksa DATABASE_URL, atau jalankan `kanal doctor`.",
        )
    except (env.EnvironmentMistake, ImproperlyConfigured) as mistake:
        return _complain(f"Pengaturan keliru: {mistake}") and MISUSED
    except UnknownCommand as mistake:
        return _complain(f"Perintah tidak dikenal: {mistake}", "Lihat `kanal --help`.") and MISUSED
    except KeyboardInterrupt:
        return _complain("Dihentikan.")


def _complain(*sentences: object) -> int:
    sys.stderr.write("kanal: " + " ".join(str(said) for said in sentences if str(said)) + "\n")
    return FAILED


def _parser() -> argparse.ArgumentParser:
    width = max(len(name) for name in SHOWN) + 2
    lines = [f"  {name:<{width}}{said}" for name, said in SHOWN.items()]
    rest = sorted(set(_management()) - {name.replace("-", "_") for name in SHOWN} - {"prepare"})
    others = ", ".join(name.replace("_", "-") for name in rest)
    parser = argparse.ArgumentParser(
        prog="kanal",
        usage="kanal [--data FOLDER] PERINTAH [...]",
        description="Kanal: register akun media sosial resmi pemerintah.",
        epilog="Perintah / commands:\n"
        + "\n".join(lines)
        + f"\n\nPerintah Django / Django's own:\n  {others}"
        + "\n\n`kanal PERINTAH --help` menjelaskan satu perintah.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", metavar="FOLDER", help="folder data (bawaan: ./data)")
    parser.add_argument("command", nargs="?", metavar="PERINTAH", help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def _run(name: str, rest: Sequence[str]) -> int:
    if name in OWN:
        own = OWN[name]
        parser = argparse.ArgumentParser(prog=f"kanal {name}", description=SHOWN[name])
        parser.add_argument("--data", metavar="FOLDER", help="folder data (bawaan: ./data)")
        own.add_arguments(parser)
        options = parser.parse_args(rest)
        if options.data:
            os.environ["KANAL_DATA"] = options.data
        return own.run(options)
    module_name = name.replace("-", "_")
    homes = _management()
    if module_name not in homes:
        raise UnknownCommand(name)
    if {"-h", "--help"} & set(rest) or module_name in WITHOUT_DATABASE:
        # Explaining itself must not leave a data folder with a key behind.
        os.environ.setdefault("KANAL_SECRET_KEY", "only-to-explain-a-command")
        return _manage(homes[module_name], module_name, rest)
    with database.at_hand(env.folder("KANAL_DATA", Path.cwd() / "data")):
        return _manage(homes[module_name], module_name, rest)


def _management() -> dict[str, str]:
    """Every management command's module name and the application it is in; ours come last."""
    homes: dict[str, str] = {}
    for application in OTHERS:
        for place in _locations(application):
            homes |= dict.fromkeys(find_commands(str(Path(place) / "management")), application)
    for module in sorted(ROOMS.glob("*/management/commands/[a-z]*.py")):
        homes[module.stem] = f"kanal.{module.parts[-4]}"
    return homes


def _locations(application: str) -> Sequence[str]:
    spec = find_spec(application)
    return list(spec.submodule_search_locations or []) if spec else []


def _manage(application: str, name: str, rest: Sequence[str]) -> int:
    django.setup()
    command: BaseCommand = load_command_class(application, name)
    command.run_from_argv(["kanal", name.replace("_", "-"), *rest])
    return DONE
