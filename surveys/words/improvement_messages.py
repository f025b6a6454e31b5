"""What messages about improvements say, to those who work with them. Call it while the
organisation's time zone is active.
"""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from initiatives.models import Initiative, Review
from organisations.models import Membership
from organisations.words.dates import day
from surveys.models import Message
from surveys.words.request_messages import request_text
from surveys.words.weekly_message import weekly_text

STATES, CHOICES = Initiative.State, Review.Decision
# So many reviews and units are named.
NAMED = 5
# With fewer there is no figure, as on a reviewer's Home.
FEWEST = 5
LATELY = {
    "closed": "- {} of {} actions first due in these weeks were closed on time",
    "discussed": "- {} of {} results have had a team debrief",
}


def improvement_text(message: Message) -> tuple[str, str] | None:
    """Subject and body; None where it no longer holds, or its reader has left. A query or two."""
    organisation = message.written_by
    to_department = message.user_id is None and message.department_request_id is not None
    is_member = Membership.objects.filter(
        organisation=organisation, user=message.user_id, is_active=True
    )
    if not to_department and not is_member.exists():
        return None
    match message.step:
        case Message.Step.REVIEWED:
            text = _reviewed(message)
        case Message.Step.STARTS_SOON:
            text = _starts_soon(message)
        case Message.Step.STILL_DONE:
            text = _still_done(message)
        case Message.Step.REVIEWS_DUE:
            text = _reviews_due(message)
        case Message.Step.WEEK:
            text = weekly_text(message)
        case _:
            text = request_text(message)
    if text is None:
        return None
    subject, said = text
    return subject, "\n\n".join(("Hello,", *said, organisation.name)) + "\n"


def _reviewed(message: Message) -> tuple[str, list[str]] | None:
    review = message.review
    if review is None:
        return None
    title = review.initiative.title
    units = _listed([unit.name for unit in review.units.order_by("name")])
    said = [_decision(review, f"“{title}” on {units}"), f"Why: {review.reason}"]
    if review.keeps:
        said.append(f"What we keep: {review.keeps}")
    if message.facts.get("may_reply") and review.reply_by is not None:
        said.append(
            f"You can reply once, until {day(review.reply_by)}. The team reads your reply beside "
            "the reason. Read the review and reply:"
        )
    else:
        said.append("Read the review:")
    return f"Review decided: {title}", [*said, _page("initiative", message, review.initiative_id)]


def _decision(review: Review, what: str) -> str:
    match review.decision:
        case CHOICES.CONTINUE:
            ends = "continues"
        case CHOICES.START_LATER if review.begins_on is not None:
            ends = f"starts later, on {day(review.begins_on)}"
        case CHOICES.START_LATER:
            ends = f"starts later: {review.begins_when}"
        case CHOICES.MERGE:
            ends = f"becomes part of “{review.into}”"
        case _:
            ends = "stops"
    return f"The senior reviewer has decided: {what} {ends}."


def _starts_soon(message: Message) -> tuple[str, list[str]] | None:
    here = message.commitment
    if here is None or here.begins_on is None or here.state != STATES.PLANNED:
        return None
    if here.begins_on != message.day:
        return None
    title, begins = here.initiative.title, day(here.begins_on)
    return f"Starts on {begins}: {title}", [
        f"“{title}” is planned to start on {here.unit.name} on {begins}. Is that still right?",
        "If it is, you have nothing to do. It starts automatically.",
        "Change the start day or put it on hold:",
        _page("initiative", message, here.initiative_id),
    ]


def _still_done(message: Message) -> tuple[str, list[str]] | None:
    here = message.commitment
    if here is None or here.state != STATES.FINISHED or here.still_done or here.ends_on is None:
        return None
    title = here.initiative.title
    return f"Is it still done? {title}", [
        f"“{title}” was finished on {here.unit.name} on {day(here.ends_on)}.",
        "Is it still done? Choose yes, partly or no. We only ask once:",
        _page("initiative_still_done", message, here.initiative_id, here.unit_id),
    ]


def _reviews_due(message: Message) -> tuple[str, list[str]] | None:
    facts, said = message.facts, []
    number = facts["due_in_all"]
    subject = f"Reviews due: {number}" if number else "Units at a limit"
    if number:
        said.append("\n".join(("Reviews due:", *_lines(facts["due"], number))))
    if facts["full"]:
        lines = _lines(facts["full"], facts["full_in_all"])
        said.append("\n".join(("Units at a limit of staff hours or improvements:", *lines)))
    if number := facts["late_requests"]:
        requests = "1 request has" if number == 1 else f"{number} requests have"
        said.append(f"{requests} had no answer for 3 days or longer after it was due.")
    number, units = facts["below_limit"]
    if units >= FEWEST:
        said.append(f"{number} of {units} units are below their limit this week.")
    number, debriefs = facts["protected"]
    if debriefs >= FEWEST:
        said.append(
            f"Last month, {number} of {debriefs} debriefs were held in protected time. Debriefs "
            "that did not say are not counted, and “some” does not count as protected."
        )
    lately = [
        words.format(*facts[name]) for name, words in LATELY.items() if facts[name][1] >= FEWEST
    ]
    if lately:
        said.append("\n".join(("The last 12 weeks:", *lately)))
    said += ["Decide what is due:", _page("reviews", message)]
    return subject, said


def _lines(names: Sequence[str], in_all: int) -> list[str]:
    more = in_all - len(names)
    return [*(f"- {name}" for name in names), *([f"- and {more} more"] if more > 0 else [])]


def _page(name: str, message: Message, *keys: int) -> str:
    return settings.PUBLIC_URL + reverse(name, args=[message.written_by.slug, *keys])


def _listed(names: Sequence[str]) -> str:
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], f"{len(names) - NAMED + 1} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
