"""What the page of a staff list says while the worker adds it, and afterwards."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from surveys.models import StaffImport, Survey
from surveys.queries.staff_imports import people_done

USUALLY_WITHIN = timedelta(minutes=1)


def import_context(survey: Survey, brought: StaffImport) -> dict[str, Any]:
    """Where it is, as a bar; or what was added, in sentences."""
    is_waiting = brought.state == StaffImport.State.WAITING
    return {
        "survey": survey,
        "brought": brought,
        "is_waiting": is_waiting,
        "done": people_done(brought),
        "is_slow": is_waiting and timezone.now() - brought.asked_at > USUALLY_WITHIN,
        "title": _title(brought),
        "said": [] if is_waiting else _said(survey, brought),
    }


def _title(brought: StaffImport) -> str:
    if brought.state == StaffImport.State.WAITING:
        return "Adding staff"
    if brought.added:
        return "1 person is added" if brought.added == 1 else f"{brought.added} people are added"
    return "Nobody was added"


def _said(survey: Survey, brought: StaffImport) -> list[str]:
    said = []
    if brought.added:
        when = "now" if survey.state == Survey.State.OPEN else "when the survey opens"
        said.append(f"They get their message {when}.")
    if brought.known == brought.number:
        said.append("Everybody on this list was there already. Nothing changed.")
    elif brought.known:
        said.append(f"{_people(brought.known)} there already and did not change.")
    if brought.declined:
        said.append(
            f"{_people(brought.declined)} left out, as they asked for no messages. The poster "
            "still reaches them."
        )
    if brought.taken_off:
        said.append(f"{_people(brought.taken_off)} taken off before and stayed off.")
    if brought.failure:
        said.append(brought.failure)
    return said


def _people(number: int) -> str:
    return "1 person was" if number == 1 else f"{number} people were"
