"""Fills the sample organisation through the product's own actions, and paints no result."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from demo.access import SLUG
from demo.actions.counting import count_and_try
from demo.actions.debriefs import talk_it_through, talk_then
from demo.actions.filling import made_up, send_all
from demo.actions.ideas import send_some
from demo.actions.requests import ask_some
from demo.actions.reviews import review_some
from demo.rules.accounts import ACCOUNTS, Account
from demo.rules.sample import LEADERS_LEAN, RUNNING, SAMPLES, WARDS, WHY_NOW, Sample, Stage
from fieldwork.actions.closing import close_survey_unit
from fieldwork.actions.launch import LaunchPlan, UnitToAsk, launch_survey
from fieldwork.actions.life import open_survey
from fieldwork.counting import sweep as count
from initiatives.actions.register import add_initiative
from initiatives.actions.status import change_status
from initiatives.models import Initiative
from instruments.models import Version
from organisations.actions.people import give_role
from organisations.actions.units import add_unit
from organisations.models import Organisation, Role, Unit, User
from organisations.rules.personal_links import Purpose, token
from responses.actions.keys import prepare_survey
from responses.actions.submission import submit_named
from responses.queries import answer_page
from scoring.models import Snapshot
from scoring.tasks import sweep as score_and_publish
from surveys.actions.distribution import Leader
from surveys.actions.staff_import import add_uploaded
from surveys.exchange.addresses import Address
from surveys.models import NamedResponse, Survey, SurveyUnit
from surveys.rules import wall_clock
from surveys.rules.form_kind import FormKind

LEADERS = ("Ward manager", "Matron", "Improvement lead", "Clinical lead")


def seed(*, version: Version) -> bool:
    """Makes organisation, people and surveys; True if this call did it.

    Nothing is half done: without all of it there is no organisation, and the next call begins anew.
    """
    if Organisation.objects.filter(slug=SLUG).exists():
        return False
    now = timezone.now().replace(second=0, microsecond=0)
    with transaction.atomic():
        # No quiet hours here: whoever tries the demo in the evening sees its messages at once.
        organisation = Organisation.objects.create(
            name="Merrowfield Hospitals", slug=SLUG, quiet_from=time(0), quiet_until=time(0)
        )
        units = _units(organisation)
        people = [_person(organisation, account, units) for account in ACCOUNTS]
        _put_to_work(organisation, people[0], units)
        launched: list[Survey] = []
        for sample in SAMPLES:
            same = [one.initiative for one in launched if one.title == sample.title]
            survey = _launch(sample, organisation, people[0], units, version, now, same)
            _fill(sample, survey, now)
            launched.append(survey)
    count()
    score_and_publish()
    released = Snapshot.objects.select_related("survey_unit__survey").order_by("pk")
    then, again, *_ = launched
    for snapshot in released.filter(survey_unit__survey=then):
        at = snapshot.survey_unit.closes_at + timedelta(hours=1)
        talk_then(snapshot=snapshot, at=at, by=people[1])
    talk_it_through(snapshot=released.get(survey_unit__survey=again), by=people[1])
    # The first account of each role.
    by_role = {
        account.role: person
        for account, person in reversed(list(zip(ACCOUNTS, people, strict=True)))
    }
    review_some(organisation, units, by_role)
    count_and_try(organisation, units, people[1])
    send_some(organisation, units, people[1])
    ask_some(organisation, by_role)
    return True


def _units(organisation: Organisation) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for ward, (division, posts) in WARDS.items():
        if division not in units:
            units[division] = add_unit(
                organisation=organisation, name=division, parent=None, posts=None, by=None
            )
        units[ward] = add_unit(
            organisation=organisation, name=ward, parent=units[division], posts=posts, by=None
        )
    return units


def _put_to_work(organisation: Organisation, by: User, units: dict[str, Unit]) -> None:
    """Improvements that run already, so that one ward's week is full, and one that is to start."""
    today = timezone.localdate(timezone=organisation.zone)
    for title, ward, hours, weeks in RUNNING:
        initiative = add_initiative(
            organisation=organisation,
            title=title,
            problem="The team chose it in spring.",
            change="It is running and takes up hours each week.",
            units=[units[ward]],
            hours=None if hours is None else Decimal(hours),
            by=by,
        )
        change_status(
            initiative=initiative,
            units=[units[ward]],
            to=Initiative.State.PLANNED if weeks else Initiative.State.ACTIVE,
            day=today + timedelta(weeks=weeks) if weeks else None,
            why="The team chose it in spring.",
            by=by,
        )


def _person(organisation: Organisation, account: Account, units: dict[str, Unit]) -> User:
    user = User.objects.create_user(account.email, name=account.name)
    give_role(
        organisation=organisation,
        user=user,
        role=Role(account.role),
        unit=units.get(account.unit),
        by=None,
    )
    return user


def _launch(
    sample: Sample,
    organisation: Organisation,
    by: User,
    units: Mapping[str, Unit],
    version: Version,
    now: datetime,
    same: list[Initiative],
) -> Survey:
    survey = launch_survey(
        organisation=organisation,
        by=by,
        plan=LaunchPlan(
            title=sample.title,
            problem=sample.problem,
            change=sample.change,
            initiative=same[0] if same else None,
            units=[
                UnitToAsk(
                    unit=units[ward],
                    headcount=units[ward].posts or 0,
                    minimum_group=sample.minimum_group,
                    staff=[
                        Address(f"staff-{number}@merrowfield.example")
                        for number in range(1, sample.staff + 1)
                    ],
                    leaders=[
                        Leader(name, f"{name.lower().replace(' ', '-')}@merrowfield.example")
                        for name in LEADERS[: sample.leaders]
                    ],
                )
                for ward in sample.answered
            ],
            opens_at=now + sample.begins,
            closes_at=_closing(sample, organisation, now),
            ward_edition=version.editions.get(code="front-line-2"),
            why_now=WHY_NOW,
        ),
    )
    for brought in survey.staff_imports.all():
        add_uploaded(import_id=brought.pk)
    return survey


def _closing(sample: Sample, organisation: Organisation, now: datetime) -> datetime:
    if sample.stage is Stage.ENDED:
        return now + sample.ends
    day = (now + sample.ends).astimezone(organisation.zone).date()
    return wall_clock.at(day, wall_clock.MORNING, organisation.zone)


def _fill(sample: Sample, survey: Survey, now: datetime) -> None:
    prepare_survey(survey=survey)
    open_survey(survey=survey)
    if sample.stage is Stage.SCHEDULED:
        return
    for number, unit in enumerate(survey.survey_units.order_by("pk"), sample.seed):
        if sample.stage is Stage.ENDED:
            # It took answers until then: it stays open for as long as this takes.
            _set_closing(unit, now + timedelta(days=365))
        answered = sample.answered[unit.unit_name]
        send_all(unit, made_up(survey, seed=number, number=answered, leanings=sample.leanings))
        if sample.stage is Stage.ENDED:
            _leaders_answer(survey, unit, seed=100 + number)
            _set_closing(unit, now + sample.ends)
            close_survey_unit(survey_unit=unit)


def _set_closing(unit: SurveyUnit, closes_at: datetime) -> None:
    SurveyUnit.objects.filter(pk=unit.pk).update(closes_at=closes_at, extended=True)


def _leaders_answer(survey: Survey, unit: SurveyUnit, *, seed: int) -> None:
    invited = NamedResponse.objects.filter(survey_unit=unit, kind=FormKind.LEADERS)
    filled_in = made_up(survey, seed=seed, number=len(invited), leanings=LEADERS_LEAN)
    for sheet, answers in zip(invited, filled_in, strict=True):
        link = token(purpose=Purpose.NAMED_RESPONSE, source=sheet.link_source)
        page = answer_page.find_named_by_token(link)
        if page is not None:
            submit_named(page=page, answers=answers)
