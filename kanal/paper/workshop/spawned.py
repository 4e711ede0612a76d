"""Where there is no fork: a fresh Python for each job. Slow, and only the clock is kept there."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from kanal.paper.workshop import bench, frames, job
from kanal.paper.workshop.limits import Died, Limits, TooMuchOutput, TooSlow

_STARTING_SECONDS = 10.0


def run(name: str, data: bytes, limits: Limits, options: dict[str, Any]) -> Any:
    try:
        child = subprocess.run(
            [sys.executable, "-m", __name__, name, json.dumps(asdict(limits))],
            input=b"".join(frames.encode({"data": data, "options": options}, most=1 << 40)),
            capture_output=True,
            timeout=limits.seconds + _STARTING_SECONDS,
            check=False,
            env=bench.bare_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise TooSlow from error
    if not child.stdout:
        raise bench.of_exit(child.returncode)
    if len(child.stdout) > limits.output_bytes + (1 << 16):
        raise TooMuchOutput
    if frames.total_of(child.stdout[: frames.HEAD_BYTES]) != len(child.stdout) - frames.HEAD_BYTES:
        raise Died("half an answer")
    return bench.said(child.stdout[frames.HEAD_BYTES :])


def main() -> None:
    name, limits = sys.argv[1], Limits(**json.loads(sys.argv[2]))
    function = job.named(name)
    request = frames.decode(sys.stdin.buffer.read()[frames.HEAD_BYTES :])
    job.obey(limits)
    for part in job.answer(function, request, limits.output_bytes):
        sys.stdout.buffer.write(part)


if __name__ == "__main__":
    main()
