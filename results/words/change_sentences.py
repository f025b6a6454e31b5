"""What a page says of change beside its words: of a section, and of what could be found at all."""

from collections.abc import Iterator

from results.words.phrases import listed, plural, within
from scoring.rules.payload import ChangeShown, SectionChange, SectionShown, SnapshotPayload
from scoring.rules.thresholds import BARS_FROM

MARKS = {"clear rise": "▲", "clear fall": "▼"}
ANSWERS_HAVE_NO_NAMES = (
    "Answers have no names, so we cannot know how many people answered both times."
)
# Up to here the sentence on what can be found does not begin with how few answered.
FEW_UP_TO = 0.6


def said_of_section(
    payload: SnapshotPayload,
    change: SectionChange,
    days: tuple[str, str],
    *,
    with_figures: bool,
) -> str:
    """What stands beside the word; `days` are the two surveys' months, the earlier first."""
    match change["why"]:
        case "few_people":
            return f"{_few(payload, days)}. We compare from {BARS_FROM} each time."
        case "low_response":
            return f"Fewer than 4 in 10 answered in {_low(payload, days)}."
        case "few_statements":
            return "Too many people left statements out here."
        case "wide":
            return "Even a difference of a whole point could be chance."
    difference, interval = change["difference"], change["interval"]
    if difference is None or interval is None:
        return ""
    if not with_figures:
        if change["word"] in MARKS:
            return ""
        if change["why"] == "under_least":
            return "We call a change clear from 3 tenths of a point."
        return "The difference could be chance."
    said = f"From {mean_shown(change['before'])} to {mean_shown(change['now'])}"
    if change["word"] in MARKS:
        near, far = sorted((abs(interval[0]), abs(interval[1])))
        way = "up" if difference > 0 else "down"
        return f"{said}, {way} {abs(difference):.1f} ({near:.1f} to {far:.1f})."
    if change["why"] == "under_least":
        return f"{said}. We call a change clear from 0.3 points."
    return f"{said}. The difference could be chance."


def _both(
    payload: SnapshotPayload, days: tuple[str, str]
) -> tuple[tuple[str, int, int | None], ...]:
    """Of either survey its month, how many answered, and of how many."""
    change = payload.get("change")
    earlier = (change["answered"], change["headcount"]) if change else (None, None)
    later = (payload["answered"], payload["headcount"])
    return tuple(
        (day, answered or 0, headcount)
        for day, (answered, headcount) in zip(days, (earlier, later), strict=True)
    )


def _few(payload: SnapshotPayload, days: tuple[str, str]) -> str:
    few = [
        f"{answered} people answered in {day}"
        for day, answered, _ in _both(payload, days)
        if answered < BARS_FROM
    ]
    return listed(few)


def _low(payload: SnapshotPayload, days: tuple[str, str]) -> str:
    return listed(
        [
            day
            for day, answered, headcount in _both(payload, days)
            if headcount and 10 * answered < 4 * headcount
        ]
    )


def _how_many(payload: SnapshotPayload, days: tuple[str, str]) -> str:
    """`12 of 20 people answered in March 2026 and 14 of 19 in October 2026.`"""
    (first, answered, of), (second, later, of_later) = _both(payload, days)
    known = of is not None and of_later is not None
    before = f"{answered} of {of}" if known else str(answered)
    now = f"{later} of {of_later}" if known else str(later)
    return f"{before} people answered in {first} and {now} in {second}."


def warnings(payload: SnapshotPayload, change: ChangeShown, days: tuple[str, str]) -> Iterator[str]:
    """What to know before reading on, each only where it is true."""
    yield ANSWERS_HAVE_NO_NAMES
    yield from grown(payload, change)
    yield from low_shares(payload, days)
    yield f"{_how_many(payload, days)} {_can_be_found(change)}"
    if change["version"] != payload["version"]:
        yield (
            f"The surveys used versions {change['version']} and {payload['version']}. Only "
            "statements that ask the same thing are compared."
        )


def grown(payload: SnapshotPayload, change: ChangeShown) -> Iterator[str]:
    """That the team is larger or smaller by a quarter or more."""
    before, now = change["headcount"], payload["headcount"]
    if before and now and abs(now - before) * 4 >= before:
        way = "grown" if now > before else "shrunk"
        yield f"The team has {way} from {before} to {now} staff."


def low_shares(payload: SnapshotPayload, days: tuple[str, str]) -> Iterator[str]:
    """In which of the two surveys fewer than 60% answered."""
    for day, answered, staff in _both(payload, days):
        if staff and 10 * answered < 6 * staff:
            yield f"In {day} only {answered} of {staff} staff answered."


def _can_be_found(change: ChangeShown) -> str:
    """What true change these answers would show, or why none could be looked for."""
    found = change["detectable"]
    if found is None:
        return "No section could be compared."
    beginning = "A" if found <= FEW_UP_TO else "With so few, a"
    return (
        f"{beginning} true change of about {found:.1f} points is called clear in 4 of 5 surveys; "
        "smaller ones are often missed. “No clear change” does not mean that nothing changed."
    )


def mean_shown(mean: float | None) -> str:
    """A mean, or that there is none to show."""
    return "not shown" if mean is None else f"{mean:.1f}"


def lede(change: ChangeShown, sections: dict[str, SectionShown]) -> tuple[str, str]:
    """The verdict in a sentence, with the words that lead it."""
    parts = []
    for word, noun in (("clear rise", "rise"), ("clear fall", "fall")):
        titles = [
            within(sections[one["code"]]["title"])
            for one in change["sections"]
            if one["word"] == word
        ]
        if titles:
            parts.append((f"{plural(len(titles), f'clear {noun}')}:", f"{listed(titles)}."))
    rest = "no clear change. That does not mean that nothing changed."
    words = {one["word"] for one in change["sections"]} - {None}
    if not words & {"clear rise", "clear fall", "no clear change"}:
        why = "Too few answers to tell." if words else "No section can be compared."
        return why, "That does not mean that nothing changed."
    if not parts:
        return "No clear change.", "That does not mean that nothing changed."
    strong, said = parts[0]
    for more, those in parts[1:]:
        said += f" {more} {those}"
    others = [one["word"] for one in change["sections"] if one["word"] not in MARKS]
    unchanged = others.count("no clear change")
    if not unchanged:
        return strong, said
    where = "the others" if unchanged == len(others) else f"{unchanged} more"
    return strong, f"{said} On {where}: {rest}"
