"""What each step of a debrief shows: its template and what stands in it."""

from collections.abc import Callable
from dataclasses import dataclass

from debriefs.forms.debrief import CountForm, PeopleForm, PriorityForm, PromiseForm
from debriefs.models import Debrief
from debriefs.presenters import debrief as shown
from debriefs.presenters import points
from debriefs.presenters.views import view_cards
from debriefs.queries.debriefs import debriefs_of, plan_of
from debriefs.queries.leaders import leader_forms, leaders_questions
from debriefs.rules.steps import Course, Step, course_of
from initiatives.models import Priority
from organisations.rules import typed
from organisations.words.units import no_more_words
from results.access import Result
from results.queries.questions import Questions, questions_of, tasks_of
from results.rules.talking_points import fit_of, items_of, points_of
from scoring.rules.payload import SnapshotPayload


@dataclass(frozen=True)
class At:
    """Where a request is in a debrief; `asked` counts the statements of a step.

    `leaders_ask` are the leaders' questions to the team.
    """

    found: Result
    debrief: Debrief
    every: list[Debrief]
    payload: SnapshotPayload
    questions: Questions
    course: Course
    step: Step
    leaders_ask: tuple[str, ...] = ()
    asked: int = 0


@dataclass(frozen=True)
class Asks:
    """A step that is one question and a note: what is asked, and what the field is called."""

    caption: str
    heading: str
    more: str
    label: str
    most: int = 400


NO_NAMES = "No names, of patients or of us. It stays with the manager and the improvement lead "
NO_NAMES += "unless we agree to show it."
ASKS = {
    "moment": Asks(
        "No score yet. First what we have seen ourselves.",
        "Think of a shift in the last month when this problem showed. What happened?",
        "Who noticed first? What did we try? What got in the way?",
        "What happened, in our words",
    ),
    "obstacles": Asks(
        "Too few of us answered.",
        "Think of the days when the survey was open. What got in the way of answering?",
        "Was it time, the link, or something about the questions?",
        "What got in the way, in our words",
    ),
    "bring": Asks(
        "Up to 3 questions to the team.",
        "What do we want to ask the team?",
        "One thing I will say first, and one I will ask. In the team’s debrief I speak last.",
        "A question to the team",
        240,
    ),
    "alone": Asks(
        "From the team’s debrief.",
        "What can the team not do alone?",
        "What of it can we do, and who do we ask about the rest?",
        "What we do about it, in our words",
        240,
    ),
    "stop": Asks(
        "From the team’s debrief.",
        "What do we stop or start later, so that this has room?",
        "Think of everything new in the last 6 months.",
        "What we stop or start later, in our words",
        240,
    ),
}


def at_step(
    found: Result, its: Debrief, payload: SnapshotPayload, stage: str, *, asked: str
) -> At | None:
    """Where that is; None where this debrief has no such step. `asked` is the statement of it."""
    unit = found.survey_unit
    course = course_of(its.kind, payload["tier"])
    leaders_ask: tuple[str, ...] = ()
    if its.kind in (Debrief.Kind.TEAM, Debrief.Kind.TOGETHER):
        leaders_ask = points.asks_of(leaders_questions(unit))
    if its.kind == Debrief.Kind.TEAM:
        course = course.without(_empty_steps(payload, has_questions=bool(leaders_ask)))
    current = course.step(stage)
    if current is None:
        return None
    every = debriefs_of(unit)
    debrief = next(one for one in every if one.pk == its.pk)
    debrief.survey_unit = unit
    part = typed.whole_number(asked) or 0
    questions = questions_of(unit.survey)
    return At(found, debrief, every, payload, questions, course, current, leaders_ask, part)


def _empty_steps(payload: SnapshotPayload, *, has_questions: bool) -> frozenset[str]:
    """Steps for which this result has nothing to show."""
    empty = set()
    if not payload["sections"] or fit_of(payload) is None:
        empty.add("fits")
    if not points_of(payload) and not has_questions:
        empty.add("discuss")
    return frozenset(empty)


def _rules(at: At) -> dict[str, object]:
    is_leaders = at.debrief.kind == Debrief.Kind.PREPARATION
    return {
        "rules": shown.LEADERS_RULES if is_leaders else shown.RULES,
        "answered": shown.answered_words(at.payload),
        "people_form": PeopleForm(initial={"people": at.debrief.people}),
    }


def _question(at: At) -> dict[str, object]:
    helped: list[Priority] = []
    if at.step.slug == "alone":
        every = plan_of(at.found.survey_unit).priorities
        helped = [one for one in every if one.needs_help]
    return {
        "asks": ASKS[at.step.slug],
        "no_names": NO_NAMES,
        "helped": helped,
        "people_form": PeopleForm(initial={"people": at.debrief.people}),
        "count_form": CountForm(
            initial={"counted": at.debrief.counted, "count_result": at.debrief.count_result}
        ),
    }


def _fits(at: At) -> dict[str, object]:
    return {"fit": points.fit_view(at.payload, at.questions)}


def _parted(at: At, views: tuple[points.PointView, ...], more: int = 0) -> dict[str, object]:
    parts = len(views) + more
    place = max(0, min(at.asked, parts - 1))
    point = views[place] if place < len(views) else None
    after = views[place + 1] if place + 1 < len(views) else None
    return {
        "point": point,
        "place": place,
        "parts": parts,
        "code": point.code if point else "",
        "next_part": points.next_words(after),
    }


def _discuss(at: At) -> dict[str, object]:
    views = points.point_views(at.payload, at.questions)
    chosen = {choice.priority.evidence_code for choice in at.debrief.choices.all()}
    parted = _parted(at, views, 1 if at.leaders_ask else 0)
    code = parted["code"]
    codes = [
        item["code"]
        for section, item in items_of(at.payload)
        if code in (item["code"], section["code"])
    ]
    return {
        **parted,
        "elsewhere": shown.seen_elsewhere(codes, tasks_of(at.found.survey_unit.survey)),
        "leaders_ask": at.leaders_ask,
        "chosen_codes": chosen,
    }


def _differ(at: At) -> dict[str, object]:
    forms = leader_forms(at.found.survey_unit)
    views, letters = points.leaders_views(at.payload, forms, at.questions)
    return {**_parted(at, views), "letters": letters}


def _result(at: At) -> dict[str, object]:
    return {
        "sections": points.sections_in_words(at.payload),
        "points": points.point_views(at.payload, at.questions),
    }


def _first(at: At) -> dict[str, object]:
    return {
        "form": PriorityForm(about=points.about(at.payload, at.questions)),
        "others": shown.others_of(at.debrief, at.every),
        "left": shown.how_many_left(at.debrief),
    }


def _views(at: At) -> dict[str, object]:
    return {
        "cards": view_cards([one for one in at.every if one.ended_at and one.choice]),
        "leaders_ask": at.leaders_ask,
    }


def _promises(at: At) -> dict[str, object]:
    return {
        "form": PromiseForm(),
        "promises": shown.promises_of(at.debrief),
        "no_more": no_more_words(at.found.survey_unit.unit),
    }


def _sections(at: At) -> dict[str, object]:
    return {"sections": at.questions.sections}


# Steps that show what staff said; the first page of a debrief says it of all.
WITH_FIGURES = ("rules", "fits", "discuss", "differ", "result")

# By the step's word: its template, and what it shows.
PAGES: dict[str, tuple[str, Callable[[At], dict[str, object]]]] = {
    "rules": ("rules", _rules),
    **{slug: ("question", _question) for slug in ASKS},
    "fits": ("fits", _fits),
    "discuss": ("discuss", _discuss),
    "differ": ("discuss", _differ),
    "result": ("result", _result),
    "first": ("first", _first),
    "views": ("compare", _views),
    "questions": ("sections", _sections),
    "promises": ("promises", _promises),
}
