"""What the weekly message to owners and managers says."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from django.conf import settings
from django.urls import reverse

from organisations.words.dates import day
from surveys.models import Message

# So many are named.
SHOWN = 5


class DueLine(TypedDict):
    """One thing that is due, as a message keeps it: an action, a number, a test,
    a request or ideas."""

    kind: str
    what: str
    unit: str
    day: str
    number: int


def weekly_text(message: Message) -> tuple[str, list[str]]:
    """Subject and paragraphs. No query of its own."""
    due: Sequence[DueLine] = message.facts["due"]
    number = message.facts["due_in_all"]
    today = message.day or date.max
    lines = [f"- {_line(one, today)}" for one in due]
    if number > len(due):
        lines.append(f"- and {number - len(due)} more")
    full = message.facts["full"]
    at_limit = [f"At a limit of staff hours or improvements this week: {', '.join(full)}."]
    return f"Due this week: {number}", [
        "\n".join(("Due this week:", *lines)),
        *(at_limit if full else ()),
        "Your to-do list:",
        settings.PUBLIC_URL + reverse("start_of", args=[message.written_by.slug]),
    ]


def _line(one: DueLine, today: date) -> str:
    due_on = date.fromisoformat(one["day"])
    when = f"{'overdue since' if due_on < today else 'due'} {day(due_on)}"
    match one["kind"]:
        case "action":
            said = f"Action, {when}: {one['what']}"
        case "number":
            said = f"Add a number: {one['what']}"
        case "test":
            said = f"Say how the small test went, {when}: {one['what']}"
        case "request":
            said = f"No answer yet from {one['what']}, {when}"
        case "promised":
            said = f"Has it come? Promised for {day(due_on)}: {one['what']}"
        case _:
            said = f"Answer {one['number']} {'idea' if one['number'] == 1 else 'ideas'} from staff"
    return f"{said} ({one['unit']})"
