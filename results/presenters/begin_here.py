"""What the team discusses first, on the result's page: the same choice as the debrief's."""

from dataclasses import dataclass

from results.queries.questions import Questions
from results.rules.talking_points import TalkingPoint, points_of
from results.words.phrases import plural, within
from results.words.talking_points import and_then, reason_of
from scoring.rules.payload import SnapshotPayload


@dataclass(frozen=True)
class BeginPoint:
    """A statement, or in words alone a section: why it comes up, and what to ask about it."""

    title: str
    text: str
    reason: str
    question: str
    and_then: str


@dataclass(frozen=True)
class BeginHere:
    """All of them; `about` says the reasons once each."""

    title: str
    about: str
    points: tuple[BeginPoint, ...]


def begin_here(payload: SnapshotPayload, questions: Questions) -> BeginHere | None:
    """None where the result has nothing to begin with."""
    points = points_of(payload)
    if not points:
        return None
    reasons = list(dict.fromkeys(reason_of(point, payload) for point in points))
    what = "section" if points[0].item is None else "statement"
    return BeginHere(
        f"Begin here: {plural(len(points), what)} to discuss",
        " · ".join([reasons[0], *(within(reason) for reason in reasons[1:])]),
        tuple(_point(point, payload, questions) for point in points),
    )


def _point(point: TalkingPoint, payload: SnapshotPayload, questions: Questions) -> BeginPoint:
    section, item = point.section, point.item
    code = section["code"]
    question = questions.of_item(item["code"], code) if item else questions.of_section(code)
    return BeginPoint(
        section["title"] if item else "",
        item["text"].removesuffix("?") if item else section["title"],
        reason_of(point, payload),
        question,
        and_then(point.why, question),
    )
