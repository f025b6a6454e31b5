"""The three sentences that open a result: what stands out, where people differ, what is unsaid.

Each speaks of what was released and of nothing else. Where it must be silent because a figure is
not shown it says so; it never says that nothing stands out when that is not known.
Over 300 lines: the three share what they name, count and quote.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from results.words.phrases import capital, listed, plural, within
from results.words.scores import quoted, score_in_words, share_in_words
from scoring.rules.payload import ItemShown, SectionShown, SnapshotPayload
from scoring.rules.score_words import score_word
from scoring.rules.standing_out import most_mixed

# In tenths of a point: sections so near the top or the bottom share its place, and a result whose
# top and bottom are less than this apart has neither.
SHARED_PLACE = 2
CLOSE_TOGETHER = 5
# More sections than this at one end are not named, more statements than that are counted.
MOST_SECTIONS = 3
MOST_QUOTED = 2
NONE_CANT_SAY = "There is no section where many people said “I can’t say”."


@dataclass(frozen=True)
class Finding:
    """A sentence or two under their head."""

    head: str
    said: str


def findings(payload: SnapshotPayload) -> tuple[Finding, ...]:
    """The three of this result, without one that may not be said; none where there is no result."""
    tier = payload["tier"]
    if tier == "too_few":
        return ()
    joint = tier == "joint"
    found = (
        Finding("What stands out", _standing(payload)),
        Finding("Where the team settled" if joint else "Where people differ", _differing(payload)),
        Finding(
            "What the team could not say" if joint else "What many people can’t say",
            _unsaid(payload),
        ),
    )
    return tuple(one for one in found if one.said)


def _sentences(*said: str) -> str:
    return " ".join(sentence for sentence in said if sentence)


def _titles(sections: Sequence[SectionShown]) -> str:
    return listed([within(section["title"]) for section in sections])


def _items(payload: SnapshotPayload) -> list[tuple[SectionShown, ItemShown]]:
    return [(section, item) for section in payload["sections"] for item in section["items"]]


def _standing(payload: SnapshotPayload) -> str:
    if payload["tier"] == "words":
        return _standing_in_words(payload)
    shown = [section for section in payload["sections"] if section["mean"] is not None]
    if not shown:
        return "No section has a score, so none can be compared."
    low = lowest_in_words(payload)
    return _sentences(_ends(payload, shown), _not_compared(payload, shown), low)


def _ends(payload: SnapshotPayload, shown: Sequence[SectionShown]) -> str:
    """The highest and the lowest sections, always by the same rule, so that none is left out."""
    figures = payload["tier"] == "figures"
    flagged = [section for section in shown if section["relatively_low"]] if figures else []
    low = f"Low compared with the other sections: {_titles(flagged)}." if flagged else ""
    top, bottom = _top_and_bottom(shown)
    if not top:
        middle = sorted(section["mean"] or 0 for section in shown)[len(shown) // 2]
        about = score_in_words(middle, payload["scale"])
        who = f"The {len(shown)} sections are close together, all" if shown[1:] else "1 section is"
        return _sentences(f"{who} about {about}.", low)
    said = _end(payload, top, "highest")
    if low:
        return _sentences(said, low)
    words = "lowest, but not clearly so" if figures else "lowest"
    return _sentences(said, _end(payload, bottom, words, with_words=not figures)) or (
        f"{len(top)} sections are at the higher end and {len(bottom)} at the lower."
    )


def _top_and_bottom(
    shown: Sequence[SectionShown],
) -> tuple[list[SectionShown], list[SectionShown]]:
    """Those that share the highest place and the lowest; neither where all are close together."""
    tenths = {section["code"]: round((section["mean"] or 0) * 10) for section in shown}
    highest, lowest = max(tenths.values()), min(tenths.values())
    if highest - lowest < CLOSE_TOGETHER:
        return [], []
    return (
        [one for one in shown if tenths[one["code"]] >= highest - SHARED_PLACE],
        [one for one in shown if tenths[one["code"]] <= lowest + SHARED_PLACE],
    )


def place_in_words(payload: SnapshotPayload, section: SectionShown) -> str:
    """Where a section stands among the others; empty where that is not said of it."""
    if section["relatively_low"]:
        return "It is low compared with the other sections."
    shown = [one for one in payload["sections"] if one["mean"] is not None]
    if section["mean"] is None:
        return ""
    for those, place in zip(_top_and_bottom(shown), ("highest", "lowest"), strict=True):
        if section in those and len(those) <= MOST_SECTIONS:
            if len(those) == 1:
                return f"It is the {place} section."
            return f"It is one of the {len(those)} {place} sections."
    return ""


def _end(
    payload: SnapshotPayload,
    sections: Sequence[SectionShown],
    place: str,
    *,
    with_words: bool = True,
) -> str:
    if len(sections) > MOST_SECTIONS:
        return ""
    words = {section["word"] for section in sections}
    about = f": {words.pop()}" if with_words and len(words) == 1 else ""
    return f"{capital(_titles(sections))} scored {place}{about}."


def _not_compared(payload: SnapshotPayload, shown: Sequence[SectionShown]) -> str:
    out = [section for section in payload["sections"] if section["mean"] is None]
    if not out:
        return ""
    if len(out) > MOST_QUOTED:
        return f"{len(out)} sections have no score, so they are not compared."
    verb = "has no score, so it is" if len(out) == 1 else "have no score, so they are"
    return f"{capital(_titles(out))} {verb} not compared."


def lowest_in_words(payload: SnapshotPayload) -> str:
    """For small groups the low statements, for one form of a team those it scored lowest."""
    items = [item for _, item in _items(payload)]
    if payload["tier"] == "joint":
        scores = [item["mean"] for item in items if item["mean"] is not None]
        if not scores or min(scores) == max(scores):
            return ""
        lowest = [item for item in items if item["mean"] == min(scores)]
        words = score_in_words(min(scores), payload["scale"])
        if len(lowest) > MOST_QUOTED:
            return f"{len(lowest)} statements have the lowest score: {words}."
        return f"The team scored {_quotes(lowest)} lowest of all: {words}."
    if payload["tier"] != "small":
        return ""
    levels = [item for item in items if item["level"]]
    low = [item for item in levels if item["level"] == "low"]
    if not low:
        return ""
    if len(low) > MOST_QUOTED:
        of = f"{len(items)}" if len(levels) == len(items) else f"the {len(levels)} shown"
        return f"{len(low)} of {of} statements are low."
    beginning = "One statement is" if len(low) == 1 else f"{len(low)} statements are"
    return f"{beginning} low: {_quotes(low)}."


def _quotes(items: Sequence[ItemShown]) -> str:
    return listed([quoted(item["text"]) for item in items])


def _standing_in_words(payload: SnapshotPayload) -> str:
    shown = [section for section in payload["sections"] if section["anchors"]]
    hidden = [section for section in payload["sections"] if not section["anchors"]]
    missing = ""
    if hidden:
        verb = "is" if len(hidden) == 1 else "are"
        missing = f"{capital(_titles(hidden))} {verb} not shown."
    if not shown:
        return "No section is shown: too many people left statements out."

    def rank(section: SectionShown) -> int:
        return sum(section["anchors"] or ())

    ends = [
        [section for section in shown if rank(section) == end]
        for end in (max(map(rank, shown)), min(map(rank, shown)))
    ]
    top, bottom = (end[0]["word"] or "" for end in ends)
    if top == bottom:
        return _sentences(f"The {len(shown)} sections shown are all {top}.", missing)
    said = [
        (f"{_titles(end)} scored {place}", words)
        for end, place, words in zip(ends, ("higher", "lower"), (top, bottom), strict=True)
        if len(end) <= MOST_SECTIONS
    ]
    if not said:
        return _sentences(
            f"{len(ends[0])} sections scored {top}, {len(ends[1])} {bottom}.", missing
        )
    parts = " ".join(f"{capital(who)}: {words}." for who, words in said)
    return _sentences(parts, missing)


def _differing(payload: SnapshotPayload) -> str:
    match payload["tier"]:
        case "figures":
            return _differing_statements(payload)
        case "small":
            return _differing_sections(payload)
        case "words":
            return (
                "Not shown for 5 or 6 answers: it could point to someone. Ask in the debrief who "
                "sees it differently."
            )
        case _:
            return (
                "The team agreed each score, so no differences are shown. Which one took longest "
                "to agree? Start there."
            )


def _differing_statements(payload: SnapshotPayload) -> str:
    items = _items(payload)
    with_bars = [item for _, item in items if item["distribution"]]
    if not with_bars:
        return "We cannot tell where people differ: too few statements have bars."
    if said := most_mixed_in_words(payload) or furthest_apart_in_words(payload):
        return said
    if len(with_bars) < len(items):
        return f"On none of the {len(with_bars)} statements with bars do answers differ widely."
    return "On no statement do answers differ widely."


def most_mixed_in_words(payload: SnapshotPayload) -> str:
    """The statement on which answers differ most; empty where none is mixed."""
    mixed = most_mixed(payload)
    if not mixed:
        return ""
    section, item = next(row for row in _items(payload) if row[1]["code"] == mixed[0])
    used = [place for place, share in enumerate(item["distribution"] or ()) if share]
    labels = payload["scale"]["labels"]
    low, high = (score_word([place, place], labels) for place in (used[0], used[-1]))
    where = f"{quoted(item['text'])} ({within(section['title'])})"
    return f"Answers differ most on {where}: from {low} to {high}."


def furthest_apart_in_words(payload: SnapshotPayload) -> str:
    """The statement on which team and leaders are furthest apart; empty where none was compared."""
    if not payload["furthest_apart"]:
        return ""
    code = payload["furthest_apart"][0]
    item = next(one for _, one in _items(payload) if one["code"] == code)
    return f"Team and leaders are furthest apart on {quoted(item['text'])}."


def _differing_sections(payload: SnapshotPayload) -> str:
    known = [section for section in payload["sections"] if section["agreement"]]
    differ = [section for section in known if section["agreement"] == "people differ"]
    every = len(payload["sections"])
    if not known:
        return "We cannot tell where people differ: too many people left statements out."
    if 0 < len(differ) <= MOST_QUOTED:
        said = f"People differ on {_titles(differ)}."
    elif differ:
        said = f"People differ on {len(differ)} of the {every} sections."
    elif len(known) < every:
        said = f"On none of the {len(known)} sections where we can tell do people differ widely."
    else:
        said = "There is no section where people differ widely."
    if payload["why"] == "too_soon":
        return (
            f"{said} We say this for sections only, because another survey closed less than 6 "
            "weeks before or after this one."
        )
    return f"{said} With 7 to 10 answers we say this for sections only."


def _unsaid(payload: SnapshotPayload) -> str:
    if payload["tier"] == "joint":
        return _without_score(payload)
    many = [section for section in payload["sections"] if section["cant_say_leads"]]
    if not many:
        return NONE_CANT_SAY
    if len(many) > MOST_QUOTED:
        return (
            f"On {len(many)} of the {len(payload['sections'])} sections many people said “I can’t "
            "say”. Ask what people have been told."
        )
    if payload["tier"] != "figures":
        return f"Many people can’t say: {_titles(many)}."
    shares = [
        f"{capital(within(section['title']))}: {share_in_words(section['cant_say'] or 0)} of the "
        "answers were “I can’t say”."
        for section in many
    ]
    return f"{' '.join(shares)} Ask what people have been told."


def _without_score(payload: SnapshotPayload) -> str:
    out = [item for _, item in _items(payload) if item["mean"] is None]
    if not out:
        return "The team scored every statement."
    if len(out) > MOST_QUOTED:
        return f"{len(out)} of {len(_items(payload))} statements have no score."
    return f"{plural(len(out), 'statement has', 'statements have')} no score: {_quotes(out)}."
