"""The list of surveys, for each role, empty and full."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from fieldwork.actions.launch import UnitToAsk
from fieldwork.queries.launching import editions_on_offer
from instruments.models import Version
from organisations.models import Role
from surveys.actions.distribution import Leader
from surveys.models import Survey
from surveys.words.no_result import no_result_words
from tests.factories import MembershipFactory, UnitFactory, edition_without
from tests.fieldwork.launching import Trust, a_trust

pytestmark = pytest.mark.django_db
SEALED = ("sealed", "sealed")


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_a_stranger_finds_nothing(trust: Trust, client: Client) -> None:
    client.force_login(MembershipFactory.create().user)
    assert client.get(trust.url("surveys/")).status_code == 404


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR])
def test_the_list_is_for_those_who_steer(trust: Trust, client: Client, role: Role) -> None:
    client.force_login(trust.member(role))
    assert client.get(trust.url("surveys/")).status_code == 403


def test_no_survey_yet_says_what_one_gets(trust: Trust, client: Client) -> None:
    client.force_login(trust.manager)
    page = page_of(client, trust.url("surveys/"))
    assert "No surveys yet" in page
    assert "Launch your first survey" in page
    assert "not a real team" in page
    assert "It takes about 8 minutes." in page


def test_it_says_how_long_the_usual_wording_takes(trust: Trust, client: Client) -> None:
    shorter = edition_without("CTX05", trust.organisation)
    assert editions_on_offer(trust.organisation)[0] == shorter
    client.force_login(trust.manager)
    assert "It takes about 7 minutes." in page_of(client, trust.url("surveys/"))
    Version.objects.update(state=Version.State.RETIRED)
    assert "It takes a few minutes." in page_of(client, trust.url("surveys/"))


def test_the_list_holds_what_is_within_reach(trust: Trust, client: Client) -> None:
    trust.open(title="Ours")
    trust.open(UnitToAsk(trust.ward_9, 22), title="Theirs")
    trust.open(UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 22), title="Both")
    client.force_login(trust.manager)
    page = page_of(client, trust.url("surveys/"))
    assert "Ours" in page
    assert "Both" in page
    assert "Theirs" not in page
    assert "Ward 9" not in page


def test_the_page_costs_the_same_for_many_surveys(
    trust: Trust, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    leader = Leader("L", trust.lead.email, trust.lead)
    for number in range(6):
        unit = UnitFactory.create(organisation=trust.organisation, parent=trust.medicine)
        trust.open(UnitToAsk(unit, 12, leaders=[leader]), title=f"Improvement {number}")
    client.force_login(trust.lead)
    with django_assert_num_queries(10):
        client.get(trust.url("surveys/"))


@pytest.mark.parametrize(
    ("states", "modes", "words"),
    [
        (("counted", "counted"), SEALED, "Result ready"),
        (("counted", "too_few"), SEALED, "Result ready: 1 of 2 units"),
        (("too_few", "too_few"), SEALED, "No result: too few answers"),
        (("too_few", "too_few"), ("joint", "joint"), "No result: joint form not sent"),
        (("too_few", "too_few"), ("joint", "sealed"), "No result"),
    ],
)
def test_no_result_is_ready_where_the_answers_were_destroyed(
    trust: Trust, client: Client, states: tuple[str, str], modes: tuple[str, str], words: str
) -> None:
    survey = trust.launch(UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 22))
    units = survey.survey_units.order_by("pk")
    for unit, state, mode in zip(units, states, modes, strict=True):
        unit.state, unit.mode, unit.published_at = state, mode, timezone.now()
        unit.save()
    survey.state = Survey.State.PUBLISHED
    survey.save()
    client.force_login(trust.lead)
    for address in ("surveys/", f"surveys/{survey.pk}/"):
        page = page_of(client, trust.url(address))
        assert f"{words}<" in page.replace(" <", "<")
    client.force_login(trust.manager)  # of the first unit alone
    words = "Result ready" if states[0] == "counted" else no_result_words(units[0])
    assert f"{words}<" in page_of(client, trust.url("surveys/"))
