"""A snapshot as rows: what a spreadsheet, a CSV file and a slide all take their figures from.

Nothing is worked out here. A figure that was not released has no value and its reason instead.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from scoring.rules.payload import (
    ItemShown,
    LeadersSection,
    Reason,
    SectionShown,
    SnapshotPayload,
    reason_sentence,
)

Level = Literal["unit", "section", "statement"]
Measure = Literal[
    "answered",
    "headcount",
    "mean",
    "in words",
    "interval from",
    "interval to",
    "scored by, least",
    "scored by, most",
    "statements in the mean",
    "agreement",
    "cannot say",
    "cannot say, people",
    "high, middle or low",
    "share of answers",
    "leaders, each",
    "leaders, mean",
]


@dataclass(frozen=True, slots=True)
class Figure:
    """One released figure, or the reason why it was not released.

    `option` is the answer that a share belongs to; `n` is how many people stand behind the value.
    """

    level: Level
    code: str
    text: str
    measure: Measure
    value: float | str | None
    n: int | None = None
    option: int | None = None
    withheld: str = ""


def figures(payload: SnapshotPayload) -> Iterator[Figure]:
    """Every figure of a snapshot in the survey's order, whatever its tier."""
    yield from _unit(payload)
    for section in payload["sections"]:
        yield from _section(section)
        yield from _leaders("section", section["code"], section["title"], _of(payload, section))
        for item in section["items"]:
            yield from _item(payload, item)


def _figure(
    level: Level,
    code: str,
    text: str,
    measure: Measure,
    value: float | str | None,
    n: int | None = None,
    why: Reason | None = None,
) -> Figure:
    reason = reason_sentence(why) if value is None and why else ""
    return Figure(level, code, text, measure, value, n if value is not None else None,
                  withheld=reason)  # fmt: skip


def _unit(payload: SnapshotPayload) -> Iterator[Figure]:
    yield _figure("unit", "", "", "answered", payload["answered"], why=payload["withheld"])
    yield _figure("unit", "", "", "headcount", payload["headcount"])


def _section(section: SectionShown) -> Iterator[Figure]:
    why, whole = section["why"], section["withheld"]
    low, high = section["interval"] or (None, None)
    least, most = section["scored"] or (None, None)
    counted = section["statements"][0] if section["statements"] else None
    shown: tuple[tuple[Measure, float | str | None, Reason | None], ...] = (
        ("mean", section["mean"], why.get("mean")),
        ("in words", section["word"], None),
        ("scored by, least", least, None),
        ("scored by, most", most, None),
        ("statements in the mean", counted, why.get("mean")),
        ("interval from", low, why.get("interval")),
        ("interval to", high, why.get("interval")),
        ("agreement", section["agreement"], why.get("agreement")),
        ("cannot say", section["cant_say"], why.get("cant_say")),
    )
    for measure, value, reason in shown:
        yield _figure("section", section["code"], section["title"], measure, value,
                      why=reason or whole)  # fmt: skip


def _of(payload: SnapshotPayload, section: SectionShown) -> LeadersSection | None:
    leaders = payload["leaders"]
    return leaders["sections"].get(section["code"]) if leaders else None


def _leaders(level: Level, code: str, text: str, theirs: LeadersSection | None) -> Iterator[Figure]:
    if theirs is None:
        return
    for dot in theirs["dots"]:
        yield Figure(level, code, text, "leaders, each", dot, 1)
    if theirs["mean"] is not None:
        yield Figure(level, code, text, "leaders, mean", theirs["mean"], len(theirs["dots"]))


def _item(payload: SnapshotPayload, item: ItemShown) -> Iterator[Figure]:
    why = item["why"] or item["withheld"]
    shown: tuple[tuple[Measure, float | str | None, int | None], ...] = (
        ("mean", item["mean"], item["n"]),
        ("high, middle or low", item["level"], None),
        ("agreement", item["agreement"], item["n"]),
        ("cannot say", item["cant_say"], payload["answered"]),
        ("cannot say, people", item["cant_say_count"], payload["answered"]),
    )
    for measure, value, n in shown:
        yield _figure("statement", item["code"], item["text"], measure, value, n, why)
    for place, share in enumerate(item["distribution"] or ()):
        option = payload["scale"]["min"] + place
        yield Figure(
            "statement", item["code"], item["text"], "share of answers", share, item["n"], option
        )
    leaders = payload["leaders"]
    theirs = leaders["items"].get(item["code"]) if leaders else None
    yield from _leaders("statement", item["code"], item["text"], theirs)


def reasons(shown: Iterable[Figure]) -> tuple[str, ...]:
    """Each reason why something is not shown, once, in the order of its first figure."""
    return tuple(dict.fromkeys(figure.withheld for figure in shown if figure.withheld))
