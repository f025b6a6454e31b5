"""A debrief as it is shown on a projector, a phone and paper."""

from dataclasses import dataclass
from typing import cast

from django.urls import reverse
from markupsafe import Markup

from initiatives.models import Priority
from organisations.models import Organisation
from reports import charts
from reports.access import Result
from reports.debrief_steps import BY_WORD, STEPS, Step, minutes_left
from reports.models import Debrief, Note
from reports.presenters.phrases import capital, listed, number
from reports.presenters.statements import StatementList, statement_lists
from reports.talking_points import TalkingPoint, surprises
from scoring.models import Snapshot
from scoring.payload import SnapshotPayload, reason_sentence
from surveys.models import SurveyUnit

RULES = (
    "Nobody says what they answered, and nobody asks.",
    "We talk about how things are here, not about who.",
    "A score is where talking starts. It is not a mark for us.",
    "Those who speak least go first. The manager speaks last.",
    "We write down what we agree on, without names.",
)
WHY = {
    "mixed": "Most mixed answers",
    "cant_say": "Often “I can’t say”",
    "apart": "Ward and leaders furthest apart",
}


@dataclass(frozen=True)
class Surprise:
    """One statement to talk about: its words, its bars or what stands for them, one question."""

    code: str
    caption: str
    stem: str
    text: str
    bars: Markup | None
    ends: tuple[str, str]
    facts: tuple[str, ...]
    question: str


@dataclass(frozen=True)
class StepLink:
    """A step in the row at the head."""

    name: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Meeting:
    """What every step shows around its own part."""

    debrief: Debrief
    unit: SurveyUnit
    step: Step
    links: tuple[StepLink, ...]
    back: str
    forward: str
    forward_words: str
    progress: str
    chosen: tuple[tuple[int, str, str], ...]
    notes: tuple[Note, ...]
    here: str


def payload_of(snapshot: Snapshot) -> SnapshotPayload:
    """What was released."""
    return cast(SnapshotPayload, snapshot.payload)


def meeting(
    organisation: Organisation,
    found: Result,
    debrief: Debrief,
    step: Step,
    *,
    part: int = 0,
    parts: int = 1,
    code: str = "",
) -> Meeting:
    """The frame of a step, or of one statement of it."""
    unit = found.survey_unit

    def address(word: str, at: int = 0) -> str:
        path = reverse("debrief_step", args=[organisation.slug, unit.pk, debrief.pk, word])
        return f"{path}?at={at}" if at else path

    place = STEPS.index(step)
    landing = reverse("debrief", args=[organisation.slug, unit.pk])
    back = landing
    if part:
        back = address(step.word, part - 1)
    elif place:
        back = address(STEPS[place - 1].word)
    last = part + 1 >= parts
    forward = "" if last else address(step.word, part + 1)
    if last and place + 1 < len(STEPS):
        forward = address(STEPS[place + 1].word)
    left = minutes_left(step, part=part, parts=parts)
    return Meeting(
        debrief=debrief,
        unit=unit,
        step=step,
        links=tuple(StepLink(one.name, address(one.word), one is step) for one in STEPS),
        back=back,
        forward=forward,
        forward_words="Next statement"
        if not last
        else f"Next: {STEPS[place + 1].name.lower()}"
        if forward
        else "",
        progress=f"{place + 1} of {len(STEPS)}, about {left} minutes left",
        chosen=tuple(
            (choice.pk, choice.priority.title, choice.priority.evidence_code)
            for choice in debrief.choices.all()
        ),
        notes=tuple(
            note for note in debrief.notes.all() if note.step == step.word and note.code == code
        ),
        here=address(step.word, part),
    )


def surprises_of(payload: SnapshotPayload) -> tuple[Surprise, ...]:
    """The statements of the third step in their order."""
    points = surprises(payload)
    counts = {why: sum(point.why == why for point in points) for why in WHY}
    seen: dict[str, int] = {}
    shown = []
    for point in points:
        seen[point.why] = seen.get(point.why, 0) + 1
        which = f": {seen[point.why]} of {counts[point.why]}" if counts[point.why] > 1 else ""
        first = " first" if point.why == "mixed" and counts["mixed"] > 1 else ""
        caption = f"{point.section['title']}. {WHY[point.why]}{first}{which}"
        shown.append(_surprise(payload, point, caption))
    return tuple(shown)


def _surprise(payload: SnapshotPayload, point: TalkingPoint, caption: str) -> Surprise:
    item, scale = point.item, payload["scale"]
    bars = None
    if item["distribution"] is not None:
        bars = charts.large_bars(item["distribution"], first=scale["min"], title=item["text"])
    labels = scale["labels"]
    return Surprise(
        item["code"],
        caption,
        point.section["stem"],
        item["text"],
        bars,
        (labels[0], labels[-1]),
        _facts(payload, point),
        _question(payload, point),
    )


def _facts(payload: SnapshotPayload, point: TalkingPoint) -> tuple[str, ...]:
    item, facts = point.item, []
    if item["n"] is not None:
        facts.append(f"{item['n']} of {payload['headcount']} scored this.")
    if item["cant_say_count"]:
        facts.append(f"{item['cant_say_count']} said “I can’t say”.")
    if point.why == "apart" and payload["leaders"] and item["mean"] is not None:
        theirs = payload["leaders"]["items"][item["code"]]["mean"]
        if theirs is not None:
            facts.append(f"Ward {item['mean']:.1f}, leaders {theirs:.1f}.")
    if item["withheld"]:
        facts.append(reason_sentence(item["withheld"]))
    elif item["distribution"] is None and item["why"]:
        facts.append(reason_sentence(item["why"]))
    return tuple(facts)


def _question(payload: SnapshotPayload, point: TalkingPoint) -> str:
    if point.why == "cant_say":
        return "Who here would know, and how could the rest of us see it?"
    if point.why == "apart":
        return "What do our leaders see that we do not, and what do we see?"
    high = payload["scale"]["max"] - 1
    return f"What would we see on a night shift if this were a {high}?"


def fits_of(payload: SnapshotPayload) -> tuple[StatementList, ...]:
    """The highest and lowest statements, where they were released."""
    wanted = (payload["highest"], payload["lowest"])
    return statement_lists(payload)[: sum(bool(codes) for codes in wanted)]


def sections_in_words(payload: SnapshotPayload) -> tuple[tuple[str, str], ...]:
    """Each section with the most that was released of it."""
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


def answered_words(payload: SnapshotPayload) -> str:
    """`14 of 22 answered`; a joint sheet says that the team scored it together."""
    if payload["tier"] == "joint":
        return "One sheet, agreed by the team"
    return f"{payload['answered']} of {payload['headcount']} answered"


def step_of(word: str) -> Step | None:
    """The step by its word in the address."""
    return BY_WORD.get(word)


def others_of(debrief: Debrief, debriefs: list[Debrief]) -> tuple[tuple[str, str, str], ...]:
    """What other meetings chose and this one has not: code, title, which meetings."""
    own = {choice.priority_id for choice in debrief.choices.all()}
    found: dict[int, tuple[Priority, list[str]]] = {}
    for other in debriefs:
        for choice in other.choices.all():
            if choice.priority_id not in own:
                _, names = found.setdefault(choice.priority_id, (choice.priority, []))
                names.append(other.name)
    return tuple(
        (priority.evidence_code, priority.title, listed(names))
        for priority, names in found.values()
    )


def how_many_left(debrief: Debrief) -> str:
    """`You can choose two more.`"""
    left = 3 - len(debrief.choices.all())
    return f"You can choose {number(left)} more." if left else "You have three priorities."
