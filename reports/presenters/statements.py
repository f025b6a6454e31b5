"""The statements of a result: the lists of most and least, and all of them by section."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from reports import charts
from reports.presenters.phrases import SHORT, capital, number, plural
from reports.presenters.sections import axis_of
from scoring.payload import ItemShown, Level, SectionShown, SnapshotPayload, reason_sentence

COLUMNS: tuple[tuple[Level, str], ...] = (("high", "High"), ("middle", "Middle"), ("low", "Low"))


@dataclass(frozen=True)
class Statement:
    """A statement as a row: its figure or words, its chart, or the reason why there is neither."""

    text: str
    section: str
    scored: str = ""
    chart: Markup | None = None
    figures: tuple[tuple[str, str], ...] = ()
    withheld: str = ""


@dataclass(frozen=True)
class StatementList:
    """`Three highest statements` and the like. Ties at the third place are all there."""

    title: str
    about: str
    kind: str
    rows: tuple[Statement, ...]


@dataclass(frozen=True)
class StatementsInWords:
    """A section's statements as High, Middle and Low, each in the survey's order."""

    title: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    missing: str


@dataclass(frozen=True)
class SectionStatements:
    """A section with its stem and every statement."""

    title: str
    stem: str
    rows: tuple[Statement, ...] = field(default=())


def _items(payload: SnapshotPayload) -> dict[str, tuple[SectionShown, ItemShown]]:
    return {
        item["code"]: (section, item)
        for section in payload["sections"]
        for item in section["items"]
    }


def statement_lists(payload: SnapshotPayload) -> tuple[StatementList, ...]:
    """The lists that were released; an empty one goes."""
    lists = (
        _extremes(payload, payload["highest"], "highest"),
        _extremes(payload, payload["lowest"], "lowest"),
        _furthest_apart(payload),
        _most_cant_say(payload),
    )
    return tuple(shown for shown in lists if shown.rows)


def _extremes(payload: SnapshotPayload, codes: list[str], which: str) -> StatementList:
    items = _items(payload)
    rows = tuple(_row(payload, *items[code]) for code in codes)
    noun = "statement" if len(codes) == 1 else "statements"
    return StatementList(f"{capital(number(len(codes)))} {which} {noun}", "", "figure", rows)


def _furthest_apart(payload: SnapshotPayload) -> StatementList:
    items, leaders, axis = _items(payload), payload["leaders"], axis_of(payload)
    rows = []
    for code in payload["furthest_apart"] if leaders else ():
        section, item = items[code]
        theirs = leaders["items"][code] if leaders else None
        if item["mean"] is None or theirs is None or theirs["mean"] is None:
            continue
        who, figure = _figure(payload, item["mean"])
        words = f"{who} {figure}, leaders {theirs['mean']:.1f}"
        chart = charts.mini_axis(
            axis, item["mean"], leaders_mean=theirs["mean"], title=f"{item['text']}: {words}"
        )
        figures = ((figure, who), (f"{theirs['mean']:.1f}", "leaders"))
        rows.append(
            Statement(item["text"], section["title"], _scored(payload, item), chart, figures)
        )
    same = len(leaders["same_wording"]) if leaders else 0
    title = f"{'Team' if payload['tier'] == 'joint' else 'Ward'} and leaders furthest apart"
    about = f"Among the {same} statements worded the same on both sheets; only the lead-in differs."
    return StatementList(title, about, "pair", tuple(rows))


def _most_cant_say(payload: SnapshotPayload) -> StatementList:
    items, answered = _items(payload), payload["answered"] or 0
    rows = []
    for code in payload["most_cant_say"]:
        section, item = items[code]
        count = item["cant_say_count"]
        if count is None:
            continue
        words = f"{count} of {answered}"
        rows.append(
            Statement(
                item["text"],
                section["title"],
                chart=charts.share_bar(count, answered, title=f"{item['text']}: {words}"),
                figures=((words, ""),),
                withheld=reason_sentence(item["withheld"]) if item["withheld"] else "",
            )
        )
    about = "Not low, not high: people do not know, or it is not part of their work."
    return StatementList("Most “I can’t say”", about, "share", tuple(rows))


def _row(
    payload: SnapshotPayload, section: SectionShown, item: ItemShown, *, whole: bool = False
) -> Statement:
    """A statement with whatever of it was released; `whole` counts those who can't say."""
    scored, mean = _scored(payload, item, whole=whole), item["mean"]
    if mean is not None:
        chart = charts.mini_axis(axis_of(payload), mean, title=f"{item['text']}: {mean:.1f}")
        _, figure = _figure(payload, mean)
        return Statement(item["text"], section["title"], scored, chart, ((figure, ""),))
    if item["withheld"]:
        return Statement(item["text"], section["title"], withheld=reason_sentence(item["withheld"]))
    words = {level: word for level, word in COLUMNS}[item["level"]] if item["level"] else ""
    why = SHORT[item["why"]] if item["why"] and payload["tier"] == "figures" else ""
    return Statement(item["text"], section["title"], scored or why, figures=((words, ""),))


def _figure(payload: SnapshotPayload, mean: float) -> tuple[str, str]:
    """Whose score it is and how it is written: on a joint sheet the whole number agreed."""
    return ("team", str(round(mean))) if payload["tier"] == "joint" else ("ward", f"{mean:.1f}")


def _scored(payload: SnapshotPayload, item: ItemShown, *, whole: bool = False) -> str:
    if item["n"] is None or payload["tier"] != "figures":
        return ""
    said = f"{item['n']} of {payload['answered']} scored it"
    if whole and item["cant_say_count"]:
        said += f", {item['cant_say_count']} said “I can’t say”"
    return said


def all_statements(payload: SnapshotPayload) -> tuple[SectionStatements, ...]:
    """Every statement under its section and stem, in the survey's order."""
    return tuple(
        SectionStatements(
            section["title"],
            section["stem"],
            tuple(_row(payload, section, item, whole=True) for item in section["items"]),
        )
        for section in payload["sections"]
    )


def in_words(payload: SnapshotPayload) -> tuple[StatementsInWords, ...]:
    """For a small group: where each statement lies, and how many lie nowhere."""
    if not any(item["level"] for _, item in _items(payload).values()):
        return ()
    return tuple(_words_of(section) for section in payload["sections"])


def levels(payload: SnapshotPayload) -> str:
    """What high and low mean, in the scale's own words where its fifths fall on an option."""
    scale = payload["scale"]
    width = scale["max"] - scale["min"]

    def bound(fifths: int) -> str:
        option, between = divmod(fifths * width, 5)
        if between:
            return f"{scale['min'] + fifths * width / 5:.1f}"
        return scale["labels"][option].removeprefix("To ") or str(scale["min"] + option)

    return f"High: more than {bound(3)}. Low: less than {bound(2)}. Middle: in between."


def _words_of(section: SectionShown) -> StatementsInWords:
    columns = tuple(
        (head, tuple(_with_cant_say(item) for item in section["items"] if item["level"] == level))
        for level, head in COLUMNS
    )
    missing: Iterator[ItemShown] = (item for item in section["items"] if not item["level"])
    count = sum(1 for _ in missing)
    words = f"{plural(count, 'statement')} not shown: fewer than 5 scored it" if count else ""
    return StatementsInWords(
        section["title"], columns, words.replace("scored it", "scored them") if count > 1 else words
    )


def _with_cant_say(item: ItemShown) -> str:
    text = item["text"].removesuffix("?")
    return f"{text} (often “I can’t say”)" if item["cant_say_often"] else text
