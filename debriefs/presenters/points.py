"""What comes up in a debrief, as it is shown on a projector, a phone and paper.

No decimal anywhere: bars have whole percents, levels and sections are words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from debriefs.models import Note
from debriefs.queries.leaders import LeaderForm
from debriefs.rules.leaders import leaders_points
from results.presenters import charts
from results.queries.questions import Questions
from results.rules.talking_points import Fit, TalkingPoint, fit_of, items_of, points_of
from results.words.phrases import capital, listed
from results.words.talking_points import and_then, reason_of
from scoring.rules.payload import SnapshotPayload, reason_sentence

LEVELS = {
    "low": "Low means less than {low}.",
    "middle": "Middle means from {low} to {high}.",
    "high": "High means more than {high}.",
}
IN_WORDS = "With 5 or 6 answers no statement is shown alone."
IN_FIFTHS = {
    "low": "Low means in the lowest two fifths of the scale.",
    "middle": "Middle means in the middle of the scale.",
    "high": "High means in the highest two fifths of the scale.",
}
LEADERS_WHY = {
    "differ": (
        "Our own scores differ here",
        "And then: what does one of us see that the others do not?",
    ),
    "unscored": ("Not all of us could score this", "And then: who of us would know, and how?"),
    "lowest": ("We scored it lowest", "And then: what was missing?"),
}  # fmt: skip


@dataclass(frozen=True)
class Box:
    """A level or an option, and whether it is the one that was released."""

    name: str
    is_theirs: bool
    letters: str = ""


@dataclass(frozen=True)
class PointView:
    """One statement or section to discuss: its words, what was released of it, the question."""

    code: str
    caption: str
    stem: str
    text: str
    phrase: str
    bars: Markup | None
    ends: tuple[str, str]
    levels: tuple[Box, ...]
    options: tuple[Box, ...]
    facts: tuple[str, ...]
    question: str
    and_then: str


@dataclass(frozen=True)
class FitView:
    """The highest section in words, its high statements, and one question."""

    title: str
    phrase: str
    statements: tuple[str, ...]
    question: str


def fit_view(payload: SnapshotPayload, questions: Questions) -> FitView | None:
    """What fits with how it is here."""
    fit = fit_of(payload)
    if fit is None:
        return None
    section = fit.section
    return FitView(
        section["title"],
        capital(section["word"] or ""),
        tuple(capital(item["text"].rstrip("?")) for item in fit.items),
        _question_of(fit, questions),
    )


def _question_of(fit: Fit, questions: Questions) -> str:
    section = fit.section["code"]
    if fit.items:
        return questions.of_item(fit.items[0]["code"], section)
    return questions.of_section(section)


def point_views(payload: SnapshotPayload, questions: Questions) -> tuple[PointView, ...]:
    """What to discuss, in its order."""
    points = points_of(payload)
    found = []
    for place, point in enumerate(points, 1):
        why = reason_of(point, payload)
        caption = f"{point.section['title']}. {why}: {place} of {len(points)} to discuss"
        if point.item is None:
            caption = f"{why}: {place} of {len(points)} to discuss"
        found.append(_view(payload, point, caption, questions))
    return tuple(found)


def next_words(after: PointView | None) -> str:
    """What the button to the next part says; after the last point come the leaders’ questions."""
    if after is None:
        return "Next: what our leaders ask"
    return "Next statement" if after.stem else "Next section"


def _view(
    payload: SnapshotPayload, point: TalkingPoint, caption: str, questions: Questions
) -> PointView:
    item, section, scale = point.item, point.section, payload["scale"]
    labels, code = scale["labels"], section["code"]
    question = questions.of_item(item["code"], code) if item else questions.of_section(code)
    if item is None:
        return PointView(
            code, caption, "", section["title"],
            capital(section["word"] or ""), None,
            (labels[0], labels[-1]), (), (), (IN_WORDS,),
            question, and_then(point.why, question),
        )  # fmt: skip
    bars: Markup | None = None
    levels: tuple[Box, ...] = ()
    options: tuple[Box, ...] = ()
    if item["distribution"] is not None:
        bars = charts.large_bars(item["distribution"], first=scale["min"], title=item["text"])
    elif payload["tier"] == "joint":
        theirs = None if item["mean"] is None else round(item["mean"]) - scale["min"]
        options = tuple(Box(label, place == theirs) for place, label in enumerate(labels))
    elif item["level"] is not None:
        levels = tuple(Box(capital(one), one == item["level"]) for one in LEVELS)
    return PointView(
        item["code"],
        caption,
        section["stem"],
        item["text"],
        "",
        bars,
        (labels[0], labels[-1]),
        levels,
        options,
        _facts(payload, point),
        question,
        and_then(point.why, question),
    )


def _facts(payload: SnapshotPayload, point: TalkingPoint) -> tuple[str, ...]:
    item, facts = point.item, []
    if item is None:
        return ()
    if item["n"] is not None and item["distribution"] is not None:
        facts.append(f"{item['n']} of {payload['headcount']} scored this.")
    if item["cant_say_count"]:
        facts.append(f"{item['cant_say_count']} said “I can’t say”.")
    if item["distribution"] is None and item["level"] is not None:
        facts += [_level_means(payload, item["level"]), *_in_words(payload)]
    if item["withheld"] and payload["tier"] != "joint":
        facts.append(reason_sentence(item["withheld"]))
    return tuple(facts)


def _level_means(payload: SnapshotPayload, level: str) -> str:
    """Two and three fifths of the scale, by their labels where they are on an option."""
    labels = payload["scale"]["labels"]
    fifths = 2 * (len(labels) - 1)
    if fifths % 5:
        return IN_FIFTHS[level]
    low, high = labels[fifths // 5], labels[fifths * 3 // 10]
    return LEVELS[level].format(low=_short(low), high=_short(high))


def _short(label: str) -> str:
    """`some extent` of `To some extent`."""
    words = label.removeprefix("To ")
    return words[:1].lower() + words[1:]


def _in_words(payload: SnapshotPayload) -> tuple[str, ...]:
    answered = payload["answered"]
    if payload["tier"] == "small" and answered is not None and answered <= 10:
        return (f"With {answered} answers we say it in words only.",)
    return ()


def sections_in_words(payload: SnapshotPayload) -> tuple[tuple[str, str], ...]:
    """Each section with the most that was released of it, in words."""
    return tuple(
        (
            section["title"],
            capital(section["word"])
            if section["word"]
            else reason_sentence(section["withheld"])
            if section["withheld"]
            else "",
        )
        for section in payload["sections"]
    )


def about(payload: SnapshotPayload, questions: Questions) -> list[tuple[str, str]]:
    """What a priority can be about: what was discussed first, then the rest, by code."""
    if not payload["sections"]:
        return [(one.code, one.title) for one in questions.sections]
    if payload["tier"] == "words":
        return [(one["code"], one["title"]) for one in payload["sections"]]
    every = {
        item["code"]: f"{section['title']}: {item['text']}" for section, item in items_of(payload)
    }
    discussed = [point.code for point in points_of(payload) if point.code in every]
    return [(code, every[code]) for code in dict.fromkeys([*discussed, *every])]


def leaders_views(
    payload: SnapshotPayload, forms: Sequence[LeaderForm], questions: Questions
) -> tuple[tuple[PointView, ...], tuple[tuple[str, str], ...]]:
    """Where the leaders' forms differ, with letters at the marks; and whose letter is whose."""
    letters = {chr(65 + place % 26) * (place // 26 + 1): one for place, one in enumerate(forms)}
    rows = {item["code"]: (section, item) for section, item in items_of(payload)}
    points = leaders_points({key: one.scored for key, one in letters.items()}, list(rows))
    labels = payload["scale"]["labels"]
    views = []
    for place, point in enumerate(points, 1):
        section, item = rows[point.code]
        why, and_then = LEADERS_WHY[point.why]
        unscored = [letter for letter in letters if letter not in point.marks]
        if point.why == "unscored" and len(letters) == 1:
            why = "We could not score this"
        at: dict[int, list[str]] = {}
        for letter, option in point.marks.items():
            at.setdefault(option, []).append(letter)
        options = tuple(
            Box(label, option in at, ", ".join(at.get(option, ())))
            for option, label in enumerate(labels)
        )
        views.append(
            PointView(
                point.code,
                f"{section['title']}. {why}: {place} of {len(points)} to discuss",
                section["stem"],
                item["text"],
                "",
                None,
                (labels[0], labels[-1]),
                (),
                options,
                (f"No score from {listed(unscored)}.",) if unscored else (),
                questions.of_item(point.code, section["code"]),
                and_then,
            )
        )
    return tuple(views), tuple((letter, one.name) for letter, one in letters.items())


def asks_of(notes: Sequence[Note]) -> tuple[str, ...]:
    """The leaders' questions, once each."""
    return tuple(dict.fromkeys(note.text for note in notes))
