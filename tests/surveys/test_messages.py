"""What is written to whom: the same link each time, short words, signed by the unit."""

import pytest
from django.utils import timezone
from pytest_django import Settings

from fieldwork.actions.launch import UnitToAsk
from responses.queries.answer_page import find_by_token, find_named_by_token
from surveys.actions.distribution import Leader
from surveys.carriers.delivery import OutgoingMessage
from surveys.exchange.addresses import Address
from surveys.models import Contact, Message, Survey, SurveyUnit
from surveys.words.messages import letter_of
from tests.factories import edition_without
from tests.fieldwork.launching import Trust, a_trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust(settings: Settings) -> Trust:
    settings.PUBLIC_URL = "https://fitness.example"
    trust = a_trust()
    trust.open(
        UnitToAsk(
            trust.ward_7,
            12,
            staff=[Address("ann@merrowfield.example")],
            leaders=[Leader("Improvement lead", trust.lead.email, trust.lead)],
        )
    )
    return trust


def written(step: str, **who: object) -> OutgoingMessage:
    message = Message.objects.select_related("survey__organisation", "survey_unit").get(
        step=step, **who
    )
    assert message.survey is not None
    with timezone.override(message.survey.organisation.zone):
        email = letter_of(message)
    assert email is not None
    return email


def link_in(email: OutgoingMessage, route: str) -> str:
    start = f"https://fitness.example/{route}/"
    (line,) = [line for line in email.body.splitlines() if line.startswith(start)]
    return line.removeprefix(start)


def test_a_reminder_carries_the_same_link_as_the_invitation(trust: Trust) -> None:
    who = {"invitation__isnull": False}
    tokens = {
        link_in(written(step, **who), "a") for step in ("invitation", "reminder_1", "reminder_2")
    }
    assert len(tokens) == 1
    page = find_by_token(tokens.pop())
    assert page is not None
    assert page.unit_name == "Ward 7"


def test_the_invitation_says_what_staff_need_to_know(trust: Trust) -> None:
    email = written("invitation", invitation__isnull=False)
    assert email.to == "ann@merrowfield.example"
    assert email.subject == "Staff survey: Fewer falls at night"
    assert email.sender.startswith("Ward 7 <")
    for words in (
        "The problem: Too many patients fall at night.",
        "What would change: We offer help to the toilet at 2am.",
        "There are 45 statements. It takes about 8 minutes on your phone.",
        "only if at least 7 people answer",
        "Taking part is your choice",
    ):
        assert words in email.body
    assert email.body.endswith("Ward 7\nMerrowfield Hospitals\n")
    assert "anonymous" not in email.body


@pytest.mark.parametrize(
    ("language", "whole", "shorter"),
    [
        ("en-GB", "45 statements. It takes about 8 min", "44 statements. It takes about 7 min"),
        ("cy", "45 gosodiad. Mae’n cymryd tua 8 mun", "44 gosodiad. Mae’n cymryd tua 7 mun"),
    ],
)
def test_a_shorter_wording_says_its_own_time(
    trust: Trust, language: str, whole: str, shorter: str
) -> None:
    Contact.objects.update(language=language)
    assert whole in written("invitation", invitation__isnull=False).body
    Survey.objects.update(ward_edition=edition_without("CTX05", trust.organisation))
    assert shorter in written("invitation", invitation__isnull=False).body


def test_a_leader_is_told_that_the_sheet_is_in_their_name(trust: Trust) -> None:
    email = written("invitation", named_response__isnull=False)
    assert email.to == trust.lead.email
    assert "You answer in your own name." in email.body
    assert "guess whose it is" in email.body
    page = find_named_by_token(link_in(email, "l"))
    assert page is not None
    assert page.name == "Improvement lead"


def test_leaders_who_answer_together_are_told_who_and_that_one_form_counts(trust: Trust) -> None:
    trust.open(
        UnitToAsk(
            trust.ward_9,
            12,
            leaders=[
                Leader("Improvement lead", trust.lead.email, trust.lead),
                Leader("Ann Lee", "ann.lee@merrowfield.example"),
            ],
            leaders_together=True,
        )
    )
    email = written("invitation", named_response__name="Ann Lee")
    assert "please agree one leaders’ form together." in email.body
    assert "You answer together: Ann Lee, Improvement lead." in email.body
    assert "It counts for all of you." in email.body
    assert "own name" not in email.body
    reminder = written("reminder_1", named_response__name="Ann Lee")
    assert "You answer together: Ann Lee, Improvement lead." in reminder.body


def test_a_manager_hears_that_it_opened_and_where(trust: Trust) -> None:
    email = written("opened", user=trust.manager)
    assert email.subject == "Survey open: Fewer falls at night"
    survey = Message.objects.get(step="opened", user=trust.manager).survey
    assert survey is not None
    assert f"https://fitness.example/o/merrowfield/surveys/{survey.pk}/" in email.body


def test_an_erased_address_gets_nothing(trust: Trust) -> None:
    Contact.objects.all().delete()
    message = Message.objects.get(step="invitation", invitation__isnull=False)
    assert letter_of(message) is None


def test_a_title_with_line_breaks_cannot_add_headers(trust: Trust) -> None:
    message = Message.objects.get(step="invitation", invitation__isnull=False)
    assert message.survey is not None
    message.survey.title = "Falls\r\nBcc: all@merrowfield.example"
    email = letter_of(message)
    assert email is not None
    assert "\n" not in email.subject


@pytest.mark.parametrize(
    ("state", "mode", "subject", "said", "never"),
    [
        ("counted", "joint", "Result ready", "the team can now see the result.", "No result"),
        ("too_few", "joint", "No result", "before the team sent its joint form.", "deleted"),
        ("too_few", "sealed", "No result", "Fewer than 7 of 12 staff answered", "joint form"),
    ],
)
def test_manager_and_lead_hear_what_came_of_the_form_their_team_had(
    trust: Trust, state: str, mode: str, subject: str, said: str, never: str
) -> None:
    unit = SurveyUnit.objects.get()
    Message.objects.create(
        survey=unit.survey, survey_unit=unit, user=trust.manager,
        step="result_ready", due_at=timezone.now(),
    )  # fmt: skip
    SurveyUnit.objects.update(state=state, mode=mode)
    notice = written("result_ready")
    assert notice.subject.startswith(f"{subject}: ")
    assert said in notice.body
    assert never not in notice.subject + notice.body
