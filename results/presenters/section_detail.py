"""One section of a result on a page of its own: its words, its statements, and what could help."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from initiatives.presenters.suggestions import SuggestionView, shown
from initiatives.rules.soffts import Task, soffts
from initiatives.rules.suggestions import what_could_help
from results.presenters import charts
from results.presenters.section_rows import SectionLine, marks_in_words, section_line
from results.presenters.sections import axis_of, scored_by
from results.presenters.statement_folds import (
    LevelGroup,
    StatementLine,
    bars_sentence,
    level_groups,
)
from results.queries.questions import Questions
from results.queries.suggestions import Helps
from results.words.explanations import Explanation, explanations
from results.words.findings import place_in_words
from results.words.phrases import capital
from results.words.scores import leaders_in_words, score_in_words
from scoring.rules.payload import (
    ItemShown,
    LeadersSection,
    LeadersShown,
    SectionShown,
    SnapshotPayload,
)


@dataclass(frozen=True)
class StatementCard:
    """A statement that is low or that many can't say, with its question, what its leaders scored
    and what could help: one suggestion, and others folded."""

    line: StatementLine
    question: str
    leaders: str
    suggestions: tuple[SuggestionView, ...]


@dataclass(frozen=True)
class OtherWords:
    """A statement that the leaders' form asks otherwise: both texts and what each scored. Their
    distance says nothing."""

    text: str
    team: str
    read: str
    leaders: str


@dataclass(frozen=True)
class SectionPage:
    """The page. `level_heads` counts each level, `groups` has what is not on a card.

    `question` is the section's own, in words alone; `rests_on` the task that most of its statements
    speak to, by our reading.
    """

    code: str
    title: str
    number: int
    question: str
    rests_on: Task | None
    stem: str
    edition: str
    line: SectionLine
    marks: str
    place: str
    facts: tuple[str, ...]
    numbers: Markup
    with_figures: bool
    has_figures: bool
    cards: tuple[StatementCard, ...]
    groups: tuple[LevelGroup, ...]
    other_words: tuple[OtherWords, ...]
    level_heads: tuple[str, ...]
    bars: str
    sections: tuple[tuple[str, str], ...]
    explanations: tuple[Explanation, ...]
    may_need_others: bool


def section_page(
    payload: SnapshotPayload,
    code: str,
    helps: Helps,
    questions: Questions,
    *,
    with_figures: bool = False,
) -> SectionPage | None:
    """None where the result has no such section."""
    section = next((one for one in payload["sections"] if one["code"] == code), None)
    if section is None:
        return None
    words_only = payload["tier"] == "words"
    out = {item["code"] for item in section["items"] if _stands_out(item)}
    groups = () if words_only else level_groups(payload, section, with_figures=with_figures)
    alone = payload.copy()
    alone["sections"] = [section]
    return SectionPage(
        code=section["code"],
        title=section["title"],
        number=payload["sections"].index(section) + 1,
        question=questions.of_section(section["code"]) if words_only or section["withheld"] else "",
        rests_on=_rests_on(section, helps),
        stem=section["stem"],
        edition=f"{payload['edition']['name']}: {payload['edition']['label']}".removesuffix(": "),
        line=section_line(payload, section, with_figures=with_figures),
        marks=marks_in_words(payload),
        place=place_in_words(payload, section),
        facts=tuple(_facts(payload, section)) if with_figures else (),
        numbers=charts.axis_numbers(axis_of(payload)),
        with_figures=with_figures,
        has_figures=not words_only,
        cards=() if words_only else tuple(_cards(payload, section, groups, out, helps, questions)),
        groups=tuple(
            LevelGroup(group.head, tuple(one for one in group.lines if one.code not in out))
            for group in groups
        ),
        other_words=() if words_only else tuple(_other_words(payload, section)),
        level_heads=() if words_only else _level_heads(section),
        bars=bars_sentence(payload)
        if any(item["distribution"] for item in section["items"])
        else "",
        sections=tuple((one["code"], one["title"]) for one in payload["sections"]),
        explanations=explanations(alone),
        may_need_others=section["code"] == "RES",
    )


def _stands_out(item: ItemShown) -> bool:
    return item["level"] == "low" or item["cant_say_often"]


def _rests_on(section: SectionShown, helps: Helps) -> Task | None:
    """Of tasks that as many statements speak to, the first."""
    spoken = Counter(task for item in section["items"] for task in helps.tasks_of(item["code"]))
    return soffts().tasks.get(spoken.most_common(1)[0][0]) if spoken else None


def _level_heads(section: SectionShown) -> tuple[str, ...]:
    """`Low: 1`, and `High: none` where a level has no statement."""
    levels = [item["level"] for item in section["items"]]
    heads = [
        f"{capital(level)}: {levels.count(level) or 'none'}" for level in ("low", "middle", "high")
    ]
    return (*heads, f"Not shown: {levels.count(None)}") if None in levels else tuple(heads)


def _cards(
    payload: SnapshotPayload,
    section: SectionShown,
    groups: tuple[LevelGroup, ...],
    out: set[str],
    helps: Helps,
    questions: Questions,
) -> Iterator[StatementCard]:
    """In the survey's order; no suggestion comes up first on two of them."""
    lines = {line.code: line for group in groups for line in group.lines}
    first: set[str] = set()
    for item in section["items"]:
        if item["code"] not in out:
            continue
        found = [
            shown(one)
            for one in what_could_help(
                instrument=helps.instrument,
                item=item["code"],
                tasks=helps.tasks_of(item["code"]),
                local=helps.local,
            )
        ]
        fresh = [one for one in found if one.title not in first]
        first.update(one.title for one in fresh[:1])
        leaders = _leaders_of(item, payload["leaders"], payload)
        question = questions.of_item(item["code"], section["code"])
        yield StatementCard(lines[item["code"]], question, leaders, tuple(fresh))


def _leaders_of(item: ItemShown, leaders: LeadersShown | None, payload: SnapshotPayload) -> str:
    """What the leaders scored, in words, where both forms ask the same; and what they read, where
    the team's words are plainer."""
    if leaders is None:
        return ""
    read = leaders["in_plainer_words"].get(item["code"])
    if read is None and item["code"] not in leaders["same_wording"]:
        return ""
    theirs = leaders["items"][item["code"]]
    if not theirs["dots"]:
        return ""
    each = {"dots": theirs["dots"], "mean": None}
    said = leaders_in_words(each, payload["scale"], together=leaders["together"])  # type: ignore[arg-type]
    return said if read is None else f"{said}. Asked in plainer words; leaders read: “{read}”"


def _other_words(payload: SnapshotPayload, section: SectionShown) -> Iterator[OtherWords]:
    """In the survey's order."""
    leaders = payload["leaders"]
    if leaders is None:
        return
    for item in section["items"]:
        read = leaders["worded_differently"].get(item["code"])
        theirs = leaders["items"][item["code"]]
        if read is None or not theirs["dots"]:
            continue
        mean = item["mean"]
        team = (
            item["level"] or "not shown" if mean is None else score_in_words(mean, payload["scale"])
        )
        each: LeadersSection = {"dots": theirs["dots"], "mean": None}
        said = leaders_in_words(each, payload["scale"], together=leaders["together"])
        yield OtherWords(item["text"], f"Team: {team}", read, said)


def _facts(payload: SnapshotPayload, section: SectionShown) -> Iterator[str]:
    if section["mean"] is not None:
        yield f"Mean {section['mean']:.1f}."
    if section["scored"]:
        yield f"Scored by {scored_by(section['scored'])} of {payload['answered']} people."
    if section["statements"] and len(set(section["statements"])) > 1:
        counted, every = section["statements"]
        yield f"From {counted} of {every} statements."
    if section["interval"]:
        low, high = section["interval"]
        yield (
            f"Likely range: {low:.1f} to {high:.1f}. If all {payload['headcount']} had answered, "
            "the mean would probably lie here."
        )
    if section["agreement"]:
        yield f"{capital(section['agreement'])}."
