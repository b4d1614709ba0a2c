"""Text in, judgement out: how much of the leak a document shows, and whether chance explains it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from fingerprints.fields.contacts import find_emails
from fingerprints.fields.names import name_words
from fingerprints.index.fingerprints import Fingerprints
from fingerprints.index.tokens import NAME_KINDS, Kind, TokenHasher
from fingerprints.keys import MatchKey
from fingerprints.matching.candidates import DATE, Candidates, Finder, Trials
from fingerprints.matching.chance import chance_model
from fingerprints.matching.judging import Judgement, Tally, judgement_of
from fingerprints.matching.naming import Word
from fingerprints.matching.records import CELL_MARK, Block, blocks
from fingerprints.matching.regions import Anchor, Record
from fingerprints.matching.verify import Verifier

__all__ = ["Judgement", "Matcher", "Scan", "judge"]

_MOST_MEMOIZED = 200_000


class Matcher:
    """Finds the rows of one leak in documents; make it once, then one `scan` per document or part."""

    def __init__(self, fingerprints: Fingerprints, key: MatchKey) -> None:
        self.fingerprints = fingerprints
        self.chance = chance_model(fingerprints)
        self.verifier = Verifier(fingerprints)
        self._hasher = TokenHasher(key)
        kinds = np.unique(fingerprints.postings.kinds).tolist()
        self.finder = Finder(kinds, fingerprints.densities, fingerprints.born, self._hasher)
        self._name_kinds = [kind for kind in NAME_KINDS if kind in kinds]
        self._memo: dict[str, tuple[int, ...]] = {}

    def scan(self) -> "Scan":
        """Start reading one document or one part of it."""
        return Scan(self)

    def name_places(self, words: set[str]) -> dict[str, tuple[int, ...]]:
        """Return for each word the name tokens of the leak that it is."""
        known = {word: self._memo[word] for word in words & self._memo.keys()}
        fresh = sorted(words - known.keys())
        if not fresh:
            return known
        hashes = [self._hasher.hash(kind, word) for word in fresh for kind in self._name_kinds]
        found = self.fingerprints.postings.find(np.array(hashes, dtype=np.uint64)).reshape(len(fresh), -1)
        added = {
            word: tuple(place for place in row if place >= 0) for word, row in zip(fresh, found.tolist(), strict=True)
        }
        if len(self._memo) > _MOST_MEMOIZED:
            self._memo = {}
        self._memo.update(added)
        return known | added


class Scan:
    """What one document or part has shown so far; `feed` it whole records, in any number of calls."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.tally = Tally(Trials([set() for _ in matcher.fingerprints.densities]))

    def feed(self, text: str) -> None:
        """Read more text of the document."""
        for block in blocks(text, every_record=self.matcher.finder.needs_every_record):
            self._feed_block(block)

    def _feed_block(self, block: Block) -> None:
        matcher = self.matcher
        candidates = matcher.finder.find(block.text, self.tally.trials)
        if not candidates.hashes:
            return
        found = matcher.fingerprints.postings.find(np.array(candidates.hashes, dtype=np.uint64))
        hits = np.flatnonzero(found >= 0)
        if not len(hits):
            return
        anchors: dict[int, set[Anchor]] = defaultdict(set)
        for place, end, shape in zip(
            found[hits].tolist(),
            np.array(candidates.ends)[hits].tolist(),
            np.array(candidates.shapes)[hits].tolist(),
            strict=True,
        ):
            anchors[bisect_left(block.starts, end) - 1].add(Anchor(end, place, shape))
        self._count_hits(anchor for group in anchors.values() for anchor in group)
        self._verify(block, anchors, candidates)

    def _count_hits(self, anchors: Iterable[Anchor]) -> None:
        names_by_date = self.matcher.chance.names_by_date
        for anchor in anchors:
            if anchor.shape == DATE:
                self.tally.names_of_hits += float(names_by_date[anchor.place])
            elif anchor.shape >= 0:
                row = int(self.matcher.fingerprints.postings.rows_of(anchor.place)[0])
                self.tally.rows_hit[anchor.shape].add(row)

    def _verify(self, block: Block, anchors: dict[int, set[Anchor]], candidates: Candidates) -> None:
        bounds = {number: block.bounds(number) for number in anchors}
        spans = {number: list(name_words(block.text[start:end])) for number, (start, end) in bounds.items()}
        places = self.matcher.name_places({word for record in spans.values() for _, _, word in record})
        for number, (start, end) in bounds.items():
            words = [Word(start + left, start + right, word, places[word]) for left, right, word in spans[number]]
            if addresses := self._addresses(block.text, start, end, anchors[number]):
                words = [word for word in words if not _is_inside(word, addresses)]
            record = Record(
                text=block.text,
                start=start,
                end=end,
                has_cells=block.text.find(CELL_MARK, start, end) >= 0,
                anchors=sorted(anchors[number]),
                words=sorted(words, key=lambda word: word.end),
                rivals=candidates,
            )
            self.tally.outcomes.update(self.matcher.verifier.outcomes(record))

    def _addresses(self, text: str, start: int, end: int, anchors: set[Anchor]) -> list[tuple[int, int]]:
        """Where the leak's e-mail addresses stand: a name in an address that is shown is no name that is shown."""
        kinds = self.matcher.fingerprints.postings.kinds
        ends = {anchor.end for anchor in anchors if kinds[anchor.place] == Kind.EMAIL}
        if not ends:
            return []
        found = ((start + first, start + last) for first, last, _ in find_emails(text[start:end]))
        return [span for span in found if span[1] in ends]


def _is_inside(word: Word, spans: list[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (word.start, word.end)) - 1
    return any(first <= word.start < last for first, last in spans[max(0, place) : place + 2])


def judge(scans: Sequence[Scan]) -> Judgement:
    """Judge the parts of one document together; scans of different matchers cannot be judged together."""
    if not scans:
        return Judgement()
    matcher = scans[0].matcher
    return judgement_of([scan.tally for scan in scans], matcher.fingerprints, matcher.chance)
