"""How long `tracker --help` takes, as a ratio to a bare `python -c pass`, and that it imports nothing slow."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 15
SLOW = ("numba", "scrapy", "datasketch", "elasticsearch")


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    tracker = str(Path(sys.executable).with_name("tracker"))
    bare, helped = [], []
    for _ in range(ROUNDS):
        bare.append(seconds([sys.executable, "-c", "pass"]))
        helped.append(seconds([tracker, "--help"]))
    ratio = statistics.median(helped) / statistics.median(bare)
    print(f"python -c pass   {statistics.median(bare) * 1000:6.1f} ms")
    print(f"tracker --help   {statistics.median(helped) * 1000:6.1f} ms   {ratio:.1f} times")
    probe = f"import sys, tracker.cli.main; print([name for name in {SLOW!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True, text=True).stdout.strip()
    print(f"slow libraries it imports: {loaded}")


if __name__ == "__main__":
    main()
