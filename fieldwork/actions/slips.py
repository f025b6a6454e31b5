"""Code slips: one-use codes on paper, drawn from a hat, assigned to nobody."""

import random

from django.db import transaction

from organisations.actions.audit_log import record
from organisations.models import User
from organisations.rules import personal_links
from surveys.actions.locks import NotPossible, lock_survey_unit
from surveys.models import Channel, Invitation, SurveyUnit
from surveys.rules import tokens

MOST_AT_ONCE = 200
# Bank and agency staff are welcome; more would only be spare keys.
MOST_PER_POST = 2


@transaction.atomic
def make_slips(*, survey_unit: SurveyUnit, batch: str, number: int, by: User) -> list[str]:
    """The codes of a batch, valid from now; the same batch again makes none anew.

    The database keeps a keyed hash of each, in an order that has nothing to do with the paper's.
    """
    survey, unit = lock_survey_unit(survey_unit.pk)
    running = (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN)
    if unit.mode != SurveyUnit.Mode.SEALED or unit.state not in running:
        raise NotPossible(
            "You cannot create slips for this unit. It is closed, or the team answers together."
        )
    if not 1 <= number <= MOST_AT_ONCE:
        raise NotPossible(f"Make from 1 to {MOST_AT_ONCE} slips at once.")
    codes = tokens.slip_codes(survey_unit=unit.pk, batch=batch, number=number)
    hashes = {personal_links.token_hash(code) for code in codes}
    slips = Invitation.objects.filter(survey_unit=unit, channel=Channel.SLIP)
    known = slips.filter(token_hash__in=hashes).values_list("token_hash", flat=True)
    new = sorted(hashes - {bytes(one) for one in known if one is not None})
    if new and slips.count() + len(new) > unit.headcount * MOST_PER_POST:
        raise NotPossible(
            f"You can create up to {unit.headcount * MOST_PER_POST} slips "
            f"for {unit.headcount} staff. "
            "Create fewer or use the poster."
        )
    random.SystemRandom().shuffle(new)
    Invitation.objects.bulk_create(
        Invitation(survey_unit=unit, channel=Channel.SLIP, token_hash=one) for one in new
    )
    if new:
        record(
            action="slips made",
            on=unit,
            organisation=survey.organisation,
            by=by,
            number=len(new),
        )
    return codes
