"""What is said of numbers: none yet, none since a restart, one that replaces another."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.actions.measures import Typed, add_numbers, end_measure, restart_chart
from initiatives.models import Commitment, Initiative, Measure, Point, SmallTest
from tests.factories import CommitmentFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
BEFORE = "Count for at least 2 weeks before the improvement starts."
ACTIVE, PROPOSED = Initiative.State.ACTIVE, Initiative.State.PROPOSED


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def counted(trust: Trust, state: str = ACTIVE) -> Measure:
    initiative = an_initiative(trust)
    begins_on = TODAY() - timedelta(weeks=8) if state == ACTIVE else None
    CommitmentFactory.create(
        initiative=initiative, unit=trust.ward_7, state=state, begins_on=begins_on
    )
    return Measure.objects.create(
        initiative=initiative,
        unit=trust.ward_7,
        name="Falls at night",
        every="week",
        better="less",
        added_by=trust.manager,
    )


def address(trust: Trust, measure: Measure, rest: str = "") -> str:
    return trust.url(f"initiatives/{measure.initiative_id}/units/{measure.unit_id}/{rest}")


@pytest.mark.parametrize(("state", "is_told"), [(PROPOSED, True), (ACTIVE, False)])
def test_nobody_is_told_to_count_before_what_has_started(
    trust: Trust, client: Client, state: str, is_told: bool
) -> None:
    measure = counted(trust, state)
    client.force_login(trust.manager)
    page = client.get(address(trust, measure)).text
    assert "No numbers yet." in page
    assert (BEFORE in page) is is_told
    form = client.get(address(trust, measure, "measures/add")).text
    assert ("Begin before the improvement starts" in form) is is_told
    assert ("The improvement has started." in form) is not is_told
    Measure.objects.all().delete()
    page = client.get(address(trust, measure)).text
    assert "Nothing is counted yet" in page
    assert ("2 weeks before you start" in page) is is_told
    assert Commitment.objects.get().state == state


def test_after_a_restart_the_numbers_before_it_are_still_there(
    trust: Trust, client: Client
) -> None:
    measure = counted(trust)
    number = Typed(TODAY() - timedelta(days=1), Decimal(9))
    add_numbers(measure=measure, numbers=[number], by=trust.manager)
    restart_chart(measure=measure, day=TODAY(), why="A new rota", by=trust.manager)
    client.force_login(trust.manager)
    page = client.get(address(trust, measure)).text
    assert "No numbers since the chart was restarted." in page
    assert "No numbers yet" not in page


def test_a_number_that_replaces_another_says_which(trust: Trust, client: Client) -> None:
    measure = counted(trust)
    client.force_login(trust.manager)
    add = address(trust, measure, f"measures/{measure.pk}/add")
    for value, said in (("9", False), ("9", False), ("7", True)):
        sent = {"value": value, "day": "2026-07-13"}
        page = client.post(add, sent, follow=True).text
        assert "Number saved" in page
        assert ("It replaces 9 for Monday 13 July" in page) is said


def test_pasted_numbers_keep_the_notes_of_their_days(trust: Trust, client: Client) -> None:
    measure = counted(trust)
    noted = Typed(date(2026, 7, 13), Decimal(9), note="Short of staff")
    add_numbers(measure=measure, numbers=[noted], by=trust.manager)
    client.force_login(trust.manager)
    sent = {"numbers": "13/07/2026\t7\n20/07/2026\t8", "save": "1"}
    client.post(address(trust, measure, f"measures/{measure.pk}/paste"), sent)
    kept = [(int(one.value), one.note) for one in Point.objects.all()]
    assert kept == [(7, "Short of staff"), (8, "")]


@pytest.mark.parametrize(
    ("days", "year", "said"),
    [
        (0, None, ""),
        (1, None, "Enter today or an earlier day."),
        (0, 2000, ""),
        (0, 1999, "Enter a date and a number."),
        (0, 206, "Enter a date and a number."),
    ],
)
def test_days_that_cannot_be_meant_are_found_before_saving(
    trust: Trust, client: Client, days: int, year: int | None, said: str
) -> None:
    measure = counted(trust)
    client.force_login(trust.manager)
    day = TODAY() + timedelta(days=days) if year is None else date(year, 2, 1)
    line = f"{day.isoformat()}\t9"
    paste = address(trust, measure, f"measures/{measure.pk}/paste")
    checked = client.post(paste, {"numbers": line})
    assert checked.status_code == (422 if said else 200)
    assert said in checked.text


def test_days_at_the_foot_of_a_chart_are_short(trust: Trust, client: Client) -> None:
    """Two long ones lie on top of each other on a phone."""
    measure = counted(trust)
    last = TODAY().year - 1
    numbers = [Typed(date(last, month, 1), Decimal(9)) for month in (1, 9)]
    add_numbers(measure=measure, numbers=numbers, by=trust.manager)
    client.force_login(trust.manager)
    page = client.get(address(trust, measure)).text
    assert f">1 Jan {last}<" in page
    assert f">1 Sep {last}<" in page


@pytest.mark.parametrize("rest", ["add", "paste", "restart"])
def test_what_is_no_longer_counted_is_not_asked_for(
    trust: Trust, client: Client, rest: str
) -> None:
    measure = counted(trust)
    client.force_login(trust.manager)
    asked = address(trust, measure, f"measures/{measure.pk}/{rest}")
    assert client.get(asked).status_code == 200
    end_measure(measure=measure, by=trust.manager)
    page = client.get(asked, follow=True)
    assert page.request["PATH_INFO"] == address(trust, measure)
    assert "You have stopped counting this." in page.text


def test_how_a_small_test_went_is_asked_once(trust: Trust, client: Client) -> None:
    measure = counted(trust)
    on = {"initiative": measure.initiative, "unit": measure.unit, "added_by": trust.manager}
    test = SmallTest.objects.create(number=1, what="Trays", expects="More", until=TODAY(), **on)
    client.force_login(trust.manager)
    asked = address(trust, measure, f"tests/{test.pk}")
    said = {"happened": "More", "outcome": "keep", "following": ""}
    assert client.get(asked).status_code == 200
    for _ in range(2):  # pressed twice
        assert client.post(asked, said).status_code == 302
    page = client.get(asked, follow=True)
    assert "How this test went has been said already." in page.text
    assert "What happened?" not in page.text
