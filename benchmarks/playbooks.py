"""What playbooks cost: loading and compiling, and matching against the bare parser, as frames grow.

    python -m benchmarks.playbooks [--pairs N]

Ratios are the figures to quote; frames beyond those that ship are copies under other names with words of their own.
"""

import argparse
import statistics
from collections import defaultdict
from dataclasses import replace

import spacy

from benchmarks.speed import BATCH, EXAMPLES, load_texts, time_it
from reportedly.playbooks import SHIPPED, load_playbook
from reportedly.reading import make_reading
from reportedly.understanding.compile import Compiled, Matcher, compile_playbook
from reportedly.understanding.explain import find_fits, make_context
from reportedly.understanding.parser import MODELS, Passage, load_parser, parse


def multiply(compiled: Compiled, frames: int, *, same_words: bool) -> Compiled:
    """A playbook of so many frames: the first of its own, and copies under other frame names, with the same words (the worst
    that can be: each happening is read once a copy) or with words of their own."""
    own = sorted({matcher.frame for matchers in compiled.matchers.values() for matcher in matchers})
    kept = {
        frame: [f"{frame}{copy}" if copy else frame for copy in range(frames)][: 1 + (frames - 1 - number) // len(own)] if number < frames else []
        for number, frame in enumerate(own)
    }
    matchers: dict[tuple[str, str], list[Matcher]] = defaultdict(list)
    for (kind, head), found in compiled.matchers.items():
        for one in found:
            for name in kept[one.frame]:
                matchers[kind, head if same_words or name == one.frame else f"{head}-{name}"].append(replace(one, frame=name))
    return replace(compiled, matchers=dict(matchers))


def match(passages: list[Passage], compiled: Compiled) -> int:
    return sum(1 for passage in passages for context in (make_context(passage, compiled),) for sentence in passage.doc.sents for _ in find_fits(sentence, compiled, context))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5)
    options = parser.parse_args()
    load_parser()
    loading = statistics.median(time_it(lambda: [compile_playbook(load_playbook(name)) for name in SHIPPED]) for _ in range(options.pairs))
    print(f"{f'loading and compiling {len(SHIPPED)} playbooks':56} {loading:8.2f} s")
    texts = load_texts(EXAMPLES, 120)
    passages = list(parse(make_reading(text.encode(), "text").report for text in texts))
    compiled = compile_playbook(load_playbook("labour_export"))
    empty = replace(compiled, matchers={})
    whole = spacy.load(next(one for one in MODELS if spacy.util.is_package(one)))
    bare, base = [], []
    for _ in range(options.pairs):
        bare.append(time_it(lambda: list(whole.pipe(texts, batch_size=BATCH))))
        base.append(time_it(lambda: match(passages, empty)))
    for frames, same_words in ((3, False), (13, False), (30, False), (300, False), (30, True), (300, True)):
        many = multiply(compiled, frames, same_words=same_words)
        costs = [time_it(lambda many=many: match(passages, many)) for _ in range(options.pairs)]  # type: ignore[misc]
        cost = statistics.median(costs) - statistics.median(base)
        label = f"matching {frames} frames{' that share words' if same_words else ''} / bare nlp.pipe"
        print(f"{label:56} {cost / statistics.median(bare):8.3f}   {match(passages, many)} claims")


if __name__ == "__main__":
    main()
