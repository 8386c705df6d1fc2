"""Which reports are worth comparing: near-linear in their number, and a function of the set of reports alone, in whatever order they came.

Two kinds of keys. A winnowed fingerprint (Schleimer, Wilkerson and Aiken 2003) stands for a run of words: two texts that share a run of
twenty share one. A pair of a name and a number, or of two names, that stand in one sentence survives a rewrite in other words. What many
reports share (a site's lines, the names that every report on a subject has) brings each only to its neighbours in time.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from reportedly.lineage.features import Features

if TYPE_CHECKING:
    import numpy as np

Holder = TypeVar("Holder")
Keys = array  # of unsigned 64-bit numbers
_RUN, _WINDOW = 6, 14  # words of a fingerprint; fingerprints of which one is kept
_MANY = 24  # reports that share a key beyond which each is compared with its neighbours in time only
_NEAR = 3  # of them on each side
_ANCHORS = 12  # names and numbers of a sentence that are paired: a list of forty names is no sentence
LEAST = 2  # keys that two reports must share


def find_keys(features: Features) -> "Keys[int]":
    """The keys under which a report is found, sorted."""
    return array("Q", sorted({*_fingerprints(features), *_pairs(features)}))


def _fingerprints(features: Features) -> Iterator[int]:
    words = [token.word for token in features.tokens]
    hashes = [number_of(" ".join(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1)]
    for at in range(max(1, len(hashes) - _WINDOW + 1)):
        if hashes:
            yield min(hashes[at : at + _WINDOW])


def _pairs(features: Features) -> Iterator[int]:
    for sentence in features.sentences:
        anchors = sorted(feature for feature, weight in sentence.weights.items() if weight > 1)[:_ANCHORS]
        for at, one in enumerate(anchors):
            for other in anchors[at + 1 :]:
                yield number_of(f"{one}|{other}")


def number_of(text: str) -> int:
    """A text as a key of 64 bits: the same on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


class Neighbours:
    """Which reports share keys, kept while reports come and go: what a report brings or takes away is told of its own keys alone.

    All keys lie sorted in one array, and of one key the reports in the order of publication. A report is known by a number. To put one in
    copies the array, which for ten thousand reports takes as long as a few comparisons."""

    def __init__(self, keys: "Sequence[Keys[int]]") -> None:
        """`keys` in the order of publication; the reports are numbered as they stand."""
        import numpy as np  # loads as long as a list of claims takes: only where something is compared

        self._keys = {number: np.frombuffer(one, np.uint64) for number, one in enumerate(keys)}
        self._rank = np.arange(len(keys), dtype=np.int64)
        flat = np.concatenate([*self._keys.values(), np.array([], np.uint64)])
        owners = np.repeat(np.arange(len(keys), dtype=np.uint32), [len(one) for one in keys])
        order = np.argsort(flat, kind="stable")
        self._flat, self._owners = flat[order], owners[order]

    def pairs(self) -> list[tuple[int, int]]:
        """All pairs of reports that share keys enough to be compared, the earlier first; sorted."""
        import numpy as np

        starts = np.flatnonzero(np.r_[True, self._flat[1:] != self._flat[:-1]]) if len(self._flat) else np.array([], np.intp)
        ends = np.r_[starts[1:], len(self._flat)] if len(self._flat) else starts
        shared = (ends - starts) > 1
        count = len(self._rank)
        pairs = [one * count + other for start, end in zip(starts[shared], ends[shared], strict=True) for one, other in pair_up(self._owners[start:end].tolist())]
        found, times = np.unique(np.array(pairs, np.uint64), return_counts=True)
        return [divmod(int(pair), count) for pair in found[times >= LEAST]]

    def add(self, keys: "Keys[int]", rank: int) -> tuple[int, set[int], set[tuple[int, int]]]:
        """Take in a report that stands at a place in the order of publication: its number, the reports that it is to be compared with, and
        pairs that may no longer be."""
        import numpy as np

        number = len(self._rank)
        self._rank[self._rank >= rank] += 1
        self._rank = np.append(self._rank, rank)
        self._keys[number] = mine = np.frombuffer(keys, np.uint64)
        places, partners, apart = [], Counter[int](), set[tuple[int, int]]()
        for start, bucket in self._buckets(mine):
            at = int(np.searchsorted(self._rank[bucket], rank))
            places.append(start + at)
            partners.update(_partners(bucket, at))
            apart |= _crossing(bucket, at)
        self._flat, self._owners = np.insert(self._flat, places, mine), np.insert(self._owners, places, number)
        return number, {other for other, times in partners.items() if times >= LEAST}, apart

    def remove(self, number: int) -> set[tuple[int, int]]:
        """Forget a report; the pairs that may be worth comparing now that it does not stand between them."""
        import numpy as np

        mine = self._keys.pop(number)
        places, together = [], set[tuple[int, int]]()
        for start, bucket in self._buckets(mine):
            at = int(np.flatnonzero(bucket == number)[0])
            places.append(start + at)
            together |= _crossing(np.delete(bucket, at), at)
        self._flat, self._owners = np.delete(self._flat, places), np.delete(self._owners, places)
        self._rank[self._rank > self._rank[number]] -= 1
        self._rank[number] = -1
        return together

    def share(self, one: int, other: int) -> bool:
        """Whether two reports share keys enough to be compared."""
        import numpy as np

        both = np.intersect1d(self._keys[one], self._keys[other], assume_unique=True)
        times = 0
        for _, bucket in self._buckets(both):
            places = np.flatnonzero((bucket == one) | (bucket == other))
            times += len(bucket) <= _MANY or int(places[1] - places[0]) <= _NEAR
            if times >= LEAST:
                return True
        return False

    def _buckets(self, keys: "np.ndarray") -> "Iterator[tuple[int, np.ndarray]]":
        """For each key where its reports begin, and the reports in the order of publication."""
        import numpy as np

        starts, ends = (np.searchsorted(self._flat, keys, side) for side in ("left", "right"))
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            yield start, self._owners[start:end]


def _partners(bucket: "np.ndarray", at: int) -> list[int]:
    """The reports of a bucket that one coming in at a place is compared with."""
    near = bucket if len(bucket) < _MANY else bucket[max(0, at - _NEAR) : at + _NEAR]
    return [int(one) for one in near]


def _crossing(bucket: "np.ndarray", at: int) -> set[tuple[int, int]]:
    """The pairs of a bucket that are neighbours only while nobody stands at that place between them; where one more makes the bucket
    too large to compare each with each, all that are no neighbours then."""
    if len(bucket) < _MANY:
        return set()
    if len(bucket) == _MANY:
        return set(combinations(bucket.tolist(), 2))
    return {(int(bucket[left]), int(bucket[left + _NEAR])) for left in range(max(0, at - _NEAR), min(at, len(bucket) - _NEAR))}


def pair_up(bucket: Sequence[Holder]) -> Iterator[tuple[Holder, Holder]]:
    """The pairs of reports that share one key, which stand in the order of publication: each with each, where they are many with its neighbours."""
    reach = len(bucket) if len(bucket) <= _MANY else _NEAR
    for at, one in enumerate(bucket):
        for other in bucket[at + 1 : at + 1 + reach]:
            yield one, other
