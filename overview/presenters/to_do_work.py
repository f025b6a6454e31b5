"""The start page's lines about ideas, numbers, small tests, what to look back at, and drafts."""

from django.urls import reverse

from initiatives.rules.ideas import ANSWERED_WITHIN, LATE_AFTER
from initiatives.rules.notices import LOOK_AFTER, number_due_on
from organisations.models import Organisation
from organisations.words.dates import day
from overview.presenters.to_do import ToDoItem, led
from overview.queries.to_do_work import Work


def ideas_row(organisation: Organisation, waiting: Work, *, several: bool) -> ToDoItem:
    """Ideas of one unit that nobody has answered."""
    number, since = waiting.number, waiting.day
    what = f"Answer {number} idea{'' if number == 1 else 's'} from staff"
    sentence = f"Here since {day(since)}. Please answer within {ANSWERED_WITHIN.days} days."
    if waiting.late:
        late = f"{waiting.late} of {number}" if number > 1 else "It"
        sentence += f" {late} has waited {LATE_AFTER.days} days or longer."
    return ToDoItem(
        since + ANSWERED_WITHIN,
        led(what, waiting.unit_name, several=several),
        sentence,
        "Read and answer",
        reverse("ideas", args=[organisation.slug]),
        unit=waiting.unit_name,
        kind="idea",
    )


def number_row(organisation: Organisation, waiting: Work, *, several: bool) -> ToDoItem:
    """A measure whose next number is due."""
    what = f"Add this {waiting.every}’s number: {waiting.what}"
    last = f"The last number is for {day(waiting.day)}." if waiting.number else "No numbers yet."
    return ToDoItem(
        number_due_on(every=waiting.every, last=waiting.day),
        led(what, waiting.unit_name, several=several),
        f"{waiting.title}. {last}",
        "Add the number",
        reverse(
            "measure_add",
            args=[organisation.slug, waiting.initiative, waiting.unit, waiting.key],
        ),
        unit=waiting.unit_name,
        kind="number",
    )


def small_test_row(organisation: Organisation, waiting: Work, *, several: bool) -> ToDoItem:
    """A small test whose end has come."""
    return ToDoItem(
        waiting.day,
        led(f"Say how the small test went: {waiting.what}", waiting.unit_name, several=several),
        f"{waiting.title}. It was to end on {day(waiting.day)}.",
        "Say what happened",
        reverse(
            "small_test_end",
            args=[organisation.slug, waiting.initiative, waiting.unit, waiting.key],
        ),
        unit=waiting.unit_name,
        kind="test",
    )


def still_done_row(organisation: Organisation, here: Work, *, several: bool) -> ToDoItem:
    """An improvement that was finished half a year ago."""
    return ToDoItem(
        here.day + LOOK_AFTER,
        led(f"Is “{here.title}” still done?", here.unit_name, several=several),
        f"It was finished on {day(here.day)}. Choose yes, partly or no. We only ask once.",
        "Answer",
        reverse("initiative_still_done", args=[organisation.slug, here.initiative, here.unit]),
        unit=here.unit_name,
        kind="look_back",
    )


def draft_row(organisation: Organisation, draft: Work) -> ToDoItem:
    """A draft that only its editors see until it is published."""
    return ToDoItem(
        draft.day,
        f"Finish the draft: {draft.title}",
        f"Last saved {day(draft.day)}. It cannot be used in a survey until it is published.",
        "Open the draft",
        reverse("question_bank_version", args=[organisation.slug, draft.key]),
    )
