"""An open survey of twenty wards on an empty database, made by the product's own actions."""

import io
from datetime import date, time, timedelta

from django.core.management import call_command
from django.utils import timezone

from fieldwork.actions.launch import MOST_STAFF, LaunchPlan, UnitToAsk, launch_survey
from fieldwork.actions.life import open_survey
from instruments.models import Edition
from organisations.models import Organisation, Unit, User
from responses.actions.keys import prepare_survey

WARDS = 20


def ward(organisation: Organisation, number: int) -> Unit:
    """One ward at the top of the tree."""
    unit = Unit.objects.create(
        organisation=organisation,
        name=f"Ward {number}",
        posts=MOST_STAFF,
        path="/",
        valid_from=date(2020, 1, 1),
    )
    unit.path = f"/{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


def prepare() -> tuple[Organisation, User]:
    """Tables, the FFIT, an organisation without quiet hours, and somebody who launches."""
    call_command("migrate", verbosity=0)
    call_command("load_instrument", stdout=io.StringIO())
    organisation = Organisation.objects.create(
        name="Merrowfield Hospitals", slug="merrowfield", quiet_from=time(0), quiet_until=time(0)
    )
    return organisation, User.objects.create(email="manager@merrowfield.example")


def open_survey_codes() -> list[str]:
    """The poster codes of the wards, ready to take answers."""
    organisation, manager = prepare()
    survey = launch_survey(
        organisation=organisation,
        by=manager,
        plan=LaunchPlan(
            title="Fewer falls at night",
            problem="Too many patients fall at night on the way to the toilet.",
            change="We offer help to the toilet at 10pm, 2am and 5am.",
            units=[UnitToAsk(ward(organisation, number), MOST_STAFF) for number in range(WARDS)],
            closes_at=timezone.now() + timedelta(days=10),
            ward_edition=Edition.objects.get(code="front-line-2"),
        ),
    )
    prepare_survey(survey=survey)
    open_survey(survey=survey)
    return list(survey.survey_units.order_by("pk").values_list("answer_code", flat=True))
