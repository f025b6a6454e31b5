"""What a unit of the sample counts and tries: numbers that changed, three small tests, and what it
says to some of the ten checks.
"""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from initiatives.actions.measures import Typed, add_numbers, start_measure
from initiatives.actions.register import set_hours
from initiatives.actions.small_tests import end_test, start_test
from initiatives.actions.ten_checks import answer_check
from initiatives.models import Commitment, Initiative
from initiatives.rules.ten_checks import EFFORT
from organisations.models import Organisation, Unit, User

TITLE, WHERE = "Bedside handover", "Ward 9 – stroke rehabilitation"
# What the team page says it takes.
TOLD, GIVEN_UP = "Protected mealtimes", "The second medicine round moves from midday to 2pm"
WEEKS_AGO = 8
BEFORE = (12, 15, 10, 13, 14, 11, 13, 12, 9, 12, 13, 11)
AFTER = (9, 8, 7, 8, 6, 7, 5, 6)
BELLS = (21, 19, 24, 20, 22, 18, 23, 21, 20, 22, 19, 21, 20, 23, 21, 19, 22, 20, 21, 20)
TESTS = (
    (
        ("Half at the desk, half at the bed, on Monday", "Handover ends 5 minutes sooner"),
        ("Patients asked why they were left out", "drop", "Every patient at the bed"),
    ),
    (
        ("A card at each bed in one bay", "Fewer handovers run over"),
        ("12 a week came down to 9", "change", "The card says the plan for the day"),
    ),
    (("Nights start with the sickest patient, for a week", "Doctors hear of them sooner"), None),
)
CHECKS = {
    2: "If we hand over at the bed, then patients correct us, because they know what happened",
    5: "The trust’s aim to go home on time",
    10: "Call bells during handover. We stop if they rise for a month",
}


@transaction.atomic
def count_and_try(organisation: Organisation, units: Mapping[str, Unit], by: User) -> None:
    """Twelve weeks before it began and eight since; one test runs."""
    initiative = Initiative.objects.get(organisation=organisation, title=TITLE)
    here = Commitment.objects.get(initiative=initiative, unit=units[WHERE])
    today = timezone.localdate(timezone=organisation.zone)
    # The day after its twelfth number.
    began = today - timedelta(weeks=WEEKS_AGO) + timedelta(days=1)
    Commitment.objects.filter(pk=here.pk).update(begins_on=began)
    Initiative.objects.filter(pk=initiative.pk).update(started_on=began)
    for name, values, is_watch in (
        ("Handovers over 20 minutes a week", (*BEFORE, *AFTER), False),
        ("Call bells during handover a week", BELLS, True),
    ):
        measure = start_measure(
            commitment=here, name=name, every="week", better="less", is_watch=is_watch, by=by
        )
        numbers = [
            Typed(today - timedelta(weeks=len(values) - 1 - place), Decimal(value))
            for place, value in enumerate(values)
        ]
        add_numbers(measure=measure, numbers=numbers, by=by)
    for number, sentence in CHECKS.items():
        answer_check(initiative=initiative, number=number, answer=sentence, by=by)
    told = Initiative.objects.get(
        organisation=organisation, title=TOLD, commitments__unit=units[WHERE]
    )
    set_hours(initiative=told, unit=units[WHERE], hours=Decimal(3), by=by)
    answer_check(initiative=told, number=EFFORT, answer=GIVEN_UP, by=by)
    for (what, expects), said in TESTS:
        test = start_test(
            commitment=here, what=what, expects=expects, until=today + timedelta(days=11), by=by
        )
        if said is not None:
            happened, outcome, following = said
            end_test(test=test, happened=happened, outcome=outcome, following=following, by=by)
