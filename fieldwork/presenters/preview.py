"""An answer page that exists nowhere: what staff would get of a launch page as it is filled in."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone

from fieldwork.forms.launch import LaunchForm
from fieldwork.presenters.launch_page import closing_of
from instruments.models import Edition
from organisations.models import Organisation
from responses.queries.answer_page import AnswerPage
from surveys.models import Channel, Survey, SurveyUnit
from surveys.rules import minimum_group
from surveys.rules.form_kind import FormKind

SALT = "preview of a launch"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a launch would say to staff; an example where nothing is chosen yet."""

    unit_name: str = "Your unit"
    title: str = "Your improvement"
    problem: str = "The problem appears here."
    change: str = "What would change appears here."
    headcount: int = 22
    minimum: int = minimum_group.DEFAULT
    comments: str = Survey.Comments.NONE
    edition: int = 0
    closes_at: str = ""
    result_at: str = ""
    debrief_at: str = ""

    @property
    def signed(self) -> str:
        """For an address: nobody can put other words into our page."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)


def preview_named(signed: str) -> Preview:
    """What an address says; the example for any other text."""
    try:
        return Preview(**signing.loads(signed, salt=SALT))
    except (signing.BadSignature, TypeError):
        return Preview()


def preview_of(form: LaunchForm) -> Preview:
    """The choices on a launch page so far; of several units the first that is ticked.

    What has errors is left as in the example.
    """
    form.is_valid()
    said = form.cleaned_data
    found = Preview(closes_at=closing_of(form).isoformat())
    words = {name: said[name] for name in ("title", "problem", "change") if said.get(name)}
    for asked in form.asked_so_far[:1]:
        words["unit_name"] = asked.unit.name
        if asked.headcount:
            found = replace(found, headcount=asked.headcount, minimum=asked.k)
    edition: Edition | None = said.get("ward_edition")
    result, talk = said.get("result_time"), said.get("talk_time")
    return replace(
        found,
        **words,
        comments=said.get("comments") or Survey.Comments.NONE,
        edition=edition.pk if edition else 0,
        result_at=result.isoformat() if result else "",
        debrief_at=talk.isoformat() if talk else "",
    )


def preview_page(
    *,
    organisation: Organisation,
    edition: Edition,
    statements: int,
    preview: Preview,
    joint: bool = False,
) -> AnswerPage:
    """The page that staff would get by the poster; the version has so many `statements`.

    A team that answers together gets its joint form.
    """
    version = edition.version
    now = timezone.now()
    joint = joint or minimum_group.is_joint(preview.headcount)
    return AnswerPage(
        unit_name=preview.unit_name,
        title=preview.title,
        problem=preview.problem,
        change=preview.change,
        form_kind=FormKind.JOINT if joint else FormKind.STAFF,
        survey_unit_id=0,
        headcount=preview.headcount,
        minimum_group=preview.minimum,
        ward_page_code="",
        unit_state=SurveyUnit.State.OPEN,
        closes_at=_moment(preview.closes_at) or now + timedelta(days=10),
        survey_id=0,
        opens_at=now,
        result_at=_moment(preview.result_at),
        debrief_at=_moment(preview.debrief_at),
        public_key=None,
        version_id=version.pk,
        edition_id=edition.pk,
        items=statements,
        options=version.scale_maximum - version.scale_minimum + 1,
        comments=Survey.Comments.NONE if joint else preview.comments,
        organisation=organisation.name,
        time_zone=organisation.time_zone,
        channel=Channel.QR,
    )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
