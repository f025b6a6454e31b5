"""How a message reads, for the manager: never with anybody's own link."""

from dataclasses import dataclass

from django.conf import settings

from surveys.messages import leader_text, staff_text
from surveys.models import Message, NamedSheet, Survey, SurveyUnit


@dataclass(frozen=True, slots=True)
class Sample:
    """One text and to whom it goes."""

    to: str
    subject: str
    body: str


def sample_texts(*, survey: Survey, units: list[SurveyUnit], step: Message.Step) -> list[Sample]:
    """The text to staff and, where leaders are invited, the text to them; of the first unit."""
    staff = next((unit for unit in units if unit.invitations.exists()), None)
    kind = NamedSheet.Kind.LEADERS
    leaders = next((one for one in units if one.named_sheets.filter(kind=kind).exists()), None)
    samples = []
    if staff is not None:
        link = f"{settings.PUBLIC_URL}/a/(a link of their own)"
        text = staff_text(survey=survey, unit=staff, step=step, link=link)
        samples.append(Sample("Staff", *text))
    if leaders is not None:
        link = f"{settings.PUBLIC_URL}/l/(a link of their own)"
        text = leader_text(survey=survey, unit=leaders, step=step, link=link)
        samples.append(Sample("Leaders", *text))
    return samples
