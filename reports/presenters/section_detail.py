"""One section of a result on a page of its own: its score, its statements, and what could help."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from initiatives.presenters.suggestions import SuggestionShown, shown
from initiatives.suggestions import MOST, what_could_help
from reports.presenters import sections
from reports.presenters.explanations import AGREEMENT, Explanation, explanations
from reports.presenters.phrases import percent, plural
from reports.presenters.result import StatementParts, statement_parts
from reports.queries.debriefs import Helps
from scoring.payload import ItemShown, LeadersShown, SectionShown, SnapshotPayload


@dataclass(frozen=True)
class Help:
    """A suggestion and the statement that it speaks to."""

    statement: str
    suggestion: SuggestionShown


@dataclass(frozen=True)
class SectionDetail:
    """The page. `beside` is the next section's code and title; the last one has none."""

    title: str
    stem: str
    place: str
    edition: str
    whose: str
    score: str
    word: str
    facts: tuple[str, ...]
    row: sections.SectionRow
    labels: tuple[sections.AxisLabel, ...]
    leaders: str
    unsaid: str
    parts: StatementParts
    leaders_of_items: Mapping[str, str]
    helps: tuple[Help, ...]
    explanations: tuple[Explanation, ...]
    beside: tuple[str, str] | None


def section_detail(payload: SnapshotPayload, code: str, helps: Helps) -> SectionDetail | None:
    """None where the result has no such section."""
    codes = [section["code"] for section in payload["sections"]]
    if code not in codes:
        return None
    place = codes.index(code)
    section = payload["sections"][place]
    alone = payload.copy()
    alone["sections"] = [section]
    alone["highest"], alone["lowest"], alone["most_cant_say"], alone["furthest_apart"] = (
        [],
        [],
        [],
        [],
    )
    following = payload["sections"][place + 1 : place + 2]
    mean, leaders = section["mean"], payload["leaders"]
    return SectionDetail(
        title=section["title"],
        stem=section["stem"],
        place=f"Section {place + 1} of {len(codes)}",
        edition=f"{payload['edition']['name']}: {payload['edition']['label']}".removesuffix(": "),
        whose="The team" if payload["tier"] == "joint" else "The ward",
        score="" if mean is None else f"{mean:.1f}",
        word=section["word"] or "",
        facts=tuple(_facts(payload, section)),
        row=sections.chart_rows(alone)[0],
        labels=sections.axis_labels(payload),
        leaders=plural(leaders["n"], "leader") if leaders else "",
        unsaid=_unsaid(section),
        parts=statement_parts(alone),
        leaders_of_items=_of_items(section, leaders),
        helps=tuple(_helps(section, payload["lowest"], helps)),
        explanations=tuple(one for one in explanations(alone) if _is_wanted(one, section)),
        beside=(following[0]["code"], following[0]["title"]) if following else None,
    )


def _is_wanted(one: Explanation, section: SectionShown) -> bool:
    return one is not AGREEMENT or any(item["agreement"] for item in section["items"])


def _facts(payload: SnapshotPayload, section: SectionShown) -> Iterator[str]:
    if section["withheld"] is None and payload["tier"] == "figures":
        yield f"{section['n']} of {payload['answered']} scored it."
    if section["interval"]:
        low, high = section["interval"]
        yield f"Likely range: {low:.1f} to {high:.1f}."
    if section["agreement"]:
        yield f"Agreement on the section: {section['agreement']}."
    if section["relatively_low"]:
        yield "Relatively low: low against our own other sections."


def _unsaid(section: SectionShown) -> str:
    """The statements that many could not judge, with their shares where these were released."""
    often = [item for item in section["items"] if item["cant_say_often"]]
    if not often:
        return ""
    said = []
    for item in often:
        share = item["cant_say"]
        how_many = "" if share is None else f": {percent(share)}"
        said.append(f"“{item['text'].removesuffix('?')}”{how_many}")
    return "; ".join(said)


def _of_items(section: SectionShown, leaders: LeadersShown | None) -> dict[str, str]:
    """What each leader scored, by statement text, where both sheets word it the same."""
    if leaders is None:
        return {}
    return {
        item["text"]: ", ".join(f"{dot:.0f}" for dot in leaders["items"][item["code"]]["dots"])
        for item in section["items"]
        if item["code"] in leaders["same_wording"] and leaders["items"][item["code"]]["dots"]
    }


def _helps(section: SectionShown, lowest: list[str], helps: Helps) -> Iterator[Help]:
    """At most three, each for another statement that lies low or that many could not judge."""
    out = [item for item in section["items"] if item["level"] == "low" or item["cant_say_often"]]
    out.sort(key=lambda item: lowest.index(item["code"]) if item["code"] in lowest else len(lowest))
    seen: set[str] = set()
    for item in out:
        found = _first_new(item, seen, helps)
        if found is not None:
            seen.add(found.title)
            yield Help(item["text"].removesuffix("?"), found)
        if len(seen) == MOST:
            return


def _first_new(item: ItemShown, seen: set[str], helps: Helps) -> SuggestionShown | None:
    found = what_could_help(
        instrument=helps.instrument,
        item=item["code"],
        tasks=helps.tasks_of(item["code"]),
        local=helps.local,
    )
    return next((shown(one) for one in found if one.title not in seen), None)
