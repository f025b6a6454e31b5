"""The frame of a debrief's steps, and what its pages say around them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from debriefs.models import Debrief, Note
from debriefs.rules.steps import Course, Step
from initiatives.models import Priority
from initiatives.rules.soffts import soffts
from initiatives.rules.suggestions import catalogue
from organisations.models import Organisation
from organisations.words import dates
from results.words.phrases import listed, plural
from scoring.rules.payload import SnapshotPayload
from surveys.models import SurveyUnit

RULES = (
    "Nobody has to say what they answered, and nobody asks.",
    "We discuss how things are here, not who.",
    "A score is where a discussion starts. It is not a mark for us.",
    "People who usually say least speak first. The manager speaks last.",
    "We write down what we agree, without names.",
)
LEADERS_RULES = (
    "We have no answer of a colleague here, and we do not guess.",
    "We discuss how things are here, not who.",
    "A score is where a discussion starts. It is not a mark for us.",
    "In the team’s debrief we speak last.",
    "We bring questions to the team, not answers.",
)


def words_not_kept(chosen: str, typed: str) -> str:
    """Where a priority about the same statement was there already, under other words."""
    if chosen == typed:
        return ""
    return (
        f"“{chosen}” is already a priority about that statement, so it keeps these words. You "
        f"wrote: “{typed}”."
    )


@dataclass(frozen=True)
class StepLink:
    """A step in the row at the head."""

    name: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Meeting:
    """What every step shows around its own part; `chooses` what comes first in one of its steps."""

    debrief: Debrief
    unit: SurveyUnit
    step: Step
    links: tuple[StepLink, ...]
    back: str
    forward: str
    forward_words: str
    progress: str
    place: str
    chooses: bool
    chosen: tuple[tuple[int, str, str], ...]
    notes: tuple[Note, ...]


def meeting(
    organisation: Organisation,
    debrief: Debrief,
    course: Course,
    step: Step,
    *,
    part: int = 0,
    parts: int = 1,
    code: str = "",
    next_part: str = "",
) -> Meeting:
    """The frame of a step, or of one part of it; `next_part` is what leads to the next one."""
    unit, steps = debrief.survey_unit, course.steps

    def address(word: str, at: int = 0) -> str:
        path = reverse("debrief_step", args=[organisation.slug, unit.pk, debrief.pk, word])
        return f"{path}?at={at}" if at else path

    place = steps.index(step)
    back = reverse("debrief", args=[organisation.slug, unit.pk])
    if part:
        back = address(step.slug, part - 1)
    elif place:
        back = address(steps[place - 1].slug)
    forward, forward_words = "", ""
    if part + 1 < parts:
        forward, forward_words = address(step.slug, part + 1), next_part
    elif place + 1 < len(steps):
        forward = address(steps[place + 1].slug)
        forward_words = f"Next: {_in_sentence(steps[place + 1].name)}"
    left = course.minutes_left(step, part=part, parts=parts)
    return Meeting(
        debrief=debrief,
        unit=unit,
        step=step,
        links=tuple(StepLink(one.name, address(one.slug), one is step) for one in steps),
        back=back,
        forward=forward,
        forward_words=forward_words,
        progress=f"{place + 1} of {len(steps)}, about {plural(left, 'minute')} left",
        place=f"step {place + 1} of {len(steps)}",
        chooses=course.step("first") is not None,
        chosen=tuple(
            (choice.pk, choice.priority.title, choice.priority.evidence_code)
            for choice in debrief.choices.all()
        ),
        notes=tuple(
            note for note in debrief.notes.all() if note.step == step.slug and note.code == code
        ),
    )


def _in_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def answered_words(payload: SnapshotPayload) -> str:
    """`14 of 22 answered`; a joint form says that the team answered together."""
    if payload["tier"] == "joint":
        return "One form, agreed by the team"
    if payload["answered"] is None:
        return f"Fewer than {payload['k']} answered"
    return f"{payload['answered']} of {payload['headcount']} answered"


def others_of(debrief: Debrief, debriefs: list[Debrief]) -> tuple[tuple[str, str, str], ...]:
    """What other debriefs chose and this one has not: code, title, which debriefs."""
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


def promises_of(debrief: Debrief) -> tuple[tuple[str, str, str], ...]:
    """Each promise so far: what, who, by which day."""
    return tuple(
        (one["what"], one["owner"], dates.day(date.fromisoformat(one["due_on"])))
        for one in debrief.promises
    )


@dataclass(frozen=True)
class SeenElsewhere:
    """What was seen in another place of a task, and where that is told."""

    plain: str
    seen: str
    source: str


def seen_elsewhere(
    codes: Sequence[str], tasks: Mapping[str, Sequence[str]]
) -> SeenElsewhere | None:
    """Of the first task of a statement, or the one that most statements of a section are about."""
    firsts = [tasks[code][0] for code in codes if tasks.get(code)]
    known = soffts()
    task = known.tasks.get(Counter(firsts).most_common(1)[0][0]) if firsts else None
    if task is None:
        return None
    document = catalogue().documents[known.document].short
    return SeenElsewhere(task.plain, task.seen, f"{document}, {task.section}")


def how_many_left(debrief: Debrief) -> str:
    """`You can choose 2 more.`"""
    left = 3 - len(debrief.choices.all())
    return f"You can choose {left} more." if left else "You have 3 priorities."
