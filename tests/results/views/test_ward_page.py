"""The ward's own page: no sign-in, the same for the whole team."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from scoring.models import Snapshot
from scoring.rules.payload import Tier
from surveys.models import Survey, SurveyUnit
from tests.published_house import House
from tests.results.payloads import change, leaders, payload
from tests.results.published import publish

ADDRESS = "/w/ward-7-unguessable"


def text_of(client: Client, address: str) -> str:
    """What a reader sees, in one line."""
    answer = client.get(address)
    assert answer.status_code == 200
    page = re.sub(r"<(script|svg)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def page_with(house: House, client: Client, said: Any, **values: Any) -> str:
    publish(
        organisation=house.organisation,
        unit=house.ward_9,
        payload=said,
        ward_page_code="other",
        **values,
    )
    return text_of(client, "/w/other")


def test_the_result_of_a_ward(house: House, client: Client) -> None:
    said = text_of(client, ADDRESS)
    for words in (
        "Ward 7 – care of older people",
        "14 of 22 staff and 4 leaders answered 45 statements.",
        "Front-line staff and environment scored highest: a moderate to a great extent.",
        "Low compared with the other sections: resourcing.",
        "Too many patients fall at night on the way to the toilet.",
        "Please note that FFIT has not been validated and tested.",
        "The 7 sections",
        "Some to a moderate extent",
        "their statements are worded differently",
        "The 45 statements",
        "Team debrief",
        "front-line edition (adapted wording), 14 of 22 answered",
    ):
        assert words in said, words
    order = ("14 of 22 staff", "scored highest", "has not been validated", "The 7 sections")
    assert [said.index(words) for words in order] == sorted(said.index(words) for words in order)


def test_the_page_needs_no_session_and_leaves_no_cookie(house: House, client: Client) -> None:
    answer = client.get(ADDRESS)
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "style=" not in answer.content.decode()


def test_a_result_takes_two_queries(
    house: House, client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    client.get(ADDRESS)  # our reading of the statements is drawn into the page once
    with django_assert_num_queries(2):  # the second looks for other audits
        client.get(ADDRESS)


@pytest.mark.parametrize(
    "code", ["unknown", "WARD-7-UNGUESSABLE", "ward-7-unguessabl", "1", "a" * 500]
)
def test_every_other_code_is_the_same_404(house: House, client: Client, code: str) -> None:
    def seen(address: str) -> tuple[int, str]:
        answer = client.get(address)
        return answer.status_code, re.sub(r'nonce="[^"]+"', "", answer.content.decode())

    assert seen(f"/w/{code}") == seen("/w/none") == (404, seen("/w/none")[1])


@pytest.mark.parametrize("state", [Survey.State.DRAFT, Survey.State.PREPARING])
def test_a_survey_that_is_not_launched_has_no_page(
    house: House, client: Client, state: Survey.State
) -> None:
    Survey.objects.update(state=state)
    assert client.get(ADDRESS).status_code == 404


def test_no_leaders_name_is_on_the_ward_page(house: House, client: Client) -> None:
    page = client.get(ADDRESS).content.decode()
    assert "4 leaders" in page
    for name in ("Ann Lee", "Bo Khan", "Cy Ortiz", "Di Moss"):
        assert name not in page


@pytest.mark.parametrize(
    ("state", "result_in_days", "failure", "heading"),
    [
        (SurveyUnit.State.NOT_OPEN, None, "", "The survey has not opened yet"),
        (SurveyUnit.State.OPEN, None, "", "The survey is still open"),
        (SurveyUnit.State.OPEN, 3, "", "The survey is still open"),
        (SurveyUnit.State.CLOSED, None, "", "The answers are being counted"),
        (SurveyUnit.State.COUNTED, 3, "", "The result comes on"),
        (SurveyUnit.State.TOO_FEW, 3, "", "The result comes on"),
        (SurveyUnit.State.CLOSED, None, "no key", "Counting is taking longer than usual"),
        (SurveyUnit.State.CANCELLED, None, "", "This survey was cancelled"),
    ],
)
def test_before_publication_the_page_says_what_happens_next(
    house: House,
    client: Client,
    state: SurveyUnit.State,
    result_in_days: int | None,
    failure: str,
    heading: str,
) -> None:
    unit = publish(
        organisation=house.organisation,
        unit=house.ward_9,
        payload=None,
        state=state,
        ward_page_code="early",
    )
    unit.survey.count_failure = failure
    if result_in_days:
        unit.survey.result_at = timezone.now() + timedelta(days=result_in_days)
    unit.survey.save()
    # A snapshot alone is not a publication.
    Snapshot.objects.create(survey_unit=unit, released_at=timezone.now(), payload=payload())
    said = text_of(client, "/w/early")
    assert heading in said
    assert "answered" not in said.replace("everyone who answered", "")
    assert "3.6" not in said


@pytest.mark.parametrize(
    ("tier", "there", "never"),
    [
        (
            "small",
            ["With 7 to 10 answers statements are in words only.", "Front-line staff", "3.6"],
            ["Likely range", "scored it"],
        ),
        (
            "words",
            ["Each section has words and no figures", "Some to a moderate extent"],
            ["Agreement", "Likely range", "3.6", "The 45 statements", "Show the figures"],
        ),
        (
            "joint",
            ["answered 45 statements together, on one form.", "The 45 statements", "joint form"],
            ["Agreement", "Likely range", "of 1 scored it", "staff did not answer"],
        ),
    ],
)
def test_each_tier_shows_its_own(
    house: House, client: Client, tier: Tier, there: list[str], never: list[str]
) -> None:
    others = None if tier == "words" else leaders(3)
    page_with(house, client, payload(tier, leaders=others))
    said = text_of(client, "/w/other?figures=1")
    for words in there:
        assert words in said, words
    for words in never:
        assert words not in said, words


def test_below_k_no_number_tells_who_talked(house: House, client: Client) -> None:
    said = page_with(house, client, payload("too_few", headcount=20), headcount=20, extended=True)
    assert "No result this time. We deleted the answers unopened." in said
    assert "Fewer than 7 of 20 staff had answered by" in said
    assert "We kept the survey open for 7 more days" in said
    assert "7 of 20 is enough" in said
    assert "Repeat this survey" not in said
    assert not re.search(r"\b[1-6] of 20\b", said)


def test_a_joint_sheet_that_was_not_sent(house: House, client: Client) -> None:
    said = page_with(house, client, payload("too_few"), mode=SurveyUnit.Mode.JOINT)
    assert "The joint form was not sent." in said
    assert "deleted" not in said


def test_withheld_figures_are_nowhere_in_the_page(house: House, client: Client) -> None:
    """Marked figures that no page may show: they stand in the payload only where it says None."""
    said = payload(leaders=None)
    section = said["sections"][1]
    change(
        section, mean=None, word=None, interval=None, agreement=None, scored=[4, 4],
        statements=None, withheld="too_few_statements",
    )  # fmt: skip
    section["relatively_low"] = False
    for item in section["items"]:
        change(
            item,
            n=4,
            mean=None,
            level=None,
            distribution=None,
            withheld="few_answers",
        )
    publish(
        organisation=house.organisation, unit=house.ward_9, payload=said, ward_page_code="other"
    )
    page = client.get("/w/other?figures=1").content.decode()
    # 1.9 is the mean that was withheld; 40.00% and thereabouts is where its mark would stand.
    assert "1.9" not in page
    assert 'cx="40%"' not in page
    assert page.count("Fewer than 5 people scored this statement") == 7 + 1
    assert "—" not in text_of(client, "/w/other").replace(" – ", "")


def test_a_correction_says_when_and_why(house: House, client: Client) -> None:
    first = Snapshot.objects.get()
    corrected = payload()
    corrected["sections"][1]["mean"] = 2.2
    Snapshot.objects.create(
        survey_unit=house.result,
        number=2,
        replaces=first,
        reason="A sheet was counted twice.",
        released_at=timezone.now(),
        payload=corrected,
    )
    said = text_of(client, f"{ADDRESS}?figures=1")
    assert ": A sheet was counted twice." in said
    assert "2.2" in said


def test_a_correction_that_would_show_few_answers_leaves_the_earlier_figures(
    house: House, client: Client
) -> None:
    page_with(house, client, payload())
    said = text_of(client, "/w/other?figures=1")
    old = Snapshot.objects.get(survey_unit__ward_page_code="other")
    Snapshot.objects.create(
        survey_unit=old.survey_unit, number=2, released_at=timezone.now(), replaces=old,
        reason="One form was counted twice", payload=payload(kept="corrected"),
    )  # fmt: skip
    kept = text_of(client, "/w/other?figures=1")
    assert "The correction changed too few answers." in kept
    assert "The earlier figures stay." in kept
    assert "3.6" in said and "3.6" in kept


def test_the_statements_to_print_have_no_score(house: House, client: Client) -> None:
    said = text_of(client, f"{ADDRESS}/statements")
    assert house.result.survey.version.notice in said
    assert "there is room for it beside our other changes?" in said
    assert "To what extent do you think the leaders have thought about how to:" in said
    assert "3.6" not in said
    assert client.get("/w/none/statements").status_code == 404


def test_hostile_names_are_text(house: House, client: Client) -> None:
    SurveyUnit.objects.update(unit_name="<script>alert(1)</script>")
    Survey.objects.update(problem='"><img src=x>')
    page = client.get(ADDRESS).content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_only_reads(house: House, client: Client, method: str) -> None:
    assert getattr(client, method)(ADDRESS).status_code == 405
