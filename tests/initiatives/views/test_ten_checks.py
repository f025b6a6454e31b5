"""The ten checks of an improvement: filled in from the register, answered in one sentence."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from initiatives.actions.measures import Typed, add_numbers, start_measure
from initiatives.models import CheckAnswer, Commitment, Initiative, Responsibility
from initiatives.queries.ten_checks import known_of
from organisations.models import AuditEntry, Role
from tests.factories import CommitmentFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def here(trust: Trust) -> Commitment:
    made: Commitment = CommitmentFactory.create(
        initiative=an_initiative(trust),
        unit=trust.ward_7,
        hours_a_week=3,
        state=Initiative.State.ACTIVE,
        begins_on=timezone.localdate() - timedelta(weeks=2),
    )
    return made


def address(trust: Trust, here: Commitment, rest: str = "") -> str:
    return trust.url(f"initiatives/{here.initiative_id}/checks/{rest}")


def count(trust: Trust, here: Commitment, before: int) -> None:
    measure = start_measure(
        commitment=here, name="Falls", every="week", better="less", is_watch=False, by=trust.lead
    )
    days = [timezone.localdate() - timedelta(weeks=2 + place) for place in range(before + 1)]
    add_numbers(measure=measure, numbers=[Typed(day, Decimal(2)) for day in days], by=trust.lead)


def test_what_is_known_is_counted_once(trust: Trust, here: Commitment) -> None:
    CommitmentFactory.create(initiative=here.initiative, unit=trust.ward_9, hours_a_week=None)
    count(trust, here, 4)
    for part in ("led_by", "sponsor"):
        Responsibility.objects.create(initiative=here.initiative, part=part, words="A role")
    known = known_of(here.initiative)
    assert (known.measures, known.numbers, known.before, known.watches) == (1, 5, 4, 0)
    assert (known.has_hours, known.is_below_limit, known.parts) == (True, True, 2)


def test_the_page_fills_in_what_is_known_and_suggests_for_the_rest(
    trust: Trust,
    here: Commitment,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    count(trust, here, 4)
    client.force_login(trust.manager)
    with django_assert_max_num_queries(12):
        page = client.get(address(trust, here)).text
    assert "1 answered, 2 partly answered, 7 open" in page
    assert "1 thing counted, 4 numbers from before it started" in page
    assert "not a score" in page
    assert page.count('<ul class="app-suggestions') == 3
    assert address(trust, here) in client.get(trust.url(f"initiatives/{here.initiative_id}/")).text


def test_an_answer_is_kept_beside_earlier_ones(
    trust: Trust, here: Commitment, client: Client
) -> None:
    client.force_login(trust.manager)
    for answer in ("The nutrition plan", "The nutrition plan", "The falls plan"):
        sent = client.post(address(trust, here, "5"), {"answer": answer}, follow=True)
        assert answer in sent.text
    said = CheckAnswer.objects.values_list("answer", flat=True)
    assert list(said) == ["The nutrition plan", "The falls plan"]
    assert AuditEntry.objects.filter(action="check answered").count() == 2
    assert "The nutrition plan" not in client.get(address(trust, here)).text


@pytest.mark.parametrize(
    ("answer", "said"), [("", "Enter your answer"), ("x" * 241, "Use 240 characters or fewer")]
)
def test_an_answer_that_is_none(
    trust: Trust, here: Commitment, client: Client, answer: str, said: str
) -> None:
    client.force_login(trust.manager)
    sent = client.post(address(trust, here, "5"), {"answer": answer})
    assert (sent.status_code, said in sent.text) == (422, True)
    assert not CheckAnswer.objects.exists()


@pytest.mark.parametrize("number", ["0", "11"])
def test_there_is_no_other_check(
    trust: Trust, here: Commitment, client: Client, number: str
) -> None:
    client.force_login(trust.manager)
    assert client.get(address(trust, here, number)).status_code == 404


def test_a_reviewer_reads_and_answers_only_as_sponsor(
    trust: Trust, here: Commitment, client: Client
) -> None:
    reviewer = trust.member(Role.REVIEWER)
    client.force_login(reviewer)
    page = client.get(address(trust, here))
    assert (page.status_code, "Answer<" in page.text) == (200, False)
    assert client.post(address(trust, here, "5"), {"answer": "x"}).status_code == 403
    Responsibility.objects.create(initiative=here.initiative, part="sponsor", user=reviewer)
    assert client.post(address(trust, here, "5"), {"answer": "x"}).status_code == 302


def test_numbers_from_before_are_those_of_one_measure(trust: Trust, here: Commitment) -> None:
    for _ in range(2):
        count(trust, here, 2)
        here.initiative.measures.update(name=f"Falls {here.initiative.measures.count()}")
    known = known_of(here.initiative)
    assert (known.measures, known.numbers, known.before) == (2, 6, 2)


def test_the_sign_to_stop_is_said_and_revoked_by_who_works_on_it(
    trust: Trust, here: Commitment, client: Client
) -> None:
    client.force_login(trust.manager)
    refused = client.post(address(trust, here, "stop-sign"), follow=True).text
    assert "Answer check 10 first" in refused
    assert "The sign to stop has come" not in client.get(address(trust, here)).text
    client.post(address(trust, here, "10"), {"answer": "More falls than before"})
    assert "The sign to stop has come" in client.get(address(trust, here)).text
    for _ in range(2):
        said = client.post(address(trust, here, "stop-sign"), follow=True).text
        assert "It has not come" in said
    here.initiative.refresh_from_db()
    assert here.initiative.stop_sign_on == timezone.localdate()
    client.post(address(trust, here, "stop-sign"), {"revoked": "1"})
    here.initiative.refresh_from_db()
    assert here.initiative.stop_sign_on is None
    trail = AuditEntry.objects.filter(action__startswith="stop sign").order_by("pk")
    assert [one.action for one in trail] == ["stop sign has come", "stop sign revoked"]
    Initiative.objects.update(state="stopped")
    over = client.post(address(trust, here, "stop-sign"), follow=True).text
    assert "There is nothing to review" in over


def test_a_reviewer_does_not_say_that_the_sign_has_come(
    trust: Trust, here: Commitment, client: Client
) -> None:
    CheckAnswer.objects.create(
        initiative=here.initiative, number=10, answer="More falls", answered_by=trust.lead
    )
    client.force_login(trust.member(Role.REVIEWER))
    assert client.post(address(trust, here, "stop-sign")).status_code == 403
    assert "The sign to stop has come" not in client.get(address(trust, here)).text
