"""The sections as a result's page lists them: in words, with their marks; figures on demand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from results.presenters import charts
from results.presenters.leaders import Lettered, letters_of
from results.presenters.sections import NOBODY, Table, axis_of, table
from results.words.explanations import Explanation, explanations, what_is_explained
from results.words.phrases import capital, plural
from results.words.scores import leaders_in_words
from scoring.rules.payload import LeadersSection, SectionShown, SnapshotPayload, reason_sentence

# So many letters of an end's words have room above the marks.
END_ROOM = 20


@dataclass(frozen=True)
class SectionLine:
    """A section: its words, what stands out of it, its leaders' words, its marks.

    `instead` is why it has no score.
    """

    code: str
    title: str
    words: str
    notes: tuple[str, ...]
    leaders: str
    chart: Markup | None
    instead: str


@dataclass(frozen=True)
class SectionRows:
    """All of them with what explains them. The only part with leaders' letters.

    `table` is there with the figures; `ends` are the words of the scale's two ends.
    """

    heading: str
    about: str
    rows: tuple[SectionLine, ...]
    legend: tuple[tuple[Markup, str], ...]
    numbers: Markup
    ends: tuple[str, str]
    whose: tuple[Lettered, ...]
    has_marks: bool
    with_figures: bool
    has_figures: bool
    table: Table | None
    explanations: tuple[Explanation, ...]
    what_is_explained: str


def section_rows(
    payload: SnapshotPayload,
    *,
    leaders: Sequence[Lettered] = (),
    same_wording: bool = False,
    with_figures: bool = False,
    is_dense: bool = False,
) -> SectionRows:
    """In the survey's order, never by score; `leaders` for those who may know whose mark is whose.

    `same_wording`: staff and leaders answered the same statements. `is_dense`: for one page of
    paper.
    """
    letters = letters_of(payload, leaders)
    has_marks = payload["tier"] != "words"
    labels, explained = payload["scale"]["labels"], explanations(payload)
    return SectionRows(
        heading=f"The {len(payload['sections'])} sections",
        about=_about(payload, same_wording=same_wording),
        rows=tuple(
            _line(payload, section, letters, with_figures=with_figures, is_dense=is_dense)
            for section in payload["sections"]
        ),
        legend=_legend(payload) if has_marks else (),
        numbers=charts.axis_numbers(axis_of(payload)),
        ends=(_end(labels[0]), _end(labels[-1])),
        whose=tuple(leaders) if letters else (),
        has_marks=has_marks,
        with_figures=with_figures and has_marks,
        has_figures=has_marks,
        table=_without_words(table(payload, letters)) if with_figures and has_marks else None,
        explanations=explained,
        what_is_explained=what_is_explained(explained),
    )


def section_line(
    payload: SnapshotPayload, section: SectionShown, *, with_figures: bool = False
) -> SectionLine:
    """One section alone, as its own page shows it; nobody's marks have letters there."""
    return _line(payload, section, NOBODY, with_figures=with_figures)


def _about(payload: SnapshotPayload, *, same_wording: bool) -> str:
    """How to read the rows, in the two or three sentences that this tier needs."""
    tier, leaders = payload["tier"], payload["leaders"]
    if tier == "words":
        return (
            "Each section has words and no figures, because 5 or 6 people answered. No statement "
            "is shown on its own."
        )
    said = f"Each row says the score in words. {marks_in_words(payload)}"
    if leaders:
        why = "." if same_wording else ": their statements are worded differently."
        said += f" Compare them by eye{why}"
    if tier == "small" and payload["why"] != "too_soon":
        said += (
            f" With {payload['answered']} answers, one person can move a dot by half a point, so "
            "read the words."
        )
    return said


def marks_in_words(payload: SnapshotPayload) -> str:
    """Whose the dot is and whose the diamonds are."""
    leaders, dot = (
        payload["leaders"],
        "the team’s score" if payload["tier"] == "joint" else "the team",
    )
    if leaders is None:
        return f"The dot is {dot}."
    who = "diamond is the leader" if leaders["n"] == 1 else "diamonds are the leaders"
    if leaders["together"]:
        who = "diamond is the leaders, who agreed one form together"
    return f"The dot is {dot}, the {who}."


def _without_words(whole: Table) -> Table:
    """The table without its column of words, which each row above it has already."""
    column = [head for head, _ in whole.heads].index("In words")
    return replace(
        whole,
        heads=whole.heads[:column] + whole.heads[column + 1 :],
        rows=tuple(
            replace(row, cells=row.cells[:column] + row.cells[column + 1 :]) for row in whole.rows
        ),
    )


def _end(label: str) -> str:
    """An end's words above the marks: without "To a", and cut where it would meet the other's."""
    words = capital(label.removeprefix("To a ").removeprefix("To "))
    return words if len(words) <= END_ROOM else f"{words[:END_ROOM].rstrip()}…"


def _line(
    payload: SnapshotPayload,
    section: SectionShown,
    letters: Mapping[str, Sequence[str]],
    *,
    with_figures: bool,
    is_dense: bool = False,
) -> SectionLine:
    leaders = payload["leaders"]
    theirs = leaders["sections"].get(section["code"]) if leaders else None
    said = ""
    if theirs and theirs["dots"] and payload["tier"] != "words":
        together = leaders is not None and leaders["together"]
        said = leaders_in_words(theirs, payload["scale"], together=together)
    words = capital(section["word"] or "not shown")
    instead = ""
    if section["withheld"]:
        instead = reason_sentence(section["withheld"])
    elif section["mean"] is None and section["why"].get("mean", "words_only") != "words_only":
        # Of a result in words the sentence above the rows says it once for all of them.
        instead = reason_sentence(section["why"]["mean"])
    chart = None
    if payload["tier"] != "words":
        chart = _marks(
            *(payload, section, theirs, letters), with_figures=with_figures, is_dense=is_dense
        )
    notes = _notes(section)
    return SectionLine(section["code"], section["title"], words, notes, said, chart, instead)


def _marks(
    payload: SnapshotPayload,
    section: SectionShown,
    theirs: LeadersSection | None,
    letters: Mapping[str, Sequence[str]],
    *,
    with_figures: bool,
    is_dense: bool,
) -> Markup | None:
    marks = charts.SectionMarks(
        section["mean"],
        (section["interval"][0], section["interval"][1]) if section["interval"] else None,
        theirs["dots"] if theirs else (),
        theirs["mean"] if theirs else None,
        letters.get(section["code"], ()),
    )
    if marks.mean is None and not marks.leaders:
        return None
    return charts.section_marks(
        axis_of(payload),
        marks,
        title=section["title"],
        lanes=2 if payload["leaders"] else 1,
        with_figures=with_figures,
        is_dense=is_dense,
    )


def _notes(section: SectionShown) -> tuple[str, ...]:
    found = (
        (section["relatively_low"], "Low compared with the others"),
        (section["cant_say_leads"], "Many can’t say"),
        (section["agreement"] == "people differ", "People differ"),
    )
    return tuple(words for holds, words in found if holds)


def _legend(payload: SnapshotPayload) -> tuple[tuple[Markup, str], ...]:
    has_range = any(section["interval"] for section in payload["sections"])
    entries = [
        (charts.legend_mark("range"), "the team, with its likely range")
        if has_range
        else (charts.legend_mark("ward"), "the team")
    ]
    leaders = payload["leaders"]
    if leaders and any(section["mean"] is not None for section in leaders["sections"].values()):
        entries.append((charts.legend_mark("mean"), f"mean of {plural(leaders['n'], 'leader')}"))
    if leaders:
        who = "the leaders, who agreed one form" if leaders["together"] else "one leader"
        entries.append((charts.legend_mark("leader"), who))
    return tuple(entries)
