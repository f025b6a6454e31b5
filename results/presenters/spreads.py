"""Every statement with its bars: how many percent of those who scored it chose each option."""

from dataclasses import dataclass

from markupsafe import Markup

from results.presenters import charts
from results.presenters.sections import axis_of
from results.words.phrases import capital, in_sum, percent
from scoring.rules.payload import ItemShown, SectionShown, SnapshotPayload, reason_sentence

# A bar of so many percent is as high as bars get, unless one on the page is higher.
USUAL_TOP = 60


@dataclass(frozen=True)
class SpreadRow:
    """A statement: its bars, mean and agreement, or in their place why they are not shown."""

    text: str
    scored: str
    chart: Markup | None = None
    mean: str = ""
    agreement: str = ""
    instead: tuple[str, str] | None = None
    shares: tuple[str, ...] = ()
    cant_say: str = ""


@dataclass(frozen=True)
class SpreadSection:
    """A section with its stem and every statement."""

    title: str
    stem: str
    rows: tuple[SpreadRow, ...]


@dataclass(frozen=True)
class Spreads:
    """All of them, with the numbers of the options and what the first and last mean."""

    options: tuple[int, ...]
    lowest: str
    highest: str
    sections: tuple[SpreadSection, ...]


def spreads(payload: SnapshotPayload) -> Spreads:
    """In the survey's order, on one common scale."""
    released = [
        share
        for section in payload["sections"]
        for item in section["items"]
        for share in item["distribution"] or ()
    ]
    top = max([USUAL_TOP, *released])
    labels = payload["scale"]["labels"]
    return Spreads(
        tuple(axis_of(payload).ticks),
        labels[0],
        labels[-1],
        tuple(_section(payload, section, top) for section in payload["sections"]),
    )


def _section(payload: SnapshotPayload, section: SectionShown, top: int) -> SpreadSection:
    rows = tuple(_row(payload, item, top) for item in section["items"])
    return SpreadSection(section["title"], section["stem"], rows)


def _row(payload: SnapshotPayload, item: ItemShown, top: int) -> SpreadRow:
    scored = in_sum(item["people"], item["units"], payload)
    if item["n"] is not None:
        scored = f"{item['n']} of {payload['answered']} scored it"
    if item["cant_say_count"]:
        scored += f", {item['cant_say_count']} said “I can’t say”"
    cant_say = percent(item["cant_say"]) if item["cant_say"] is not None else ""
    if item["withheld"]:
        sentence = reason_sentence(item["withheld"])
        return SpreadRow(
            item["text"], "", instead=("Score not shown.", sentence), cant_say=cant_say
        )
    shares, mean = item["distribution"], item["mean"]
    if shares is None or mean is None:
        word = capital(item["level"] or "")
        why = reason_sentence(item["why"], n=item["n"]) if item["why"] else ""
        return SpreadRow(
            item["text"], scored, mean=word, instead=("A word, no bars.", why), cant_say=cant_say
        )
    axis = axis_of(payload)
    said = ", ".join(
        f"{share}% chose {option}" for option, share in zip(axis.ticks, shares, strict=True)
    )
    return SpreadRow(
        item["text"],
        scored,
        charts.spread(shares, axis, top=top, title=f"{item['text']}: {said}"),
        f"{mean:.1f}",
        item["agreement"] or "",
        shares=tuple(f"{share}%" for share in shares),
        cant_say=cant_say,
    )
