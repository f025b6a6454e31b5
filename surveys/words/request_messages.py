"""What messages about requests to departments and members say. Call it while the organisation's
time zone is active.
"""

from django.conf import settings
from django.urls import reverse

from initiatives.models import DepartmentRequest
from initiatives.queries.requests import RequestStanding, with_standing
from initiatives.rules.requests import Standing
from initiatives.words.requests import ANSWERS, request_line
from organisations.words.dates import day
from surveys.models import Message
from surveys.models.distribution import ASKING

Text = tuple[str, list[str]]


def request_text(message: Message) -> Text | None:
    """Subject and paragraphs; None where it no longer holds. One query."""
    if message.department_request_id is None:
        return None
    (state,) = with_standing(DepartmentRequest.objects.filter(pk=message.department_request_id))
    if message.step in ASKING:
        return _asking(message, state) if state.standing is Standing.WAITING else None
    if message.step == Message.Step.REQUEST_ANSWERED:
        return _answered(message, state) if state.request.answer else None
    one = state.request
    if one.answer != ANSWERS.YES or one.has_come:
        return None
    return f"Has it come? {one.unit.name}, {one.whom}", [
        f"{request_line(state)}",
        f"What you asked for: {one.needs}",
        "Has it come? Choose yes or no:",
        _page(state, to_department=False),
    ]


def _asking(message: Message, state: RequestStanding) -> Text:
    one, due = state.request, day(state.request.answer_by)
    to_department = message.user_id is None
    needs = f"What they need: {one.needs}"
    if message.step == Message.Step.REQUEST_OVERDUE:
        return f"No answer from {one.whom}: {one.unit.name}", [
            f"{one.unit.name} sent a request to {one.whom}. The answer was due on {due} and has "
            "not come.",
            needs,
            "See the request:",
            _page(state, to_department=False),
        ]
    first = f"{one.unit.name} asks {one.whom} for help with the improvement “{one.initiative}”."
    if message.step == Message.Step.REQUEST_DUE:
        subject = f"Answer due today: request from {one.unit.name}"
    else:
        subject = f"Request from {one.unit.name}: answer due {due}"
    said = [first, needs]
    if one.priority is not None:
        said.append(f"Their priority: {one.priority.title}")
    said += [
        f"Please answer by {due}: yes and by which day, no and why, or not ours.",
        _page(state, to_department=to_department),
    ]
    if to_department:
        said.append("You do not need an account. Anyone with this link can answer, once.")
    return subject, said


def _answered(message: Message, state: RequestStanding) -> Text:
    one = state.request
    said = [f"{one.unit.name} asked: {one.needs}", request_line(state)]
    if state.standing is Standing.RETURNED:
        said.append("Ask someone else, or withdraw the request:")
    else:
        said.append(
            "After its debrief, the team can read this in “You said, we did”. See the request:"
        )
    return f"Answer from {one.whom}: {one.unit.name}", [
        *said,
        _page(state, to_department=False),
    ]


def _page(state: RequestStanding, *, to_department: bool) -> str:
    one = state.request
    if to_department:
        return f"{settings.PUBLIC_URL}/ask/{one.link_token}"
    slug = one.initiative.organisation.slug
    return settings.PUBLIC_URL + reverse("request", args=[slug, one.pk])
