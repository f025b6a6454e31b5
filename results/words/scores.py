"""Scores, shares and levels in words."""

from scoring.rules.payload import LeadersSection, ScaleShown, SnapshotPayload
from scoring.rules.score_words import score_word

# Of all answers, so many "I can't say" or more (a share) are said so, the most first.
SHARES = ((0.75, "most"), (0.6, "about two thirds"), (0.4, "about half"), (0.0, "about a third"))
QUOTE = 60


def score_in_words(score: float, scale: ScaleShown) -> str:
    """A score on the scale, to its tenth, in the short form of its labels."""
    option, tenths = divmod(round((score - scale["min"]) * 10), 10)
    return score_word([option, option + (tenths > 0)], scale["labels"])


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
        return score_word([option, option], scale["labels"])

    return f"High means more than {bound(3)}, low less than {bound(2)}."
