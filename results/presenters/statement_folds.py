"""The statements of a result, a fold for each section: low, middle and high in the survey's order.

Bars stand beside each statement that has them; means and counts only with the figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from results.presenters import charts
from results.presenters.sections import axis_of
from results.presenters.spreads import USUAL_TOP
from results.words.phrases import percent
from results.words.scores import level_bounds, score_in_words
from scoring.rules.payload import ItemShown, SectionShown, SnapshotPayload, reason_sentence

LEVELS = (("low", "Low"), ("middle", "Middle"), ("high", "High"))
NOT_SHOWN = "Not shown"


@dataclass(frozen=True)
class StatementLine:
    """A statement: its bars or why it has none, what is said of it, and its figures on demand."""

    code: str
    text: str
    notes: tuple[str, ...]
    chart: Markup | None
    figures: str
    why: str


@dataclass(frozen=True)
class LevelGroup:
    """The statements of one level."""

    head: str
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True)
class StatementFold:
    """A section's fold with what its summary says of what is inside."""

    code: str
    title: str
    about: str
    stem: str
    groups: tuple[LevelGroup, ...]

    @property
    def has_more(self) -> bool:
        """Whether more than its level is said of any statement."""
        return any(
            one.chart or one.notes or one.why for group in self.groups for one in group.lines
        )


@dataclass(frozen=True)
class StatementFolds:
    """All of them; `bars` says what a bar is, where there are any."""

    heading: str
    about: str
    bars: str
    folds: tuple[StatementFold, ...]


def statement_folds(
    payload: SnapshotPayload, *, with_figures: bool = False
) -> StatementFolds | None:
    """None in the tier of words, which shows no statement."""
    if payload["tier"] == "words":
        return None
    items = [item for section in payload["sections"] for item in section["items"]]
    has_bars = any(item["distribution"] for item in items)
    return StatementFolds(
        f"The {len(items)} statements",
        _about(payload),
        bars_sentence(payload) if has_bars else "",
        tuple(
            StatementFold(
                section["code"],
                section["title"],
                _summary(section),
                section["stem"],
                level_groups(payload, section, with_figures=with_figures),
            )
            for section in payload["sections"]
        ),
    )


def _about(payload: SnapshotPayload) -> str:
    said = level_bounds(payload)
    if payload["why"] == "too_soon":
        return f"{said} {reason_sentence('too_soon')}"
    if payload["tier"] == "small":
        return f"{said} With 7 to 10 answers statements are in words only."
    return said


def bars_sentence(payload: SnapshotPayload) -> str:
    """What a bar is."""
    scale = payload["scale"]
    return (
        f"Each bar says how many percent chose that number, from {scale['min']}, "
        f"{scale['labels'][0].lower()}, to {scale['max']}, {scale['labels'][-1].lower()}. Only "
        "people who scored the statement are counted. Percents are rounded."
    )


def level_groups(
    payload: SnapshotPayload, section: SectionShown, *, with_figures: bool = False
) -> tuple[LevelGroup, ...]:
    """A section's statements by level; those without one last, with the reason."""
    top = max(
        [USUAL_TOP]
        + [
            share
            for one in payload["sections"]
            for item in one["items"]
            for share in item["distribution"] or ()
        ]
    )
    groups = []
    for level, head in (*LEVELS, (None, NOT_SHOWN)):
        lines = tuple(
            _line(payload, item, top, with_figures=with_figures)
            for item in section["items"]
            if item["level"] == level
        )
        if lines:
            groups.append(LevelGroup(head, lines))
    return tuple(groups)


def _summary(section: SectionShown) -> str:
    """`4 middle · 3 low · people differ on 2 · many can’t say on 1`."""
    items = section["items"]
    counted = [
        (sum(item["level"] == level for item in items), level)
        for level in ("high", "middle", "low")
    ]
    said = [f"{count} {level}" for count, level in counted if count]
    hidden = sum(item["level"] is None for item in items)
    differ = sum(item["agreement"] == "people differ" for item in items)
    often = sum(item["cant_say_often"] and item["withheld"] != "no_answer" for item in items)
    said += [f"{hidden} not shown"] if hidden else []
    said += [f"people differ on {differ}"] if differ else []
    said += [f"many can’t say on {often}"] if often else []
    return " · ".join(said)


def _line(
    payload: SnapshotPayload, item: ItemShown, top: int, *, with_figures: bool
) -> StatementLine:
    chart = None
    axis = axis_of(payload)
    if item["distribution"]:
        said = ", ".join(
            f"{share}% chose {option}"
            for option, share in zip(axis.ticks, item["distribution"], strict=True)
        )
        chart = charts.spread(item["distribution"], axis, top=top, title=f"{item['text']}: {said}")
    reason = item["withheld"] or (item["why"] if payload["tier"] == "figures" else None)
    return StatementLine(
        item["code"],
        item["text"].removesuffix("?"),
        tuple(_notes(payload, item)),
        chart,
        " · ".join(_figures(payload, item)) if with_figures else "",
        reason_sentence(reason, n=item["n"]) if reason else "",
    )


def _notes(payload: SnapshotPayload, item: ItemShown) -> Iterator[str]:
    if payload["tier"] == "joint":
        if item["mean"] is not None:
            yield score_in_words(item["mean"], payload["scale"])
        return
    if item["agreement"] == "people differ":
        yield "people differ"
    if item["cant_say_often"]:
        yield "many can’t say"


def _figures(payload: SnapshotPayload, item: ItemShown) -> Iterator[str]:
    if item["mean"] is not None:
        is_joint = payload["tier"] == "joint"
        yield f"score {round(item['mean'])}" if is_joint else f"{item['mean']:.1f}"
    if item["n"] is not None:
        yield f"{item['n']} of {payload['answered']} scored it"
    if item["agreement"]:
        yield item["agreement"]
    if item["cant_say"] is not None:
        yield f"{percent(item['cant_say'])} “I can’t say”"
