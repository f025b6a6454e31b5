"""Change since the last audit: the same for members and on the ward's own page."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Role
from reports.models import ContextNote
from scoring.models import Snapshot
from scoring.payload import ChangeShown, SectionChange, SnapshotPayload
from surveys.models import Survey, SurveyUnit
from tests.factories import SurveyFactory
from tests.reports.conftest import House
from tests.reports.payloads import payload
from tests.reports.published import publish


def section_change(code: str, **values: Any) -> SectionChange:
    found: dict[str, Any] = {
        "code": code,
        "before": 1.5,
        "before_interval": [1.2, 1.8],
        "difference": 0.3,
        "interval": [-0.3, 0.9],
        "word": "no clear change",
        "withheld": None,
        **values,
    }
    return found  # type: ignore[return-value]


def with_change(since: SurveyUnit, *rounds: SurveyUnit, **of_sections: Any) -> SnapshotPayload:
    """A payload with a change; `of_sections` changes what is said of a section by its code."""
    made = payload()
    change: ChangeShown = {
        "since": since.pk,
        "closed_on": "2026-05-02",
        "improvement": since.survey.title,
        "answered": 15,
        "headcount": 21,
        "version": "1",
        "edition": made["edition"],
        "detectable": 0.9,
        "sections": [
            section_change(section["code"], **of_sections.get(section["code"], {}))
            for section in made["sections"]
        ],
        "rounds": [one.pk for one in rounds],
    }
    made["change"] = change
    return made


def audit(house: House, made: SnapshotPayload, *, days_ago: float, code: str) -> SurveyUnit:
    survey = SurveyFactory.create(
        organisation=house.organisation,
        state=Survey.State.PUBLISHED,
        opens_at=timezone.now() - timedelta(days=days_ago + 20),
        version=house.result.survey.version,
    )
    return publish(
        organisation=house.organisation, unit=house.ward_7, payload=made, survey=survey,
        days_ago=days_ago, ward_page_code=code,
        closes_at=timezone.now() - timedelta(days=days_ago),
    )  # fmt: skip


@pytest.fixture
def audits(house: House) -> list[SurveyUnit]:
    first = audit(house, payload(), days_ago=200, code="first")
    rise = {
        "difference": 1.2, "interval": [0.7, 1.7], "word": "clear rise",
    }  # fmt: skip
    few = {
        "difference": None, "interval": None, "before_interval": None,
        "word": "too few answers to tell",
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
    page = client.get(house.address(audits[1]) + "change").content.decode()
    assert "<b>One clear rise:</b> managers leading the change." in page
    assert "that does not mean that nothing changed" in page
    assert "+1.2, likely between +0.7 and +1.7" in page
    assert "+0.3, likely between −0.3 and +0.9" in page
    assert "fewer than 11 answered enough here" in page
    assert "With 14 answers only differences of about 0.9 can be detected" in page
    assert "all five sections tested together" in page
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
        ({"edition": {"name": "Verbatim", "label": ""}}, "Other words are another question"),
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


def test_another_improvement_is_said(
    house: House, audits: list[SurveyUnit], client: Client
) -> None:
    Survey.objects.filter(survey_units=audits[1]).update(title="Shared pain plan")
    page = client.get("/w/second/change").content.decode()
    assert "different improvements: “Fewer falls at night” and then “Shared pain plan”" in page


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
    assert ("on trial: the chart can show a shift from ten points" in page) == bool(charts)
    assert page.count("The same as a table") == charts


@pytest.mark.parametrize(
    ("means", "said"),
    [
        ([2.0, 2.1, 2.2, 2.3, 2.4, 2.5, 3.5, 3.6, 3.7, 3.8, 3.9, 4.0], "Something shifted"),
        ([2.0, 3.0, 2.1, 3.1, 2.0, 3.2, 2.1, 3.0, 2.2, 3.1, 2.0, 3.3], "No shift to be seen"),
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
    held = {**few, "word": None, "withheld": "subtraction"}
    first = audit(house, payload(), days_ago=200, code="first")
    codes = [section["code"] for section in payload()["sections"]]
    for code, lede, one in (("few", "Too few answers", few), ("held", "No section can be", held)):
        made = with_change(first, first, **dict.fromkeys(codes, one))
        made["change"]["detectable"] = None  # type: ignore[index]
        audit(house, made, days_ago=20, code=code)
        page = client.get(f"/w/{code}/change").content.decode()
        assert lede in page
        assert "No section could be tested" in page
        assert "“Clear” means" not in page


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
    with django_assert_max_num_queries(6):
        client.get(house.address(last) + "change")
