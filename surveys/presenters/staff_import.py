"""What the page of a staff list says while the worker adds it, and afterwards."""

from datetime import timedelta

from django.utils import timezone

from surveys.models import StaffImport, Survey

USUALLY_WITHIN = timedelta(minutes=1)


def import_context(survey: Survey, upload: StaffImport, *, done: int) -> dict[str, object]:
    """Where it is, as a bar of those `done`; or what was added, in sentences."""
    is_waiting = upload.state == StaffImport.State.WAITING
    return {
        "survey": survey,
        "upload": upload,
        "is_waiting": is_waiting,
        "done": done,
        "is_slow": is_waiting and timezone.now() - upload.asked_at > USUALLY_WITHIN,
        "title": _title(upload),
        "said": [] if is_waiting else _said(survey, upload),
    }


def _title(upload: StaffImport) -> str:
    if upload.state == StaffImport.State.WAITING:
        return "Adding staff"
    if upload.added:
        return "1 person added" if upload.added == 1 else f"{upload.added} people added"
    return "Nobody was added"


def _said(survey: Survey, upload: StaffImport) -> list[str]:
    said = []
    if upload.added:
        when = "now" if survey.state == Survey.State.OPEN else "when the survey opens"
        said.append(f"They get their message {when}.")
    if upload.known == upload.number:
        said.append("Everyone on this list had already been added. Nothing changed.")
    elif upload.known:
        said.append(f"{_people(upload.known)} there already and did not change.")
    if upload.declined:
        said.append(
            f"{_people(upload.declined)} not added because they asked for no messages. They can "
            "still use the poster."
        )
    if upload.taken_off:
        said.append(f"{_people(upload.taken_off)} removed before and not added again.")
    if upload.failure:
        said.append(upload.failure)
    return said


def _people(number: int) -> str:
    return "1 person was" if number == 1 else f"{number} people were"
