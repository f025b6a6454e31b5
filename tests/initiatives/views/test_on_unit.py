"""An improvement on one unit: its measures with their charts, its small tests, its actions."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from initiatives.actions.measures import Typed, add_numbers, start_measure
from initiatives.models import Commitment, Initiative, Measure, Point, Responsibility, SmallTest
from organisations.models import Role
from tests.factories import CommitmentFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db
BEGAN = 8  # weeks ago


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def here(trust: Trust) -> Commitment:
    made: Commitment = CommitmentFactory.create(
        initiative=an_initiative(trust),
        unit=trust.ward_7,
        state=Initiative.State.ACTIVE,
        begins_on=weeks_ago(BEGAN),
    )
    return made


@pytest.fixture
def measure(trust: Trust, here: Commitment) -> Measure:
    return start_measure(
        commitment=here,
        name="Falls at night",
        every="week",
        better="less",
        is_watch=False,
        by=trust.manager,
    )


def weeks_ago(weeks: int) -> date:
    return timezone.localdate() - timedelta(weeks=weeks)


def count(trust: Trust, measure: Measure, before: int, after: int) -> None:
    """12, 13, 12, … before it began, then 8s."""
    values = [12 + place % 2 for place in range(before)] + [8] * after
    first = BEGAN + before
    add_numbers(
        measure=measure,
        numbers=[
            Typed(weeks_ago(first - place), Decimal(value)) for place, value in enumerate(values)
        ],
        by=trust.lead,
    )


def address(trust: Trust, here: Commitment, rest: str = "") -> str:
    return trust.url(f"initiatives/{here.initiative_id}/units/{here.unit_id}/{rest}")


def test_a_change_is_said_before_the_chart(
    trust: Trust,
    here: Commitment,
    measure: Measure,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    count(trust, measure, 12, 8)
    for place in range(5):
        SmallTest.objects.create(
            initiative=here.initiative,
            unit=here.unit,
            number=place + 1,
            what=f"Test {place}",
            expects="Fewer",
            until=weeks_ago(0),
            added_by=trust.lead,
        )
    client.force_login(trust.manager)
    with django_assert_max_num_queries(10):
        page = client.get(address(trust, here)).text
    assert "8 weeks in a row are below the usual mean. This is the way you hoped for." in page
    assert page.count("app-chart__signal") == 8
    assert "Solid line: the mean, 12.5." in page
    assert "the 12 weeks before it started" in page
    assert page.count("Shows the change") == 8


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (0, 0, "No numbers yet."),
        (8, 4, "Too few weeks from before it started to see a change (8 of 12)."),
        (12, 1, "No clear change yet."),
        (0, 5, "Too few weeks counted to see a change (5 of 12)."),
    ],
)
def test_what_cannot_be_said_is_not(
    trust: Trust,
    here: Commitment,
    measure: Measure,
    client: Client,
    before: int,
    after: int,
    said: str,
) -> None:
    count(trust, measure, before, after)
    client.force_login(trust.lead)
    page = client.get(address(trust, here)).text
    assert said in page
    assert "Something has changed" not in page


def test_numbers_on_both_sides_are_no_way_that_was_hoped_for(
    trust: Trust, here: Commitment, measure: Measure, client: Client
) -> None:
    count(trust, measure, 12, 0)
    numbers = [Typed(weeks_ago(2), Decimal(30)), Typed(weeks_ago(1), Decimal(1))]
    add_numbers(measure=measure, numbers=numbers, by=trust.lead)
    client.force_login(trust.lead)
    page = client.get(address(trust, here)).text
    assert "2 of the last 12 weeks are outside the usual range, some above it and some" in page
    assert "hoped for" not in page


def test_who_only_reads_has_no_buttons(
    trust: Trust, here: Commitment, measure: Measure, client: Client
) -> None:
    client.force_login(trust.member(Role.REVIEWER))
    page = client.get(address(trust, here)).text
    assert "Falls at night" in page
    assert "Add a number" not in page
    assert "Start a small test" not in page
    added = client.post(address(trust, here, f"measures/{measure.pk}/add"), {"value": "3"})
    assert added.status_code == 403


def test_whoever_is_responsible_works_on_it(
    trust: Trust, here: Commitment, measure: Measure, client: Client
) -> None:
    sponsor = trust.member(Role.REVIEWER)
    Responsibility.objects.create(
        initiative=here.initiative, part=Responsibility.Part.SPONSOR, user=sponsor
    )
    client.force_login(sponsor)
    assert "Add a number" in client.get(address(trust, here)).text


def test_from_a_measure_to_a_number(trust: Trust, here: Commitment, client: Client) -> None:
    client.force_login(trust.manager)
    started = client.post(
        address(trust, here, "measures/watch"),
        {"name": "Call bells", "every": "week", "better": "less"},
        follow=True,
    )
    assert "What could get worse" in started.text
    measure = Measure.objects.get()
    assert measure.is_watch
    sent = client.post(
        address(trust, here, f"measures/{measure.pk}/add"),
        {"value": "9 of 12", "day": weeks_ago(1).isoformat(), "note": "Short of staff"},
        follow=True,
    )
    assert "9 of 12 (75%)" in sent.text
    assert "Short of staff" in sent.text
    point = Point.objects.get()
    assert (point.value, point.of) == (Decimal(9), 12)


@pytest.mark.parametrize(
    ("value", "day", "said"),
    [
        ("", "2026-07-13", "Enter a number"),
        ("nine", "2026-07-13", "Enter a number"),
        ("-3", "2026-07-13", "Enter a number"),
        ("1.234", "2026-07-13", "Enter a number"),
        ("13 of 12", "2026-07-13", "Enter a number"),
        ("0 of 0", "2026-07-13", "Enter a number"),
        ("99999999999", "2026-07-13", "Enter a number"),
        ("3", "31 02 2026", "Enter a date"),
        ("3", f"{timezone.localdate() + timedelta(2)}", "today or an earlier day"),
    ],
)
def test_a_number_that_is_none(
    trust: Trust,
    here: Commitment,
    measure: Measure,
    client: Client,
    value: str,
    day: str,
    said: str,
) -> None:
    client.force_login(trust.manager)
    sent = client.post(
        address(trust, here, f"measures/{measure.pk}/add"), {"value": value, "day": day}
    )
    assert sent.status_code == 422
    assert said in sent.text
    assert not Point.objects.exists()


def test_pasted_numbers_are_checked_then_saved(
    trust: Trust, here: Commitment, measure: Measure, client: Client
) -> None:
    client.force_login(trust.manager)
    paste = address(trust, here, f"measures/{measure.pk}/paste")
    text = "13/07/2026\t12\r\n20 July 2026\t9.5\r\n\r\n"
    checked = client.post(paste, {"numbers": text})
    assert "We have not saved anything yet." in checked.text
    assert "Save 2 numbers" in checked.text
    assert not Point.objects.exists()
    for said in ("2 numbers saved", "0 numbers saved"):
        saved = client.post(paste, {"numbers": text, "save": "1"}, follow=True)
        assert said in saved.text
    assert list(Point.objects.values_list("day", "value")) == [
        (date(2026, 7, 13), 12),
        (date(2026, 7, 20), Decimal("9.5")),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Paste at least one line"),
        ("13/07/2026", "Line 1: “13/07/2026”. Enter a date and a number."),
        ("13/07/2026;4\nday;5", "Line 2: “day;5”. Enter a date and a number."),
        ("13/07/2026,4\n2026-07-13,5", "Line 2: this date is there twice."),
    ],
)
def test_pasted_lines_to_correct(
    trust: Trust, here: Commitment, measure: Measure, client: Client, text: str, said: str
) -> None:
    client.force_login(trust.manager)
    sent = client.post(
        address(trust, here, f"measures/{measure.pk}/paste"), {"numbers": text, "save": "1"}
    )
    assert sent.status_code == 422
    assert said in sent.text
    assert not Point.objects.exists()


def test_a_small_test_kept_with_a_change_leads_to_the_next(
    trust: Trust, here: Commitment, client: Client
) -> None:
    client.force_login(trust.manager)
    started = client.post(
        address(trust, here, "tests/add"),
        {"what": "Red trays in bay 2", "expects": "Half", "until": weeks_ago(-1).isoformat()},
        follow=True,
    )
    assert "Now: Red trays in bay 2" in started.text
    test = SmallTest.objects.get()
    ended = client.post(
        address(trust, here, f"tests/{test.pk}"),
        {"happened": "9 of 12", "outcome": "change", "following": "The tray says why"},
        follow=True,
    )
    assert 'value="The tray says why"' in ended.text
    assert "Kept with a change." in client.get(address(trust, here)).text


def test_the_chart_is_restarted_and_counting_ends(
    trust: Trust, here: Commitment, measure: Measure, client: Client
) -> None:
    count(trust, measure, 12, 8)
    client.force_login(trust.manager)
    base = f"measures/{measure.pk}"
    restarted = client.post(
        address(trust, here, f"{base}/restart"),
        {"day": weeks_ago(BEGAN).isoformat(), "why": "A new rota"},
        follow=True,
    )
    assert "Too few weeks counted to see a change (8 of 12)." in restarted.text
    assert "A new rota" in restarted.text
    ended = client.post(address(trust, here, f"{base}/end"), follow=True)
    assert "You have stopped counting: Falls at night." in ended.text
    assert "No longer counted: 1" in ended.text


def test_another_units_measure_is_not_found(
    trust: Trust, here: Commitment, measure: Measure, client: Client
) -> None:
    other = CommitmentFactory.create(initiative=here.initiative, unit=trust.ward_9)
    client.force_login(trust.lead)
    assert client.get(address(trust, other, f"measures/{measure.pk}/add")).status_code == 404


def test_the_improvement_leads_to_its_units(trust: Trust, here: Commitment, client: Client) -> None:
    client.force_login(trust.manager)
    page = client.get(trust.url(f"initiatives/{here.initiative_id}/")).text
    assert address(trust, here) in page
