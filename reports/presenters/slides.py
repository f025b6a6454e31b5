"""PPTX of a result: six slides with native charts, to be changed and shown in a meeting.

Each title is a finding. The sentences are those of the result's page.
"""

from collections.abc import Iterator, Sequence

from pptx.slide import Slide

from reports.presenters.brief import MOST_ROWS
from reports.presenters.deck import EDGE, FOOT, INNER, TOP, Deck, Line, height_of
from reports.presenters.slide_charts import (
    MOST_SHOWN,
    apart_rows,
    columns,
    marks,
    section_row,
    words_of,
)
from reports.presenters.source import Source
from reports.words import papers
from results.presenters.begin_here import begin_here
from results.presenters.section_rows import section_rows
from results.words.findings import (
    furthest_apart_in_words,
    lowest_in_words,
    most_mixed_in_words,
)
from results.words.phrases import capital
from results.words.scores import level_bounds, score_in_words
from scoring.rules.payload import SnapshotPayload
from scoring.rules.standing_out import most_mixed

# Words beneath a table have at least so large letters.
LEAST_BESIDE = 12
# A note so short can be a title.
TITLE_NOTE = 60
# What happened on the unit, the latest of it: the first slide has room for so much.
MOST_NOTES = 2

NBSP = "\N{NO-BREAK SPACE}"


def slides(source: Source) -> bytes:
    """The whole file: decision, sections, a finding, what was said, the plan, how to read it."""
    deck = Deck(source)
    for draw in (_decision, _sections, _statements, _said, _plan, _reading):
        draw(deck)
    return deck.content()


def _who(source: Source) -> Line:
    page = source.page
    if page.no_result[0]:
        return page.no_result
    said = " ".join(part for part in ("".join(page.who), page.caution) if part)
    return "Who answered.", said


def _decision(deck: Deck) -> None:
    source, brief = deck.source, deck.source.brief
    survey = source.unit.survey
    page = deck.slide(brief.title)
    lines: list[Line] = [
        _who(source),
        ("The problem.", survey.problem),
        *(("We counted", f"{count}.") for count in brief.counts[:MOST_SHOWN]),
        ("What would change.", f"{survey.change} {brief.hours}".strip()),
        *((f"{note.day}.", note.text) for note in source.notes[-MOST_NOTES:]),
    ]
    if source.page.correction:
        lines.append(("", source.page.correction))
    left = INNER * 0.6
    deck.words(page, lines, width=left)
    deck.box(
        page, list(_why(source)), left=EDGE + left + 0.6, top=TOP, width=INNER - left - 0.6,
        height=FOOT - TOP - 0.5,
    )  # fmt: skip


def _why(source: Source) -> Iterator[Line]:
    brief = source.brief
    if brief.now:
        if brief.now.why:
            yield "Why", ""
            yield "", brief.now.why
        if brief.now.keeps:
            yield "What we keep", ""
            yield "", brief.now.keeps
        yield "", ". ".join(filter(None, (brief.now.who, brief.now.before)))
        if brief.now.reply:
            yield "The team’s reply", ""
            yield "", brief.now.reply
    elif brief.decided:
        yield "Why", ""
        yield "", brief.decided.reason
        for one in brief.decided.replies[:MOST_SHOWN]:
            yield "", f"{capital(one.name)} said: {one.choice}. {one.reply}"
        yield "Decided", ""
        after = f", after: {brief.decided.debriefs}" if brief.decided.debriefs else ""
        yield "", f"{brief.decided.day}{after}."
    if brief.undecided:
        yield "Not decided yet", ""
        for line in brief.undecided[:MOST_ROWS]:
            yield "", line
    elif not (brief.now or brief.decided):
        yield "Next", ""
        yield "", brief.next


def _next(deck: Deck) -> Iterator[Line]:
    """What happens after this; the last word of what is over."""
    brief = deck.source.brief
    yield ("Next.", brief.next) if brief.next else ("", f"{brief.title}.")


def _sections(deck: Deck) -> None:
    payload = deck.source.payload
    if not payload["sections"]:
        page = deck.slide(deck.source.page.no_result[0].split(". ")[0])
        deck.words(page, [deck.source.page.no_result])
        return
    said = deck.source.page.findings[0].said
    first, _, rest = said.partition(". ")
    page = deck.slide(first.rstrip("."))
    rows = section_rows(payload).rows
    if payload["tier"] == "words":
        table = [["Section", "In words"], *([row.title, words_of(row)] for row in rows)]
        deck.table(page, table, (INNER * 0.45, INNER * 0.55))
        return
    if rest:
        deck.words(page, [("", rest)], top=TOP - 0.7, height=0.9, largest=16)
    marks(deck, page, [section_row(payload, row) for row in rows], scale=payload["scale"])


def _statements(deck: Deck) -> None:
    """What is most worth knowing of the statements, as far as this tier shows them."""
    payload = deck.source.payload
    match payload["tier"]:
        case "figures" if payload["leaders"] and payload["furthest_apart"]:
            page = deck.slide(furthest_apart_in_words(payload).rstrip("."))
            marks(deck, page, list(apart_rows(payload)), scale=payload["scale"])
        case "figures" if most_mixed(payload):
            _mixed(deck)
        case "joint":
            page = deck.slide(lowest_in_words(payload).rstrip(".") or "How the team scored")
            _scored(deck, payload, page)
        case "figures" | "small":
            page = deck.slide(lowest_in_words(payload).rstrip(".") or _no_low(payload))
            _levels(deck, payload, page)
        case "words":
            page = deck.slide("With 5 or 6 answers, no statement is shown on its own")
            deck.words(page, _findings(deck))
        case _ if payload["withheld"] == "not_sent":
            page = deck.slide("No answers were sent")
            deck.words(page, list(_next(deck)))
        case _:
            page = deck.slide("Nobody has read the answers, and nobody can")
            deck.words(page, [
                ("", "We told everyone so before they answered. Thank you to everyone who did."),
                *_next(deck),
            ])  # fmt: skip


def _no_low(payload: SnapshotPayload) -> str:
    levels = [item["level"] for section in payload["sections"] for item in section["items"]]
    low, shown = levels.count("low"), len(levels) - levels.count(None)
    if not low:
        return "No statement that is shown is low" if None in levels else "No statement is low"
    return f"{low} of {shown} statements are low"


def _mixed(deck: Deck) -> None:
    payload = deck.source.payload
    page = deck.slide(most_mixed_in_words(payload).rstrip("."))
    items = {one["code"]: one for section in payload["sections"] for one in section["items"]}
    width = INNER / MOST_SHOWN
    for place, code in enumerate(most_mixed(payload)[:MOST_SHOWN]):
        item, left = items[code], EDGE + place * width
        deck.words(
            page, [(item["text"].removesuffix("?"), "")],
            left=left, width=width - 0.6, height=3.3, largest=14,
        )  # fmt: skip
        columns(
            *(page, item["distribution"] or ()), scale=payload["scale"],
            title=item["text"], left=left, width=width - 0.6,
        )  # fmt: skip


def _levels(deck: Deck, payload: SnapshotPayload, page: Slide) -> None:
    rows = [["Section", "High", "Middle", "Low", "Agreement"]]
    for section in payload["sections"]:
        levels = [item["level"] for item in section["items"]]
        counts = (str(levels.count(level) or "–") for level in ("high", "middle", "low"))
        rows.append([section["title"], *counts, capital(section["agreement"] or "not shown")])
    share = INNER / 10
    _table_with_words(
        deck, page, rows, (share * 4.5, share * 0.9, share, share * 0.8, share * 2.8),
        [("", level_bounds(payload)), *_findings(deck)],
    )  # fmt: skip


def _scored(deck: Deck, payload: SnapshotPayload, page: Slide) -> None:
    scored = [
        (item["mean"], section["title"], item["text"].removesuffix("?"))
        for section in payload["sections"]
        for item in section["items"]
        if item["mean"] is not None
    ]
    lowest = sorted(scored, key=lambda one: one[0])[:MOST_ROWS]
    rows = [["Statement", "Section", "Score in words"]]
    rows += [
        [text, title, capital(score_in_words(score, payload["scale"]))]
        for score, title, text in lowest
    ]
    _table_with_words(deck, page, rows, (INNER * 0.5, INNER * 0.25, INNER * 0.25), _findings(deck))


def _findings(deck: Deck) -> list[Line]:
    return [(f"{one.head}.", one.said) for one in deck.source.page.findings[1:]]


def _table_with_words(
    deck: Deck, page: Slide, rows: Sequence[Sequence[str]], widths: Sequence[float],
    lines: Sequence[Line],
) -> None:  # fmt: skip
    room = height_of(lines, INNER, LEAST_BESIDE) + 0.5 if lines else 0.2
    end = deck.table(page, rows, widths, height=FOOT - TOP - room)
    if lines:
        deck.words(page, lines, top=end + 0.3, largest=16)


def _said(deck: Deck) -> None:
    source, brief = deck.source, deck.source.brief
    if brief.meetings:
        notes = [("", f"“{note}”") for note in brief.notes]
        first = brief.notes[0] if brief.notes else ""
        is_title = 0 < len(first) <= TITLE_NOTE
        page = deck.slide(f"What we said: “{first}”" if is_title else "What we said in our debrief")
        lines: list[Line] = [*(notes[1:] if is_title else notes)]
        lines += [("We counted", f"{count}.") for count in brief.counts]
        deck.words(page, lines or [("", "No note was agreed to be shown.")])
        return
    begin = begin_here(source.payload, source.beside.questions)
    if begin:
        page = deck.slide(begin.title)
        deck.words(page, [(one.text, f"– {one.question} {one.and_then}") for one in begin.points])
        return
    page = deck.slide("Questions to discuss, which need no score")
    deck.words(page, [(one.title, f"– {one.question}") for one in source.beside.questions.sections])


def _plan(deck: Deck) -> None:
    brief = deck.source.brief
    if brief.to_decide and not brief.rows:
        page = deck.slide("What we have to decide")
        deck.words(page, [(f"{choice}.", meaning) for choice, meaning in brief.to_decide])
        return
    page = deck.slide(papers.priorities_in_words(len(brief.priorities), brief.alone))
    rows = [["Priority", "Action", "Owner", "Due", "Status"]]
    rows += [
        [
            f"{row.title}{NBSP + '*' if row.is_alone else ''}",
            f"{row.what} (and {row.more} more)" if row.more else row.what,
            *(row.owner, row.due, row.state),
        ]
        for row in brief.rows[:MOST_ROWS]
    ]
    lines: list[Line] = []
    if brief.help_wanted:
        lines.append((f"* {papers.ALONE}", " ".join(brief.help_wanted[:MOST_SHOWN])))
    if more := papers.more_rows(len(brief.rows) - MOST_ROWS):
        lines.append(("", more))
    lines += [("", line) for line in brief.before]
    share = INNER / 20
    _table_with_words(
        deck, page, rows, (share * 5.2, share * 6.2, share * 3, share * 3, share * 2.6), lines
    )


def _reading(deck: Deck) -> None:
    source, brief = deck.source, deck.source.brief
    page = deck.slide("What we ask of the hospital, and how to read this")
    lines: list[Line] = [
        ("We cannot do it alone.", line) for line in brief.help_wanted[:MOST_SHOWN]
    ]
    lines += [
        *_next(deck),
        _who(source),
        ("", source.payload["notice"]),
        ("", papers.COMPARE_NONE),
        *(("", line) for line in source.page.small_print),
    ]
    deck.words(page, [line for line in lines if any(line)])
