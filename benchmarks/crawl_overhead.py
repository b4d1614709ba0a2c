"""What inspecting and filing costs: a crawl of small pages with delay 0, as a ratio to a bare Scrapy spider.

Both are processes of their own that read one listing of a real web server (nginx, or Python's http.server without it)
and download every page it names; ours also inspects each page against a leak of 2,000 people and files the visit.
Their order changes from round to round, and the ratio is that of the medians.

    python -m benchmarks.crawl_overhead [PAGES] [ROUNDS]
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
BARE = """
import re, sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess

class Bare(scrapy.Spider):
    name = "bare"
    async def start(self):
        yield scrapy.Request(sys.argv[1])
    def parse(self, response):
        if response.url == sys.argv[1]:
            for href in re.findall(r'href="([^"?./][^"]*)"', response.text):
                yield scrapy.Request(response.urljoin(href))

process = AsyncCrawlerProcess({"LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False})
process.crawl(Bare)
process.start()
"""


def main() -> None:
    pages, rounds = (int(value) for value in [*sys.argv[1:3], *("2000", "3")[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        site, surroundings = folder / "site", {**os.environ}
        write_pages(site, pages)
        url = stack.enter_context(served(site)).url
        surroundings.update(TRACKER_HOME=str(folder / "home"), TRACKER_KEYS=str(folder / "keys"))
        make_case(folder, url, surroundings)
        tracker = [str(Path(sys.executable).with_name("tracker")), "crawl"]
        runs = {"bare Scrapy": [sys.executable, "-c", BARE, url], "tracker crawl": tracker}
        times: dict[str, list[float]] = {label: [] for label in runs}
        for number in range(rounds):
            for label in sorted(runs, reverse=bool(number % 2)):
                times[label].append(seconds(runs[label], surroundings))
        medians = {label: statistics.median(values) for label, values in times.items()}
        for label, median in medians.items():
            print(f"{label:14} {median:6.2f} s   {pages / median:6.0f} pages/s")
        print(f"ratio          {medians['tracker crawl'] / medians['bare Scrapy']:6.2f}")


def write_pages(site: Path, pages: int) -> None:
    """Write small tables of strangers."""
    dice = random.Random(7)
    site.mkdir()
    for number in range(pages):
        rows = (
            f"{dice.randrange(10**6)},Person {dice.randrange(10**6)},{dice.randrange(1950, 2010)}" for _ in range(20)
        )
        (site / f"page-{number:05}.csv").write_text("id,name,year\n" + "\n".join(rows))


def make_case(folder: Path, url: str, surroundings: dict[str, str]) -> None:
    """Fingerprint a leak and add the site as a source."""
    tracker = str(Path(sys.executable).with_name("tracker"))
    leak = folder / "leak.csv"
    rows = (f"{70000 + 3 * n},Given{n % 90} Family{n % 711},{1950 + n % 60}-0{1 + n % 9}-1{n % 9}" for n in range(2000))
    leak.write_text("case id,name,birth date\n" + "\n".join(rows))
    add = ["source", "add", "site", "--family", "autoindex", "--url", url, "--delay", "0", "--allow-host", "127.0.0.1"]
    for command in (["fingerprint", str(leak), "--case", "bench", "--yes"], add):
        subprocess.run([tracker, *command], env=surroundings, check=True, capture_output=True)


def seconds(command: list[str], surroundings: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=surroundings, check=True, capture_output=True)
    return time.perf_counter() - start


def served(site: Path):
    """Serve the pages by nginx where it is installed, else by Python's http.server."""
    sys.path.insert(0, str(TOP / "tests"))
    from lab import servers

    has_nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return servers.nginx(site) if has_nginx else servers.python_http(site)


if __name__ == "__main__":
    main()
