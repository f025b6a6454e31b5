"""A score in words: the short form of the scale's own labels, the same wherever it is said."""

from collections.abc import Sequence


def score_word(anchors: Sequence[int], labels: Sequence[str]) -> str:
    """`some to a moderate extent`, or `a moderate extent` for a score exactly on an option.

    `anchors` are the two options that a score is on or between, counted from 0. What all labels
    but perhaps the first begin and end with is said once. A scale whose labels share no beginning
    and end keeps "between … and …".
    """
    low, high = labels[anchors[0]], labels[anchors[1]]
    beginning, end = _common(labels[1:])
    if not beginning or not end:
        low, high = _inside(low), _inside(high)
        return low if anchors[0] == anchors[1] else f"between {low} and {high}"
    short = [_inside(label.removeprefix(beginning)) for label in (low, high)]
    if anchors[0] == anchors[1]:
        return short[0]
    return f"{short[0].removesuffix(end)} to {short[1]}"


def _common(labels: Sequence[str]) -> tuple[str, str]:
    """The words that all labels begin with, and those that all end with, each with its space."""
    split = [label.split() for label in labels]
    room = min((len(words) for words in split), default=0) - 1
    begins = _leading(split)[: max(0, room)]
    ends = _leading([words[::-1] for words in split])[: max(0, room - len(begins))][::-1]
    if not begins or not ends:
        return "", ""
    return f"{' '.join(begins)} ", f" {' '.join(ends)}"


def _leading(split: Sequence[Sequence[str]]) -> list[str]:
    """The words with which all of them begin."""
    found = []
    for words in zip(*split, strict=False):
        if len(set(words)) > 1:
            break
        found.append(words[0])
    return found


def _inside(label: str) -> str:
    """A label as it stands inside a sentence."""
    own = label.startswith(("I ", "I’", "I'")) or label[1:2].isupper()
    return label if own else label[:1].lower() + label[1:]
