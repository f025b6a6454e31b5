"""Releasing a unit's result: one snapshot, made once, never changed."""

from django.db import transaction
from django.utils import timezone

from fieldwork.actions.life import publish_survey_unit
from instruments.queries.item_mappings import same_meaning_of
from instruments.queries.wording import wording_of
from organisations.models import Organisation
from scoring.actions.aggregate import rebuild_aggregate
from scoring.actions.later_audits import compare_later_audits
from scoring.models import Snapshot
from scoring.queries.audits import change_since
from scoring.queries.too_soon import is_too_soon
from scoring.queries.version_layout import SheetLayout, sheet_layout, wording_for
from scoring.rules.columns import Columns
from scoring.rules.joint import release_joint
from scoring.rules.leaders import Leaders
from scoring.rules.payload import SnapshotPayload
from scoring.rules.release import empty_payload, release
from surveys.actions.news import tell_result
from surveys.models import SurveyUnit
from surveys.queries.leaders_forms import sent_forms
from surveys.rules.form_kind import FormKind


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
    payload = released_payload(unit=unit, headcount=unit.headcount, columns=counted_anew(unit))
    snapshot = Snapshot.objects.create(
        survey_unit=unit, released_at=timezone.now(), payload=payload
    )
    tell_result(survey_unit=unit, answered=payload["answered"])
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


def released_payload(
    *, unit: SurveyUnit, headcount: int, columns: Columns | None
) -> SnapshotPayload:
    """What may be shown of the unit, of these columns; a joint sheet is read here."""
    survey = unit.survey
    asked = sheet_layout(survey.version, survey.ward_edition)
    layout = asked.layout
    wording = wording_for(version=survey.version, edition=survey.ward_edition)
    leaders = _leaders(unit, asked)
    if unit.mode == SurveyUnit.Mode.JOINT and unit.state != SurveyUnit.State.COUNTED:
        unsent = empty_payload(layout, wording, headcount, unit.minimum_group)
        unsent["withheld"] = "not_sent"
        return unsent
    if unit.mode == SurveyUnit.Mode.JOINT:
        sheet = unit.named_responses.get(kind=FormKind.JOINT)
        return release_joint(
            layout=layout,
            sheet=next(asked.asked([sheet.answers])),
            headcount=headcount,
            wording=wording,
            leaders=leaders,
        )
    payload = release(
        layout=layout,
        columns=columns,
        headcount=headcount,
        k=unit.minimum_group,
        wording=wording,
        leaders=leaders,
        too_soon=is_too_soon(unit),
    )
    if columns is not None and payload["sections"]:
        payload["change"] = change_since(
            survey_unit=unit, layout=layout, columns=columns, payload=payload
        )
    return payload


def counted_anew(unit: SurveyUnit) -> Columns | None:
    """The unit's columns as they are now; None where nothing was counted, as of a joint sheet."""
    aggregate = rebuild_aggregate(survey_unit=unit)
    if aggregate is None:
        return None
    layout = sheet_layout(unit.survey.version, unit.survey.ward_edition).layout
    return Columns.from_json(layout, aggregate.counts)


def _leaders(unit: SurveyUnit, asked: SheetLayout) -> Leaders | None:
    sheets = list(asked.asked(one.answers for one in sent_forms(unit)))
    if not sheets:
        return None
    survey = unit.survey
    sections = wording_of(edition=survey.leaders_edition, language=survey.version.language)
    texts = {item.code: item.text for section in sections for item in section.items}
    return Leaders(
        sheets, texts, same_meaning_of(survey.ward_edition), together=unit.leaders_together
    )
