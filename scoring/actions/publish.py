"""Releasing a unit's result: one snapshot, made once, never changed."""

from django.db import transaction
from django.utils import timezone

from organisations.models import Organisation
from scoring.actions.aggregate import rebuild_aggregate
from scoring.actions.later_audits import compare_later_audits
from scoring.counts import Counts
from scoring.decoys import draw
from scoring.joint import release_joint
from scoring.leaders import Leaders
from scoring.models import Snapshot
from scoring.payload import SnapshotPayload
from scoring.queries.audits import change_since
from scoring.queries.released import released_before
from scoring.queries.version_layout import SheetLayout, sheet_layout, wording_for
from scoring.release import release
from surveys.actions.life import publish_survey_unit
from surveys.models import NamedSheet, SurveyUnit
from surveys.queries.wording import wording_of
from surveys.tokens import decoy_key


@transaction.atomic
def publish_result(*, survey_unit: SurveyUnit) -> Snapshot | None:
    """The snapshot, if this call released it; None where it was released before.

    Aggregate, snapshot, the unit's mark and the messages are one transaction: manager, lead and
    ward see the same at the same moment. Refuses before `result_at` (`NotPossible`). An audit that
    comes out after a later one of its unit is compared there too.
    """
    if not publish_survey_unit(survey_unit=survey_unit):
        return None
    unit = with_survey(survey_unit)
    lock_releases(unit.survey.organisation)
    snapshot = Snapshot.objects.create(
        survey_unit=unit,
        released_at=timezone.now(),
        payload=released_payload(unit=unit, headcount=unit.headcount),
    )
    compare_later_audits(earlier=unit, was="released", by=None)
    return snapshot


def lock_releases(organisation: Organisation) -> None:
    """Lets one result of this organisation be released or corrected at a time, so that none is
    compared with an audit that is just being replaced.

    Of all locks after the survey's and before any other row of the organisation's.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def with_survey(survey_unit: SurveyUnit) -> SurveyUnit:
    """The unit with all that its release needs to know of its survey."""
    return SurveyUnit.objects.select_related(
        *("survey__organisation", "survey__version"),
        *("survey__ward_edition", "survey__leaders_edition"),
    ).get(pk=survey_unit.pk)


def released_payload(*, unit: SurveyUnit, headcount: int) -> SnapshotPayload:
    """What may be shown of the unit now, beside all that was released of it before. Counts anew."""
    survey = unit.survey
    asked = sheet_layout(survey.version, survey.ward_edition)
    layout = asked.layout
    wording = wording_for(version=survey.version, edition=survey.ward_edition)
    leaders = _leaders(unit, asked)
    if unit.way == SurveyUnit.Way.JOINT and unit.state == SurveyUnit.State.COUNTED:
        sheet = unit.named_sheets.get(kind=NamedSheet.Kind.JOINT)
        return release_joint(
            layout=layout,
            sheet=next(asked.asked([sheet.answers])),
            headcount=headcount,
            wording=wording,
            leaders=leaders,
        )
    aggregate = rebuild_aggregate(survey_unit=unit)
    counts = None if aggregate is None else Counts.from_json(layout, aggregate.counts)
    payload = release(
        layout=layout,
        counts=counts,
        headcount=headcount,
        k=unit.minimum_group,
        wording=wording,
        leaders=leaders,
        earlier=released_before(unit, layout),
        decoys=draw(decoy_key(), f"unit {unit.pk}", [section.code for section in layout.sections]),
    )
    if counts is not None and payload["sections"]:
        payload["change"] = change_since(
            survey_unit=unit, layout=layout, counts=counts, payload=payload
        )
    return payload


def _leaders(unit: SurveyUnit, asked: SheetLayout) -> Leaders | None:
    sent = unit.named_sheets.filter(kind=NamedSheet.Kind.LEADERS).exclude(answers="")
    sheets = list(asked.asked(sent.values_list("answers", flat=True)))
    if not sheets:
        return None
    survey = unit.survey
    sections = wording_of(edition=survey.leaders_edition, language=survey.version.language)
    return Leaders(sheets, {item.code: item.text for section in sections for item in section.items})
