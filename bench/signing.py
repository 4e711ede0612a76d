"""What signatures cost on one core: signing, composing and signing, judging in both ways.

    python -m bench.signing [--letters 60]

Prints JSON; rates are a second, milliseconds are medians of single calls after a warm-up.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from time import perf_counter, process_time

from cryptography.hazmat.primitives.asymmetric import rsa

from kanal.paper import workshop
from kanal.paper.composing.examples import every_paper, example
from kanal.paper.composing.letter import compose
from kanal.paper.composing.template import fitting
from kanal.paper.signing.apart import verify_apart
from kanal.paper.signing.pkcs12 import Pkcs12Signer
from kanal.paper.signing.reports import State
from kanal.paper.signing.verifying import verify
from kanal.paper.tests.signing_desk import AT, PASSPHRASE, Authority, Person

CODE = "676M-HWQC-45QN"
URL = f"https://kanal.contoh.go.id/v/{CODE}"


def composed() -> bytes:
    facts = example(*every_paper()[0])
    return compose(fitting(facts)[0], facts, verify_url=URL, code=CODE, at=AT).pdf


def measured(job: Callable[[], object], times: int) -> dict[str, float]:
    """Processor time beside the clock, since other work on the machine stretches only the clock."""
    for _ in range(3):
        job()
    walls, began = [], process_time()
    for _ in range(times):
        at = perf_counter()
        job()
        walls.append((perf_counter() - at) * 1000)
    spent = process_time() - began
    return {
        "p50_ms": round(median(walls), 2),
        "per_second": round(1000 * times / sum(walls), 1),
        "per_cpu_second": round(times / spent, 1) if spent else 0.0,
    }


def signed_by(person: Person, letter: Callable[[], bytes]) -> Callable[[], bytes]:
    signer = Pkcs12Signer(person.p12(), PASSPHRASE)
    return lambda: signer.sign(letter(), reason="Penunjukan", at=AT, place="Jakarta").pdf


def opened(person: Person) -> Callable[[], Pkcs12Signer]:
    file = person.p12()
    return lambda: Pkcs12Signer(file, PASSPHRASE)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--letters", type=int, default=60)
    times = asked.parse_args().letters
    root = Authority("Akar bangku uji")
    short, long = root.issue(), root.issue(key=rsa.generate_private_key(65537, 2048))
    pdf = composed()
    once = signed_by(short, lambda: pdf)()
    twice = signed_by(root.issue("Kepala Dua"), lambda: once)()
    roots = [root.pem]
    for file in (once, twice):
        assert {report.state for report in verify(file, roots=roots)} == {State.VALID}
    report = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "letter_bytes": len(pdf),
        "signed_bytes": len(once),
        "open key file": measured(opened(short), max(3, times // 6)),
        "sign P-256": measured(signed_by(short, lambda: pdf), times),
        "sign RSA-2048": measured(signed_by(long, lambda: pdf), times),
        "compose and sign P-256": measured(signed_by(short, composed), times),
        "verify one signature": measured(lambda: verify(once, roots=roots), times),
        "verify two signatures": measured(lambda: verify(twice, roots=roots), times),
        "verify an unsigned letter": measured(lambda: verify(pdf, roots=roots), times),
        "verify in a child": measured(lambda: verify_apart(once, roots=roots), times // 2),
    }
    workshop.close_all()
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
