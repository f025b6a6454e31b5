"""Change since the last audit: the same for members and on the unit's own page.

Over 300 lines: each kind of change is told on the same two pages.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.actions.plan import add_action, add_priority
from initiatives.models import Action
from organisations.models import Role
from results.models import ContextNote
from scoring.models import Snapshot
from surveys.models import Survey, SurveyUnit
from tests.factories import SurveyFactory
from tests.published_house import House
from tests.results.changes import another, audit, with_change
from tests.results.payloads import payload


@pytest.fixture
def audits(house: House) -> list[SurveyUnit]:
    first = audit(house, payload(), days_ago=200, code="first")
    rise = {
        "before": 1.2, "now": 2.4, "difference": 1.2, "interval": [0.7, 1.7],
        "word": "clear rise", "statements": [6, 7],
    }  # fmt: skip
    few = {
        "difference": None, "interval": None, "before_interval": None,
        "word": "too few answers to tell", "why": "few_statements",
    }  # fmt: skip
    other = {
        "difference": None, "interval": None, "word": None, "withheld": "other_wording",
        "before": 4.9,
    }  # fmt: skip
    made = with_change(first, first, MGR=rise, MSG=few, LRN=other)
    return [first, audit(house, made, days_ago=20, code="second")]


def test_the_page_says_what_changed_and_how_sure_that_is(
    house: House, audits: list[SurveyUnit], client: Client
) -> None:
    client.force_login(house.member(Role.MANAGER, house.ward_7))
    page = client.get(house.address(audits[1]) + "change?figures=1").content.decode()
    assert "<b>1 clear rise:</b> managers leading the change." in page
    assert "That does not mean that nothing changed." in page
    assert "From 1.2 to 2.4, up 1.2 (0.7 to 1.7). Compared over 6 of 7 statements." in page
    assert "From 1.5 to 1.8. The difference could be chance." in page
    assert "Too many people left statements out here." in page
    assert "15 of 21 people answered in May 2026 and 14 of 22 in" in page
    assert "With so few, a true change of about 0.9 points is called clear in 4 of 5" in page
    assert "at least 0.3 points. 0.3 is our convention. 7 sections are compared" in page
    assert "May 2026: 15 of 21 answered" in page
    assert page.count('class="app-chart__before"') == 7, "six sections and the legend"
    assert "4.9" not in page, "what is not compared is not shown"
    assert "has not been validated" in page


def test_a_correction_is_said(house: House, audits: list[SurveyUnit], client: Client) -> None:
    old = audits[1].snapshots.get()
    assert "Corrected on" not in client.get("/w/second/change").content.decode()
    Snapshot.objects.create(
        survey_unit=audits[1], number=2, released_at=timezone.now(), payload=old.payload,
        replaces=old, reason="the audit before was corrected",
    )  # fmt: skip
    page = client.get("/w/second/change").content.decode()
    assert "because: the audit before was corrected." in page


def test_the_ward_reads_the_same(house: House, audits: list[SurveyUnit], client: Client) -> None:
    ward = client.get("/w/second/change").content.decode()
    client.force_login(house.member(Role.LEAD))
    lead = client.get(house.address(audits[1]) + "change").content.decode()
    start, end = "<h1>", '<p class="app-notice">'
    assert ward[ward.index(start) : ward.index(end)] == lead[lead.index(start) : lead.index(end)]


def test_audits_of_a_unit_lead_to_each_other(
    house: House, audits: list[SurveyUnit], client: Client
) -> None:
    first, second = audits
    client.force_login(house.member(Role.MANAGER, house.ward_7))
    page = client.get(house.address(second)).content.decode()
    assert f'href="{house.address(second)}change"' in page
    assert f'href="{house.address(first)}"' in page
    assert f'href="{house.address(second)}"' in client.get(house.address(first)).content.decode()
    client.logout()
    ward = client.get("/w/second").content.decode()
    assert 'href="/w/first"' in ward
    assert 'href="/w/second/change"' in ward
    assert "/o/" not in ward


def test_the_first_result_has_nothing_to_compare_with(
    house: House, audits: list[SurveyUnit], client: Client
) -> None:
    page = client.get("/w/first/change").content.decode()
    assert "This is the first result of this unit." in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"edition": {"name": "Verbatim", "label": ""}},
            "Different wording asks a different question",
        ),
        ({"version": "0"}, "version 0, this one version 1"),
    ],
)
def test_other_wording_is_said_and_not_compared(
    house: House, client: Client, values: dict[str, Any], sentence: str
) -> None:
    first = audit(house, payload(), days_ago=200, code="first")
    made = with_change(first)
    assert made["change"] is not None
    for section in made["change"]["sections"]:
        section["withheld"] = "other_wording"
    made["change"].update(values)  # type: ignore[typeddict-item]
    audit(house, made, days_ago=20, code="second")
    Survey.objects.update(initiative=first.survey.initiative)
    note_on(house, date(2026, 5, 3), "Ward 3 moved in.")
    page = client.get("/w/second/change").content.decode()
    assert sentence in page
    assert "app-chart__before" not in page
    assert "Ward 3 moved in." in page


def note_on(house: House, day: date, text: str, audit: SurveyUnit | None = None) -> None:
    by = house.member(Role.LEAD)
    ContextNote.objects.create(
        unit=house.ward_7, survey_unit=audit, day=day, text=text, written_by=by
    )


def test_notes_between_the_two_audits_or_on_one_of_them_stand_there(
    house: House, audits: list[SurveyUnit], client: Client
) -> None:
    note_on(house, date(2026, 5, 3), "Between them.")
    note_on(house, date(2026, 5, 2), "Before them.")
    note_on(house, timezone.localdate(), "After both.")
    note_on(house, date(2026, 1, 1), "On the first alone.", audits[0])
    page = client.get("/w/second/change").content.decode()
    words = ("Between them.", "Before them.", "After both.", "On the first alone.")
    assert [text in page for text in words] == [True, False, False, True]


def an_action(
    house: House,
    unit: SurveyUnit,
    what: str,
    state: str,
    *,
    days_ago: float,
    closed: int = 30,
    outcome: str = "",
) -> None:
    """Added so many days ago, and closed so many, where it is."""
    by = house.member(Role.MANAGER, house.ward_7)
    priority = add_priority(
        initiative=unit.survey.initiative, unit=house.ward_7, result=unit.pk or 1,
        title="Say what is meant", needs_help=False, help_from="", link="/", by=by,
        code="MGR02", wording="Managers lead.", figure="low", n=None,
    )  # fmt: skip
    action = add_action(
        priority=priority, what=what, owner="Ward sister", due_on=timezone.localdate(), by=by
    )
    added = timezone.now() - timedelta(days=days_ago)
    Action.objects.filter(pk=action.pk).update(
        state=state,
        outcome=outcome,
        added_at=added,
        closed_on=None
        if state in ("planned", "doing")
        else timezone.localdate() - timedelta(days=closed),
    )


def test_what_was_done_between_the_surveys_is_told_with_what_came_of_it(
    house: House, audits: list[SurveyUnit], client: Client
) -> None:
    second = audits[1]
    an_action(house, second, "Dropped idea", "dropped", days_ago=90, outcome="No room.")
    an_action(house, second, "Board round at ten", "done", days_ago=100, outcome="Kept up.")
    an_action(house, second, "On the last day", "done", days_ago=100, closed=20)
    an_action(house, second, "Of the plan before", "done", days_ago=300, closed=199)
    an_action(house, second, "Long in progress", "doing", days_ago=300)
    an_action(house, second, "Still planned", "planned", days_ago=100)
    an_action(house, second, "Before both", "done", days_ago=201, closed=200)
    an_action(house, second, "After both", "done", days_ago=19, closed=10)
    an_action(house, second, "Done after both", "done", days_ago=100, closed=19)
    other = SurveyFactory.create(organisation=house.organisation)
    an_action(house, SurveyUnit(survey=other), "Of another improvement", "done", days_ago=100)
    page = client.get("/w/second/change").content.decode()
    between = page[page.index("What we did in between") : page.index('class="app-legend"')]
    order = ("Board round at ten", "Long in progress", "Dropped idea")
    assert [between.index(what) for what in order] == sorted(map(between.index, order))
    assert "On the last day" in between and "Of the plan before" in between
    assert "Kept up." in between
    assert "No room." in between
    for absent in ("Still planned", "Before both", "After both", "Of another improvement"):
        assert absent not in page
    assert "Done after both" not in page


@pytest.mark.parametrize(("staff", "answered", "grown", "few"), [
    (21, 15, False, False), (26, 16, False, False), (27, 17, True, False), (22, 13, False, True),
])  # fmt: skip
def test_warnings_stand_before_the_change_only_where_they_are_true(
    house: House, client: Client, staff: int, answered: int, grown: bool, few: bool
) -> None:
    first = audit(house, payload(), days_ago=200, code="first")
    made = with_change(first)
    audit(house, {**made, "headcount": staff, "answered": answered}, days_ago=20, code="second")
    page = client.get("/w/second/change").content.decode()
    assert "cannot know how many people answered both times" in page
    assert (f"The team has grown from 21 to {staff} staff." in page) is grown
    assert (f"only {answered} of {staff} staff answered." in page) is few
    assert page.index("Before you read it") < page.index("app-change__lede")


@pytest.mark.parametrize(
    ("values", "word", "said"),
    [
        ({"why": "few_people"}, "Too few answers to tell", "We compare from 11 each time."),
        ({"why": "wide"}, "Too few answers to tell", "Even a difference of a whole point"),
        ({"why": "low_response"}, "Not told", "Fewer than 4 in 10 answered in May 2026."),
        ({"why": "under_least"}, "No clear change", "We call a change clear from 0.3 points."),
        (
            {"before": 3.3, "now": 2.4, "difference": -0.9, "interval": [-1.6, -0.2]},
            "Clear fall",
            "From 3.3 to 2.4, down 0.9 (0.2 to 1.6).",
        ),
    ],
)
def test_each_word_has_its_own_sentence(
    house: House, client: Client, values: dict[str, Any], word: str, said: str
) -> None:
    first = audit(house, payload(), days_ago=200, code="first")
    codes = [section["code"] for section in payload()["sections"]]
    made = with_change(first, **{code: {"word": word.lower(), **values} for code in codes})
    assert made["change"] is not None
    made["change"]["answered"] = 8
    audit(house, made, days_ago=20, code="second")
    page = client.get("/w/second/change?figures=1").content.decode()
    assert page.count(said) == 7
    bare = client.get("/w/second/change").content.decode()
    row = bare[bare.index("<tbody") : bare.index("</tbody")]
    assert not re.search(r"\d\.\d", re.sub(r"<[^>]+>", " ", row))
    assert f"{word}<" in row
    assert f"{word}<" in page
    if values.get("why") == "few_people":
        assert "8 people answered in May 2026." in page


@pytest.mark.parametrize(("found", "begins"), [(0.6, "A true"), (0.7, "With so few, a true")])
def test_from_six_tenths_down_what_can_be_found_is_no_longer_little(
    house: House, client: Client, found: float, begins: str
) -> None:
    first = audit(house, payload(), days_ago=200, code="first")
    made = with_change(first)
    assert made["change"] is not None
    made["change"]["detectable"] = found
    audit(house, made, days_ago=20, code="second")
    page = client.get("/w/second/change").content.decode()
    assert f"{begins} change of about {found} points is called clear in 4 of 5 surveys" in page


@pytest.mark.parametrize(("earlier", "charts"), [(3, 0), (4, 7)])
def test_a_run_chart_needs_five_audits(
    house: House, client: Client, earlier: int, charts: int
) -> None:
    rounds = [
        audit(house, payload(), days_ago=400 - 30 * place, code=f"round-{place}")
        for place in range(earlier)
    ]
    audit(house, with_change(rounds[-1], *rounds), days_ago=20, code="latest")
    page = client.get("/w/latest/change").content.decode()
    assert page.count("<figure>") == charts
    assert page.count("app-chart__median") == charts
    assert ("It is too early to tell: the chart needs at least 10 points" in page) == bool(charts)
    assert page.count("Show as a table") == charts


@pytest.mark.parametrize(
    ("means", "said"),
    [
        ([2.0, 2.1, 2.2, 2.3, 2.4, 2.5, 3.5, 3.6, 3.7, 3.8, 3.9, 4.0], "There has been a shift"),
        (
            [2.0, 3.0, 2.1, 3.1, 2.0, 3.2, 2.1, 3.0, 2.2, 3.1, 2.0, 3.3],
            "No shift: this pattern could be chance",
        ),
    ],
)
def test_from_ten_useful_points_a_run_chart_says_whether_something_shifted(
    house: House, client: Client, means: list[float], said: str
) -> None:
    rounds: list[SurveyUnit] = []
    for place, mean in enumerate(means):
        made = with_change(rounds[-1], *rounds) if rounds else payload()
        for section in made["sections"]:
            section["mean"] = mean
        days_ago = 400 - 30 * place
        rounds.append(audit(house, made, days_ago=days_ago, code=f"round-{place}"))
    page = client.get(f"/w/round-{len(means) - 1}/change").content.decode()
    assert page.count(said) == 7


def test_where_no_section_was_tested_the_page_says_so(house: House, client: Client) -> None:
    few = {
        "difference": None, "interval": None, "before_interval": None,
        "word": "too few answers to tell",
    }  # fmt: skip
    first = audit(house, payload(), days_ago=200, code="first")
    codes = [section["code"] for section in payload()["sections"]]
    made = with_change(first, first, **dict.fromkeys(codes, few))
    made["change"]["detectable"] = None  # type: ignore[index]
    audit(house, made, days_ago=20, code="few")
    page = client.get("/w/few/change").content.decode()
    assert "Too few answers" in page
    assert "No section could be compared" in page


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EDITOR])
def test_other_roles_are_refused(
    house: House, audits: list[SurveyUnit], client: Client, role: Role
) -> None:
    client.force_login(house.member(role))
    assert client.get(house.address(audits[1]) + "change").status_code == 403


def test_more_audits_take_no_more_queries(
    house: House, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    rounds = [
        audit(house, payload(), days_ago=400 - 30 * place, code=f"round-{place}")
        for place in range(8)
    ]
    last = audit(house, with_change(rounds[-1], *rounds), days_ago=20, code="latest")
    client.force_login(house.member(Role.LEAD))
    with django_assert_max_num_queries(7):
        client.get(house.address(last) + "change")


def test_the_month_of_a_survey_is_that_of_its_own_clock(house: House, client: Client) -> None:
    """At half past midnight in summer it is still the day before by universal time."""
    night = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)
    first = audit(house, payload(), days_ago=200, code="first")
    second = audit(house, with_change(first), days_ago=20, code="second")
    third = audit(house, with_change(second), days_ago=2, code="third")
    other = another(house, code="other")
    SurveyUnit.objects.filter(pk__in=[second.pk, other.pk]).update(closes_at=night)
    page = client.get("/w/second/change").text
    assert "August 2026: 14 of 22 answered" in page
    assert "in May 2026 and 14 of 22 in August 2026." in page
    assert "July" not in page
    assert "Change since August 2026" in client.get(f"/w/{third.ward_page_code}").text
    page = client.get("/w/other/change").text
    assert "in August 2026." in page
    assert "from Saturday 24 October" in page
    assert "July" not in page
