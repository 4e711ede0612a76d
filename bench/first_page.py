"""From a fresh clone to the first page: seconds, and how many of them the packages took.

    python bench/first_page.py [--port 8731]

Clones the repository's last commit into a folder of its own, runs `bin/run` there, waits for /cek/ and
the board's sign-in page, stops it with SIGTERM; then starts it a second time. Prints JSON. Needs
nothing but git and Python's standard library.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import tempfile
import threading
import urllib.error
import urllib.request
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600.0


class Start:
    """One `bin/run`: when it said what, and when the first page came."""

    def __init__(self, clone: Path, port: int) -> None:
        self.began = monotonic()
        self.said: list[tuple[float, str]] = []
        self.process = subprocess.Popen(
            ["bin/run", "--port", str(port)], cwd=clone, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        threading.Thread(target=self._listen, daemon=True).start()
        self.url = f"http://127.0.0.1:{port}/cek/"

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append((monotonic() - self.began, line.strip()))

    def first_page(self) -> float:
        while monotonic() - self.began < PATIENCE:
            if self.process.poll() is not None:
                raise SystemExit("\n".join(line for _at, line in self.said))
            try:
                with urllib.request.urlopen(self.url, timeout=5) as answer:
                    answer.read()
                return monotonic() - self.began
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                sleep(0.05)
        raise SystemExit("no page came")

    def packages(self) -> float:
        """From the first word on packages to Kanal's own first word."""
        began = [at for at, line in self.said if line.startswith("Memasang paket")]
        ended = [at for at, line in self.said if line.startswith("Menyiapkan")]
        return ended[0] - began[0] if began and ended else 0.0

    def stop(self) -> float:
        began = monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        return monotonic() - began


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, default=8731)
    port = asked.parse_args().port
    with tempfile.TemporaryDirectory(prefix="kanal-first-") as folder:
        Path(folder).chmod(0o755)
        clone = Path(folder) / "kanal"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first = Start(clone, port)
        fresh, packages, stopped = first.first_page(), first.packages(), first.stop()
        second = Start(clone, port)
        again = second.first_page()
        second.stop()
    report = {
        "fresh_clone_to_first_page_s": round(fresh, 1),
        "of_it_packages_s": round(packages, 1),
        "second_start_s": round(again, 2),
        "stop_s": round(stopped, 2),
        "exit_code": first.process.returncode,
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
