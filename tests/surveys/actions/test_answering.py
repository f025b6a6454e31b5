"""One acknowledged submission is one envelope, whatever people and networks do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from surveys.actions.answering import Outcome, cast_sheet, send_named_sheet
from surveys.answer_string import BadSheet
from surveys.models import Envelope, Invitation, NamedSheet, SurveyUnit, Tally
from surveys.queries.answer_page import (
    AnswerPage,
    Standing,
    find_by_code,
    find_by_sheet_token,
    find_by_token,
)
from surveys.queries.verify import box_differences
from surveys.queries.wording import statement_count, version_codes
from surveys.tokens import Purpose, token, token_hash
from tests.factories import SurveyFactory, edition_without
from tests.surveys.ballots import (
    ALL_THREES,
    answer,
    invite,
    new_secret,
    open_unit,
    page_of_code,
    page_of_link,
    tallied,
)


@pytest.mark.django_db
def test_a_whole_response_takes_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    unit = open_unit()
    link = invite(unit)
    # What an edition asks is known to the process after its first answer.
    statement_count(unit.survey.ward_edition_id)
    # Savepoints of the test's own transaction count as two.
    with django_assert_max_num_queries(6 + 2):
        page_of_link(link)
        outcome = cast_sheet(page=page_of_link(link), secret=new_secret(), answers=ALL_THREES)
    assert outcome is Outcome.SENT


@pytest.mark.django_db
def test_the_same_submission_again_is_acknowledged_and_stored_once() -> None:
    unit = open_unit()
    link, secret = invite(unit), new_secret()
    page = page_of_link(link)
    outcomes = [cast_sheet(page=page, secret=secret, answers=ALL_THREES) for _ in range(3)]
    # A retry finds the link used by then.
    outcomes.append(cast_sheet(page=page_of_link(link), secret=secret, answers=ALL_THREES))
    assert outcomes == [Outcome.SENT, *[Outcome.ALREADY_SENT] * 3]
    assert Envelope.objects.count() == tallied(unit) == 1


@pytest.mark.django_db
def test_one_submission_through_two_links_is_stored_once_and_uses_one() -> None:
    unit = open_unit()
    links, secret = [invite(unit), invite(unit)], new_secret()
    outcomes = [
        cast_sheet(page=page_of_link(link), secret=secret, answers=ALL_THREES) for link in links
    ]
    assert outcomes == [Outcome.SENT, Outcome.ALREADY_SENT]
    assert Invitation.objects.filter(used=True).count() == Envelope.objects.count() == 1


@pytest.mark.django_db
def test_a_used_link_takes_no_second_sheet() -> None:
    unit = open_unit()
    link = invite(unit)
    before = page_of_link(link)
    cast_sheet(page=before, secret=new_secret(), answers=ALL_THREES)
    for page in (before, page_of_link(link)):
        outcome = cast_sheet(page=page, secret=new_secret(), answers="2" * 45)
        assert outcome is Outcome.USED
    assert page_of_link(link).standing() is Standing.USED
    assert Envelope.objects.count() == tallied(unit) == 1


@pytest.mark.django_db
def test_a_late_retry_after_closing_is_still_told_that_it_was_sent() -> None:
    unit = open_unit()
    secret = new_secret()
    cast_sheet(page=page_of_code(unit), secret=secret, answers=ALL_THREES)
    SurveyUnit.objects.update(state=SurveyUnit.State.CLOSED)
    Tally.objects.update(open=False)
    page = page_of_code(unit)
    assert cast_sheet(page=page, secret=secret, answers=ALL_THREES) is Outcome.ALREADY_SENT
    assert cast_sheet(page=page, secret=new_secret(), answers=ALL_THREES) is Outcome.CLOSED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"state": "waiting"}, Outcome.NOT_OPEN),
        ({"state": "closed"}, Outcome.CLOSED),
        ({"state": "too_few"}, Outcome.CLOSED),
        ({"state": "cancelled"}, Outcome.CANCELLED),
    ],
)
def test_a_unit_that_is_not_open_takes_nothing(fields: dict[str, str], outcome: Outcome) -> None:
    unit = open_unit(**fields)
    assert cast_sheet(page=page_of_code(unit), secret=new_secret(), answers=ALL_THREES) is outcome
    assert not Envelope.objects.exists()


@pytest.mark.django_db
def test_the_closing_time_holds_before_any_sweep_has_seen_it() -> None:
    unit = open_unit()
    SurveyUnit.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    outcome = cast_sheet(page=page_of_code(unit), secret=new_secret(), answers=ALL_THREES)
    assert outcome is Outcome.CLOSED
    assert tallied(unit) == 0


@pytest.mark.django_db
def test_a_page_opened_before_closing_takes_nothing_after_it() -> None:
    unit = open_unit()
    link = invite(unit)
    page = page_of_link(link)
    Tally.objects.update(open=False)
    assert cast_sheet(page=page, secret=new_secret(), answers=ALL_THREES) is Outcome.CLOSED
    assert not Envelope.objects.exists()
    assert not Invitation.objects.get().used, "a refused sheet must not use up the link"


@pytest.mark.django_db
def test_a_poster_takes_at_most_twice_the_posts() -> None:
    unit = open_unit(headcount=8)
    answer(unit, times=16)
    outcome = cast_sheet(page=page_of_code(unit), secret=new_secret(), answers=ALL_THREES)
    assert outcome is Outcome.FULL
    assert Envelope.objects.count() == tallied(unit) == 16


@pytest.mark.django_db
@pytest.mark.parametrize("answers", ["", "3" * 44, "3" * 46, "6" + "3" * 44, "-" * 45])
def test_a_bad_sheet_changes_nothing(answers: str) -> None:
    unit = open_unit()
    link = invite(unit)
    with pytest.raises(BadSheet):
        cast_sheet(page=page_of_link(link), secret=new_secret(), answers=answers)
    assert not Envelope.objects.exists()
    assert not Invitation.objects.get().used


@pytest.mark.django_db
def test_unknown_links_and_codes_find_nothing() -> None:
    assert find_by_token("x" * 24) is None
    assert find_by_token("") is None
    assert find_by_code("22222222") is None
    assert find_by_sheet_token("x" * 24) is None


def _sheet(unit: SurveyUnit, kind: str) -> str:
    sheet = NamedSheet.objects.create(survey_unit=unit, kind=kind, name="Sister on nights")
    link = token(purpose=Purpose.NAMED_SHEET, source=sheet.link_source)
    sheet.token_hash = token_hash(link)
    sheet.save()
    return link


def _named(link: str) -> AnswerPage:
    page = find_by_sheet_token(link)
    assert page is not None
    return page


@pytest.mark.django_db
def test_a_leaders_last_sheet_before_closing_counts() -> None:
    unit = open_unit()
    link = _sheet(unit, "leaders")
    page = _named(link)
    assert page.edition_id == unit.survey.leaders_edition_id
    for answers in ("1" * 45, "2" * 45):
        assert send_named_sheet(page=page, answers=answers) is Outcome.SENT
    SurveyUnit.objects.update(state="closed")
    assert send_named_sheet(page=page, answers="5" * 45) is Outcome.CLOSED
    sheet = NamedSheet.objects.get()
    assert sheet.answers == "2" * 45
    assert sheet.sent_at is not None
    assert _named(link).answers == "2" * 45
    assert not Envelope.objects.exists()


@pytest.mark.django_db
def test_a_small_team_finds_its_one_joint_sheet_by_poster_and_by_link() -> None:
    unit = open_unit(way="joint", headcount=6, minimum_group=1)
    by_poster = page_of_code(unit)
    assert by_poster.edition_id == unit.survey.ward_edition_id
    assert send_named_sheet(page=by_poster, answers="1" * 45) is Outcome.SENT
    assert send_named_sheet(page=page_of_code(unit), answers="4" * 45) is Outcome.SENT
    assert NamedSheet.objects.get().answers == "4" * 45
    with pytest.raises(ValueError, match="ward sheet"):
        cast_sheet(page=by_poster, secret=new_secret(), answers=ALL_THREES)


@pytest.mark.django_db(transaction=True)
def test_parallel_posts_tabs_and_retries_leave_one_envelope_for_each_acknowledged_one() -> None:
    unit = open_unit(headcount=40)
    links = [invite(unit) for _ in range(4)]
    mine, shared = new_secret(), new_secret()
    pages = [page_of_link(link) for link in links]
    poster = page_of_code(unit)
    posts = [
        *[(pages[0], mine)] * 5,  # a double tap, and retries
        *[(pages[1], new_secret()) for _ in range(5)],  # the same link in five tabs
        *[(pages[2], shared)] * 3,  # one submission through two links
        *[(pages[3], shared)] * 3,
        *[(poster, secret) for secret in (new_secret(), new_secret()) for _ in range(3)],
    ]

    def post(work: tuple[AnswerPage, str]) -> tuple[str, Outcome]:
        try:
            return work[1], cast_sheet(page=work[0], secret=work[1], answers=ALL_THREES)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(post, posts))
    acknowledged = {secret for secret, outcome in outcomes if outcome.is_acknowledged}
    assert len(acknowledged) == 5  # one each: mine, the five tabs, shared, two from the poster
    assert sum(outcome is Outcome.SENT for _, outcome in outcomes) == 5
    assert Envelope.objects.count() == tallied(unit) == 5
    assert Invitation.objects.filter(used=True).count() == 3
    assert box_differences(survey=unit.survey) == []


@pytest.mark.django_db
def test_the_cap_of_sheets_holds_over_all_channels() -> None:
    unit = open_unit(headcount=8)
    answer(unit, times=10)
    links = [invite(unit) for _ in range(7)]
    outcomes = [
        cast_sheet(page=page_of_link(link), secret=new_secret(), answers=ALL_THREES)
        for link in links
    ]
    assert outcomes == [Outcome.SENT] * 6 + [Outcome.FULL]
    assert tallied(unit) == Envelope.objects.count() == 16
    assert Invitation.objects.filter(used=True).count() == 6


@pytest.mark.django_db(transaction=True)
def test_the_cap_holds_when_poster_and_links_come_in_at_once() -> None:
    unit = open_unit(headcount=8)
    pages = [page_of_link(invite(unit)) for _ in range(15)] + [page_of_code(unit)] * 15

    def cast(page: AnswerPage) -> Outcome:
        try:
            return cast_sheet(page=page, secret=new_secret(), answers=ALL_THREES)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(cast, pages[::2] + pages[1::2]))
    assert outcomes.count(Outcome.SENT) == tallied(unit) == Envelope.objects.count() == 16
    assert outcomes.count(Outcome.FULL) == 14


@pytest.mark.django_db
def test_an_answer_to_a_statement_that_the_edition_leaves_out_is_refused() -> None:
    edition = edition_without("ENV02")
    survey = SurveyFactory.create(version=edition.version)
    unit = open_unit(survey=survey)
    place = version_codes(edition.version_id).index("ENV02")
    page, skipped = page_of_code(unit), ALL_THREES[:place] + "-" + ALL_THREES[place + 1 :]
    for answers in (ALL_THREES, skipped[:place] + "?" + skipped[place + 1 :]):
        with pytest.raises(BadSheet):
            cast_sheet(page=page, secret=new_secret(), answers=answers)
    assert not Envelope.objects.exists()
    assert cast_sheet(page=page, secret=new_secret(), answers=skipped) is Outcome.SENT
    assert statement_count(edition.pk) == 44
