"""Today's tools on the same data: MinHash per line, LSH Ensemble and TLSH per document, Aho-Corasick on names."""

import json
import re

import tlsh
from ahocorasick_rs import AhoCorasick
from datasketch import MinHash, MinHashLSH, MinHashLSHEnsemble

from benchmarks.detection.leak import Leak
from benchmarks.detection.methods.base import Answer

_TOKEN = re.compile(r"[^\W_]+")
_RECORD = re.compile(r"[\n\x1e]")


class MinHashLines:
    """datasketch's MinHashLSH over the words of each row, once with all cells and once with the identifying ones."""

    name, names_rows, reads_bytes = "MinHash per line", True, False
    _threshold, _permutations, _fewest_tokens = 0.6, 64, 3
    _fields = ("id", "family", "given", "birth", "email", "phone")

    def __init__(self, leak: Leak) -> None:
        self._lsh = MinHashLSH(threshold=self._threshold, num_perm=self._permutations)
        self._signatures: list[MinHash] = []
        identifying = zip(*map(leak.column, self._fields), strict=True)
        for row, (whole, part) in enumerate(zip(leak.rows, identifying, strict=True)):
            for at, cells in enumerate((whole, part)):
                self._signatures.append(_signature(_tokens(" ".join(cells)), self._permutations))
                self._lsh.insert(2 * row + at, self._signatures[-1])

    def inspect(self, body: bytes, text: str) -> Answer:
        """Ask for every line, and check the candidates by estimate."""
        rows: set[int] = set()
        for line in _RECORD.split(text):
            tokens = _tokens(line)
            if len(tokens) >= self._fewest_tokens:
                asked = _signature(tokens, self._permutations)
                near = self._lsh.query(asked)
                rows.update(key // 2 for key in near if asked.jaccard(self._signatures[key]) >= self._threshold)
        return Answer(bool(rows), tuple(sorted(rows)))


class EnsembleDocument:
    """datasketch's LSH Ensemble: is most of the document contained in the leak, or in a block of it?"""

    name, names_rows, reads_bytes = "LSH Ensemble", False, False
    _threshold, _permutations, _block = 0.8, 128, 500

    def __init__(self, leak: Leak) -> None:
        starts = range(0, len(leak.rows), self._block)
        blocks = [leak.rows, *(leak.rows[at : at + self._block] for at in starts)]
        entries = []
        for number, rows in enumerate(blocks):
            tokens = _tokens("\n".join(" ".join(row) for row in rows))
            entries.append((number, _signature(tokens, self._permutations), len(tokens)))
        self._ensemble = MinHashLSHEnsemble(threshold=self._threshold, num_perm=self._permutations, num_part=4)
        self._ensemble.index(entries)

    def inspect(self, body: bytes, text: str) -> Answer:
        """Ask for the document's words."""
        tokens = _tokens(text)
        return Answer(
            bool(tokens)
            and next(iter(self._ensemble.query(_signature(tokens, self._permutations), len(tokens))), None) is not None
        )


class Tlsh:
    """TLSH as AIL uses it (100 minus the difference, at least 52), against the leak as CSV, JSON and HTML."""

    name, names_rows, reads_bytes = "TLSH", False, True
    _least = 52

    def __init__(self, leak: Leak) -> None:
        objects = [dict(zip(leak.header, row, strict=True)) for row in leak.rows]
        table = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in leak.rows)
        self._leaked = [
            tlsh.hash(text.encode()) for text in (leak.csv(), json.dumps(objects), f"<table>{table}</table>")
        ]

    def inspect(self, body: bytes, text: str) -> Answer:
        """Compare the bytes; what is too short or too uniform for TLSH is not found."""
        own = tlsh.hash(body)
        if own in ("", "TNULL"):
            return Answer(found=False)
        return Answer(any(100 - tlsh.diffxlen(own, leaked) >= self._least for leaked in self._leaked))


class NameSearch:
    """Aho-Corasick over the full names of the leak, in either order; one hit is enough."""

    name, names_rows, reads_bytes = "names, Aho-Corasick", True, False

    def __init__(self, leak: Leak) -> None:
        patterns: dict[str, list[int]] = {}
        for row, (given, family) in enumerate(zip(leak.column("given"), leak.column("family"), strict=True)):
            if given and family:
                for pattern in (f"{given} {family}", f"{family} {given}", f"{family}, {given}"):
                    patterns.setdefault(f" {pattern.casefold()} ", []).append(row)
        self._rows = list(patterns.values())
        self._searcher = AhoCorasick(list(patterns))

    def inspect(self, body: bytes, text: str) -> Answer:
        """Search the text, marks around words taken off."""
        spaced = " ".join(re.sub(r'[\n\x1e\x1f"\'<>;|:()\[\]{}]', " ", text.casefold()).split())
        hits = self._searcher.find_matches_as_indexes(f" {spaced} ")
        rows = {row for hit in hits for row in self._rows[hit[0]]}
        return Answer(bool(rows), tuple(sorted(rows)))


def _tokens(text: str) -> set[str]:
    return set(_TOKEN.findall(text.casefold()))


def _signature(tokens: set[str], permutations: int) -> MinHash:
    signature = MinHash(num_perm=permutations)
    signature.update_batch([token.encode() for token in sorted(tokens)])
    return signature
