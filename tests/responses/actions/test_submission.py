"""One acknowledged submission is one envelope, whatever people and networks do.

Over 300 lines: one act and all that can happen to it.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from instruments.queries.wording import statement_count, version_codes
from organisations.rules.personal_links import Purpose, token, token_hash
from responses.actions.submission import SubmissionResult, submit_named, submit_sealed
from responses.models import Envelope, Tally
from responses.queries.answer_page import (
    AnswerPage,
    LinkStatus,
    find_by_code,
    find_by_token,
    find_named_by_token,
)
from responses.queries.verify import box_differences
from responses.rules.answer_string import BadAnswers
from surveys.models import Invitation, NamedResponse, SurveyUnit
from tests.factories import SurveyFactory, edition_without
from tests.responses.ballots import (
    ALL_THREES,
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
        outcome = submit_sealed(page=page_of_link(link), secret=new_secret(), answers=ALL_THREES)
    assert outcome is SubmissionResult.SENT


@pytest.mark.django_db
def test_the_same_submission_again_is_acknowledged_and_stored_once() -> None:
    unit = open_unit()
    link, secret = invite(unit), new_secret()
    page = page_of_link(link)
    outcomes = [submit_sealed(page=page, secret=secret, answers=ALL_THREES) for _ in range(3)]
    # A retry finds the link used by then.
    outcomes.append(submit_sealed(page=page_of_link(link), secret=secret, answers=ALL_THREES))
    assert outcomes == [SubmissionResult.SENT, *[SubmissionResult.ALREADY_SENT] * 3]
    assert Envelope.objects.count() == tallied(unit) == 1


@pytest.mark.django_db
def test_one_submission_through_two_links_is_stored_once_and_uses_one() -> None:
    unit = open_unit()
    links, secret = [invite(unit), invite(unit)], new_secret()
    outcomes = [
        submit_sealed(page=page_of_link(link), secret=secret, answers=ALL_THREES) for link in links
    ]
    assert outcomes == [SubmissionResult.SENT, SubmissionResult.ALREADY_SENT]
    assert Invitation.objects.filter(used=True).count() == Envelope.objects.count() == 1


@pytest.mark.django_db
def test_a_used_link_takes_no_second_sheet() -> None:
    unit = open_unit()
    link = invite(unit)
    before = page_of_link(link)
    submit_sealed(page=before, secret=new_secret(), answers=ALL_THREES)
    for page in (before, page_of_link(link)):
        outcome = submit_sealed(page=page, secret=new_secret(), answers="2" * 45)
        assert outcome is SubmissionResult.USED
    assert page_of_link(link).standing() is LinkStatus.USED
    assert Envelope.objects.count() == tallied(unit) == 1


@pytest.mark.django_db
def test_a_late_retry_after_closing_is_still_told_that_it_was_sent() -> None:
    unit = open_unit()
    secret = new_secret()
    submit_sealed(page=page_of_code(unit), secret=secret, answers=ALL_THREES)
    SurveyUnit.objects.update(state=SurveyUnit.State.CLOSED)
    Tally.objects.update(open=False)
    page = page_of_code(unit)
    assert (
        submit_sealed(page=page, secret=secret, answers=ALL_THREES) is SubmissionResult.ALREADY_SENT
    )
    assert (
        submit_sealed(page=page, secret=new_secret(), answers=ALL_THREES) is SubmissionResult.CLOSED
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"state": "waiting"}, SubmissionResult.NOT_OPEN),
        ({"state": "closed"}, SubmissionResult.CLOSED),
        ({"state": "too_few"}, SubmissionResult.CLOSED),
        ({"state": "cancelled"}, SubmissionResult.CANCELLED),
    ],
)
def test_a_unit_that_is_not_open_takes_nothing(
    fields: dict[str, str], outcome: SubmissionResult
) -> None:
    unit = open_unit(**fields)
    assert (
        submit_sealed(page=page_of_code(unit), secret=new_secret(), answers=ALL_THREES) is outcome
    )
    assert not Envelope.objects.exists()


# One second before closing is in time, the closing moment itself is late.
AROUND_CLOSING = pytest.mark.parametrize(
    ("seconds", "outcome"),
    [(-1, SubmissionResult.SENT), (0, SubmissionResult.CLOSED), (1, SubmissionResult.CLOSED)],
    ids=["before", "at", "after"],
)


def _clock(monkeypatch: pytest.MonkeyPatch, unit: SurveyUnit, seconds: int) -> None:
    moment = unit.closes_at + timedelta(seconds=seconds)
    monkeypatch.setattr(timezone, "now", lambda: moment)


@AROUND_CLOSING
@pytest.mark.django_db
def test_the_closing_time_holds_before_any_sweep_has_seen_it(
    monkeypatch: pytest.MonkeyPatch, seconds: int, outcome: SubmissionResult
) -> None:
    unit = open_unit()
    page = page_of_code(unit)
    _clock(monkeypatch, unit, seconds)
    assert submit_sealed(page=page, secret=new_secret(), answers=ALL_THREES) is outcome
    assert tallied(unit) == (1 if outcome.is_acknowledged else 0)


@AROUND_CLOSING
@pytest.mark.django_db
def test_a_form_in_a_name_is_refused_from_closing_time_on_before_any_sweep(
    monkeypatch: pytest.MonkeyPatch, seconds: int, outcome: SubmissionResult
) -> None:
    ward, team = open_unit(), open_unit(mode="joint", headcount=6, minimum_group=1)
    pages = [_named(_sheet(ward, "leaders")), page_of_code(team)]
    for page, unit in zip(pages, (ward, team), strict=True):
        _clock(monkeypatch, unit, seconds)
        assert submit_named(page=page, answers=ALL_THREES) is outcome
    kept = NamedResponse.objects.filter(answers=ALL_THREES).count()
    assert kept == (2 if outcome.is_acknowledged else 0)
    assert SurveyUnit.objects.get(pk=team.pk).enough is outcome.is_acknowledged


@pytest.mark.django_db
def test_a_page_opened_before_closing_takes_nothing_after_it() -> None:
    unit = open_unit()
    link = invite(unit)
    page = page_of_link(link)
    Tally.objects.update(open=False)
    assert (
        submit_sealed(page=page, secret=new_secret(), answers=ALL_THREES) is SubmissionResult.CLOSED
    )
    assert not Envelope.objects.exists()
    assert not Invitation.objects.get().used, "a refused sheet must not use up the link"


@pytest.mark.django_db
@pytest.mark.parametrize("answers", ["", "3" * 44, "3" * 46, "6" + "3" * 44, "-" * 45])
def test_a_bad_sheet_changes_nothing(answers: str) -> None:
    unit = open_unit()
    link = invite(unit)
    with pytest.raises(BadAnswers):
        submit_sealed(page=page_of_link(link), secret=new_secret(), answers=answers)
    assert not Envelope.objects.exists()
    assert not Invitation.objects.get().used


@pytest.mark.django_db
def test_unknown_links_and_codes_find_nothing() -> None:
    assert find_by_token("x" * 24) is None
    assert find_by_token("") is None
    assert find_by_code("22222222") is None
    assert find_named_by_token("x" * 24) is None


def _sheet(unit: SurveyUnit, kind: str) -> str:
    sheet = NamedResponse.objects.create(survey_unit=unit, kind=kind, name="Sister on nights")
    link = token(purpose=Purpose.NAMED_RESPONSE, source=sheet.link_source)
    sheet.token_hash = token_hash(link)
    sheet.save()
    return link


def _named(link: str) -> AnswerPage:
    page = find_named_by_token(link)
    assert page is not None
    return page


@pytest.mark.django_db
def test_a_leaders_last_sheet_before_closing_counts() -> None:
    unit = open_unit()
    link = _sheet(unit, "leaders")
    page = _named(link)
    assert page.edition_id == unit.survey.leaders_edition_id
    for answers in ("1" * 45, "2" * 45):
        assert submit_named(page=page, answers=answers) is SubmissionResult.SENT
    SurveyUnit.objects.update(state="closed")
    assert submit_named(page=page, answers="5" * 45) is SubmissionResult.CLOSED
    sheet = NamedResponse.objects.get()
    assert sheet.answers == "2" * 45
    assert sheet.sent_at is not None
    assert _named(link).answers == "2" * 45
    assert not Envelope.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("together", [True, False])
def test_where_leaders_answer_together_one_sends_for_all_of_them(together: bool) -> None:
    unit, elsewhere = open_unit(leaders_together=together), open_unit(leaders_together=True)
    links = [_sheet(unit, "leaders"), _sheet(unit, "leaders"), _sheet(elsewhere, "leaders")]
    assert submit_named(page=_named(links[0]), answers="1" * 45) is SubmissionResult.SENT
    assert submit_named(page=_named(links[0]), answers="2" * 45) is SubmissionResult.SENT
    sent = ["2" * 45, "2" * 45 if together else "", ""]
    assert [_named(link).answers for link in links] == sent
    rows = NamedResponse.objects.filter(survey_unit=unit).order_by("pk")
    assert [one.sent_at is not None for one in rows] == [True, together]
    if together:
        assert submit_named(page=_named(links[1]), answers="3" * 45) is SubmissionResult.SENT
        assert _named(links[0]).answers == "3" * 45
    SurveyUnit.objects.update(state="closed")
    before = list(NamedResponse.objects.order_by("pk").values_list("answers", "sent_at"))
    assert submit_named(page=_named(links[1]), answers="5" * 45) is SubmissionResult.CLOSED
    assert list(NamedResponse.objects.order_by("pk").values_list("answers", "sent_at")) == before


@pytest.mark.django_db(transaction=True)
def test_leaders_who_send_at_once_leave_one_form() -> None:
    unit = open_unit(leaders_together=True)
    pages = [_named(_sheet(unit, "leaders")) for _ in range(6)]

    def send(place: int) -> SubmissionResult:
        try:
            return submit_named(page=pages[place], answers=str(place % 6) * 45)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(pages)) as threads:
        results = list(threads.map(send, range(len(pages))))
    assert results == [SubmissionResult.SENT] * len(pages)
    assert NamedResponse.objects.values("answers", "sent_at").distinct().count() == 1


@pytest.mark.django_db
def test_a_small_team_finds_its_one_joint_sheet_by_poster_and_by_link() -> None:
    unit = open_unit(mode="joint", headcount=6, minimum_group=1)
    by_poster = page_of_code(unit)
    assert by_poster.edition_id == unit.survey.ward_edition_id
    assert submit_named(page=by_poster, answers="1" * 45) is SubmissionResult.SENT
    assert submit_named(page=page_of_code(unit), answers="4" * 45) is SubmissionResult.SENT
    assert NamedResponse.objects.get().answers == "4" * 45
    with pytest.raises(ValueError, match="staff form"):
        submit_sealed(page=by_poster, secret=new_secret(), answers=ALL_THREES)


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

    def post(work: tuple[AnswerPage, str]) -> tuple[str, SubmissionResult]:
        try:
            return work[1], submit_sealed(page=work[0], secret=work[1], answers=ALL_THREES)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(post, posts))
    acknowledged = {secret for secret, outcome in outcomes if outcome.is_acknowledged}
    assert len(acknowledged) == 5  # one each: mine, the five tabs, shared, two from the poster
    assert sum(outcome is SubmissionResult.SENT for _, outcome in outcomes) == 5
    assert Envelope.objects.count() == tallied(unit) == 5
    assert Invitation.objects.filter(used=True).count() == 3
    assert box_differences(survey=unit.survey) == []


@pytest.mark.django_db(transaction=True)
def test_the_room_holds_when_poster_and_links_come_in_at_once() -> None:
    unit = open_unit(headcount=8, poster_room=9)
    pages = [page_of_link(invite(unit)) for _ in range(15)] + [page_of_code(unit)] * 15

    def cast(page: AnswerPage) -> SubmissionResult:
        try:
            return submit_sealed(page=page, secret=new_secret(), answers=ALL_THREES)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(cast, pages))
    assert outcomes[:15] == [SubmissionResult.SENT] * 15
    assert outcomes[15:].count(SubmissionResult.SENT) == 9
    assert outcomes[15:].count(SubmissionResult.FULL) == 6
    assert tallied(unit) == Envelope.objects.count() == 24


@pytest.mark.django_db
def test_an_answer_to_a_statement_that_the_edition_leaves_out_is_refused() -> None:
    edition = edition_without("ENV02")
    survey = SurveyFactory.create(version=edition.version)
    unit = open_unit(survey=survey)
    place = version_codes(edition.version_id).index("ENV02")
    page, skipped = page_of_code(unit), ALL_THREES[:place] + "-" + ALL_THREES[place + 1 :]
    for answers in (ALL_THREES, skipped[:place] + "?" + skipped[place + 1 :]):
        with pytest.raises(BadAnswers):
            submit_sealed(page=page, secret=new_secret(), answers=answers)
    assert not Envelope.objects.exists()
    assert submit_sealed(page=page, secret=new_secret(), answers=skipped) is SubmissionResult.SENT
    assert statement_count(edition.pk) == 44
