"""Launching: everything in one transaction, once, and nothing after a refusal."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from fieldwork.actions.launch import UnitToAsk
from initiatives.models import Commitment, Initiative
from organisations.models import AuditEntry
from organisations.rules import personal_links
from organisations.rules.refusal import Refused
from surveys.actions.distribution import Leader
from surveys.actions.staff import add_staff
from surveys.exchange.addresses import Address
from surveys.exchange.staff_problem import Person
from surveys.models import Contact, Invitation, Message, NamedResponse, Survey, SurveyUnit
from surveys.rules import tokens
from tests.factories import UnitFactory
from tests.fieldwork.launching import TITLE, Trust, a_trust, an_initiative, only_unit

pytestmark = pytest.mark.django_db

STAFF = [Address(f"person{number}@merrowfield.example") for number in range(3)]


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """The tasks that were asked for."""
    sent: list[tuple[str, Any]] = []
    monkeypatch.setattr(
        "celery.current_app.send_task",
        lambda name, args, **_: sent.append((name, tuple(args))),
    )
    return sent


def test_a_launch_makes_all_that_has_to_be_there(
    trust: Trust,
    asked: list[tuple[str, Any]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        survey = trust.launch(UnitToAsk(trust.ward_7, 12, staff=STAFF))
    unit = only_unit(survey)
    assert survey.state == Survey.State.PREPARING
    assert (survey.title, survey.version) == (TITLE, trust.version)
    assert survey.leaders_edition.is_verbatim
    assert (unit.unit_name, unit.headcount, unit.minimum_group) == ("Ward 7", 12, 7)
    assert (unit.mode, unit.state) == (SurveyUnit.Mode.SEALED, SurveyUnit.State.NOT_OPEN)
    assert len(unit.answer_code) == tokens.CODE_LENGTH
    imports = survey.staff_imports.values_list("pk", flat=True)
    assert asked[:2] == [
        ("fieldwork.counting.prepare_survey", (survey.pk,)),
        ("surveys.add_staff_list", tuple(imports)),
    ]
    entry = AuditEntry.objects.get(action="survey launched")
    assert (entry.actor, entry.detail) == (trust.manager, {"units": [trust.ward_7.pk]})


def test_a_new_improvement_enters_the_register_with_its_units(trust: Trust) -> None:
    survey = trust.launch()
    assert survey.initiative.title == TITLE
    assert [one.unit for one in Commitment.objects.all()] == [trust.ward_7]


def test_one_from_the_register_is_not_added_again(trust: Trust) -> None:
    initiative = an_initiative(trust)
    survey = trust.launch(initiative=initiative, problem="Said in our own words.")
    assert survey.initiative == initiative
    assert survey.problem == "Said in our own words."
    assert Initiative.objects.count() == 1


def test_the_same_key_twice_launches_once(trust: Trust) -> None:
    key = uuid4()
    first = trust.launch(launch_key=key)
    assert trust.launch(launch_key=key) == first
    assert Survey.objects.count() == SurveyUnit.objects.count() == 1


def test_a_second_press_at_the_same_instant_finds_the_first(
    trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both presses look before either writes: the database's unique key decides."""
    key = uuid4()
    first = trust.launch(launch_key=key)
    answers = iter([None, first])
    monkeypatch.setattr("fieldwork.actions.launch._earlier", lambda *_: next(answers))
    assert trust.launch(launch_key=key) == first
    assert Survey.objects.count() == 1


def test_a_small_team_gets_a_joint_sheet(trust: Trust) -> None:
    unit = only_unit(trust.launch(UnitToAsk(trust.ward_7, 6)))
    assert (unit.mode, unit.minimum_group) == (SurveyUnit.Mode.JOINT, 1)


def test_several_units_each_with_its_own_numbers(trust: Trust) -> None:
    survey = trust.launch(
        UnitToAsk(trust.ward_7, 9, minimum_group=5), UnitToAsk(trust.ward_9, 22, minimum_group=10)
    )
    assert list(survey.survey_units.values_list("unit_name", "minimum_group")) == [
        ("Ward 7", 5),
        ("Ward 9", 10),
    ]


@pytest.mark.parametrize(
    ("emails", "together"),
    [((), False), (("a@x.example",), False), (("a@x.example", "A@x.example"), False),
     (("a@x.example", "b@x.example"), True)],
)  # fmt: skip
def test_leaders_answer_together_from_two_on(
    trust: Trust, emails: tuple[str, ...], together: bool
) -> None:
    leaders = [Leader("", email) for email in emails]
    for wanted in (True, False):
        trust.launch(
            UnitToAsk(trust.ward_7, 12, leaders=leaders, leaders_together=wanted),
            title=f"Improvement {wanted}",
        )
        unit = SurveyUnit.objects.latest("pk")
        assert unit.leaders_together is (wanted and together)


def test_personal_links_for_staff_and_leaders(trust: Trust) -> None:
    leaders = [
        Leader("Ward manager", trust.manager.email, trust.manager),
        Leader("", "Ann@merrowfield.example"),
        Leader("", "ann@merrowfield.example"),
    ]
    survey = trust.launch(UnitToAsk(trust.ward_7, 12, staff=[*STAFF, STAFF[0]], leaders=leaders))
    invitation = Invitation.objects.first()
    assert invitation is not None
    token = personal_links.token(
        purpose=personal_links.Purpose.INVITATION, source=invitation.link_source
    )
    assert bytes(invitation.token_hash or b"") == personal_links.token_hash(token)
    assert Contact.objects.count() == 3
    assert set(NamedResponse.objects.values_list("name", "user")) == {
        ("Ward manager", trust.manager.pk),
        ("ann@merrowfield.example", None),
    }
    # Five people, each the invitation and two reminders.
    steps = [Message.Step.INVITATION, Message.Step.REMINDER_1, Message.Step.REMINDER_2]
    assert Message.objects.count() == 15
    for step in steps:
        assert Message.objects.filter(step=step).count() == 5
    assert set(Message.objects.filter(step=steps[0]).values_list("due_at", flat=True)) == {
        survey.opens_at
    }
    local = [
        one.due_at.astimezone(trust.organisation.zone)
        for one in Message.objects.filter(step=steps[1])
    ]
    opening = survey.opens_at.astimezone(trust.organisation.zone)
    assert {one.strftime("%H:%M") for one in local} == {"10:00"}
    assert {one.date() - opening.date() for one in local} == {timedelta(days=4)}


def test_reminders_can_be_left_out(trust: Trust) -> None:
    trust.launch(UnitToAsk(trust.ward_7, 12, staff=STAFF), reminder_days=[])
    assert set(Message.objects.values_list("step", flat=True)) == {Message.Step.INVITATION}


@pytest.mark.parametrize(
    ("beyond", "with_list"), [(timedelta(), True), (timedelta(seconds=1), False)]
)
def test_with_a_staff_list_the_result_comes_within_21_days(
    trust: Trust, beyond: timedelta, with_list: bool
) -> None:
    result_at = trust.closing() + timedelta(days=21) + beyond
    unit = UnitToAsk(trust.ward_7, 12, staff=STAFF if with_list else ())
    survey = trust.launch(unit, result_at=result_at)
    person = Person(1, Address("new@merrowfield.example"), "Ward 7")
    asked: dict[str, Any] = {
        **{"survey": survey, "units": [only_unit(survey)]},
        **{"people": [person], "by": trust.manager},
    }
    if with_list:
        assert add_staff(**asked).new
    else:
        with pytest.raises(Refused, match="no more than 21 days"):
            add_staff(**asked)


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"units": []}, "Choose at least one unit"),
        ({"closes": -1}, "Closing must be after opening"),
        ({"result": 9}, "Result date must be after the survey closes"),
        ({"result": 32, "staff": STAFF}, "no more than 21 days after the survey closes"),
        ({"headcount": 0}, "Enter the number of staff"),
        ({"headcount": 12, "k": 5}, "You cannot choose 5 for 12 staff"),
        ({"headcount": 19, "k": 10}, "You cannot choose 10 for 19 staff"),
        ({"headcount": 30, "k": 4}, "You cannot choose 4 for 30 staff"),
        ({"headcount": 6, "staff": STAFF}, "Leave the staff list blank"),
        ({"stranger": True}, "Choose units of your own organisation"),
    ],
)
def test_what_the_rules_do_not_allow_leaves_nothing_behind(
    trust: Trust, what: dict[str, Any], sentence: str
) -> None:
    unit = UnitFactory.create() if what.get("stranger") else trust.ward_7
    asked = UnitToAsk(
        unit, what.get("headcount", 12), minimum_group=what.get("k"), staff=what.get("staff", ())
    )
    fields: dict[str, Any] = {"units": what.get("units", [asked])}
    fields["closes_at"] = timezone.now() + timedelta(days=what.get("closes", 10))
    if "result" in what:
        fields["result_at"] = timezone.now() + timedelta(days=what["result"])
    with pytest.raises(Refused, match=sentence):
        trust.launch(**fields)
    assert not Survey.objects.exists()
    assert not Initiative.objects.exists()
    assert not AuditEntry.objects.filter(organisation=trust.organisation).exists()
