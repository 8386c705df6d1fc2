"""Which reports are worth comparing: near-linear in their number, and a function of the set of reports alone, in whatever order they came.

Two kinds of keys. A winnowed fingerprint (Schleimer, Wilkerson and Aiken 2003) stands for a run of words: two texts that share a run of
twenty share one. A pair of a name and a number, or of two names, that stand in one sentence survives a rewrite in other words. What many
reports share (a site's lines, the names that every report on a subject has) brings each only to its neighbours in time.
"""

from array import array
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from reportedly.lineage.features import Features

Keys = array  # of unsigned 64-bit numbers
_RUN, _WINDOW = 6, 14  # words of a fingerprint; fingerprints of which one is kept
_MANY = 24  # reports that share a key beyond which each is compared with its neighbours in time only
_NEAR = 3  # of them on each side
_ANCHORS = 12  # names and numbers of a sentence that are paired: a list of forty names is no sentence
_LEAST = 2  # keys that two reports must share


def find_keys(features: Features) -> "Keys[int]":
    """The keys under which a report is found, sorted."""
    return array("Q", sorted({*_fingerprints(features), *_pairs(features)}))


def _fingerprints(features: Features) -> Iterator[int]:
    words = [token.word for token in features.tokens]
    hashes = [_hash(" ".join(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1)]
    for at in range(max(1, len(hashes) - _WINDOW + 1)):
        if hashes:
            yield min(hashes[at : at + _WINDOW])


def _pairs(features: Features) -> Iterator[int]:
    for sentence in features.sentences:
        anchors = sorted(feature for feature, weight in sentence.weights.items() if weight > 1)[:_ANCHORS]
        for at, one in enumerate(anchors):
            for other in anchors[at + 1 :]:
                yield _hash(f"{one}|{other}")


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def find_candidates(keys: "Sequence[Keys[int]]") -> list[tuple[int, int]]:
    """Pairs of reports that share two keys, by their places in `keys`, which is in the order of publication; sorted."""
    import numpy as np  # loads as long as a list of claims takes: only where something is compared

    if not keys:
        return []
    sizes = [len(one) for one in keys]
    flat, owners = np.concatenate([np.frombuffer(one, np.uint64) for one in keys]), np.repeat(np.arange(len(keys), dtype=np.uint64), sizes)
    order = np.argsort(flat, kind="stable")  # so that the owners of one key stay in the order of publication
    flat, owners = flat[order], owners[order]
    starts = np.flatnonzero(np.r_[True, flat[1:] != flat[:-1]]) if len(flat) else np.array([], np.intp)
    ends = np.r_[starts[1:], len(flat)] if len(flat) else starts
    shared = (ends - starts) > 1
    count = len(keys)
    pairs = [one * count + other for start, end in zip(starts[shared], ends[shared], strict=True) for one, other in _pairs_of(owners[start:end].tolist())]
    found, times = np.unique(np.array(pairs, np.uint64), return_counts=True)
    return [divmod(int(pair), count) for pair in found[times >= _LEAST]]


def _pairs_of(bucket: list[int]) -> Iterator[tuple[int, int]]:
    reach = len(bucket) if len(bucket) <= _MANY else _NEAR
    for at, one in enumerate(bucket):
        for other in bucket[at + 1 : at + 1 + reach]:
            yield one, other
