"""A score in words: the short form of the scale's own labels, the same on every page."""

from collections.abc import Sequence

from results.words.phrases import within
from scoring.rules.payload import LeadersSection, ScaleShown, SectionShown, SnapshotPayload

# Of all answers, so many "I can't say" or more (a share) are said so, the most first.
SHARES = ((0.75, "most"), (0.6, "about two thirds"), (0.4, "about half"), (0.0, "about a third"))
QUOTE = 60


def in_words(section: SectionShown, scale: ScaleShown) -> str:
    """`some to a moderate extent`, or `a moderate extent` for a score exactly on an option."""
    anchors = section["anchors"]
    return between(anchors, scale["labels"]) if anchors else section["word"] or ""


def score_in_words(score: float, scale: ScaleShown) -> str:
    """The same for one score on the scale, to its tenth."""
    option, tenths = divmod(round((score - scale["min"]) * 10), 10)
    return between([option, option + (tenths > 0)], scale["labels"])


def between(anchors: Sequence[int], labels: Sequence[str]) -> str:
    """The words for a score on or between two options.

    What all labels but perhaps the first begin and end with is said once. A scale whose labels
    share no beginning and end keeps "between … and …".
    """
    low, high = labels[anchors[0]], labels[anchors[1]]
    beginning, end = _common(labels[1:])
    if not beginning or not end:
        low, high = within(low), within(high)
        return low if anchors[0] == anchors[1] else f"between {low} and {high}"
    short = [within(label.removeprefix(beginning)) for label in (low, high)]
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


def leaders_in_words(theirs: LeadersSection, scale: ScaleShown, *, together: bool = False) -> str:
    """`Leaders: a moderate extent`: their mean from three on, else each one's score; `together`:
    the one that they agreed."""
    scores = theirs["dots"] if theirs["mean"] is None else [theirs["mean"]]
    words = list(dict.fromkeys(score_in_words(score, scale) for score in scores))
    who = "Leader" if len(theirs["dots"]) == 1 else "Leaders"
    who = "Leaders, together" if together else who
    return f"{who}: {'; '.join(words)}"


def share_in_words(share: float) -> str:
    """`about a third`, for a share above 30%."""
    return next(words for least, words in SHARES if round(share, 4) >= least)


def quoted(text: str, most: int = QUOTE) -> str:
    """A statement in quotation marks, cut at a word where it is long."""
    text = text.removesuffix("?")
    if len(text) > most:
        text = f"{text[:most].rsplit(' ', 1)[0].rstrip(' ,;:')} …"
    return f"“{text}”"


def level_bounds(payload: SnapshotPayload) -> str:
    """What high and low mean, in the scale's own words where its fifths fall on an option."""
    scale = payload["scale"]
    width = scale["max"] - scale["min"]

    def bound(fifths: int) -> str:
        option, rest = divmod(fifths * width, 5)
        if rest:
            return f"{scale['min'] + fifths * width / 5:.1f}"
        return between([option, option], scale["labels"])

    return f"High means more than {bound(3)}, low less than {bound(2)}."
