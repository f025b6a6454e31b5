"""A poster's room, its being full, and a new code for it."""

import re

import pytest
from django.utils import timezone

from fieldwork.actions.closing import close_early
from fieldwork.actions.life import open_survey
from fieldwork.actions.poster import renew_poster, tell_of_full_posters
from organisations.models import AuditEntry, Role, User
from organisations.rules.refusal import Refused
from responses.actions.submission import SubmissionResult, submit_sealed
from responses.models import Envelope
from responses.queries.answer_page import LinkStatus, find_by_code, was_replaced
from surveys.models import Message, Survey, SurveyUnit
from surveys.words.messages import letter_of
from tests.factories import MembershipFactory
from tests.responses.ballots import (
    ALL_THREES,
    answer,
    invite,
    new_secret,
    open_unit,
    page_of_code,
    page_of_link,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> SurveyUnit:
    """12 posts, nobody with a link: room for 14."""
    return open_unit(headcount=12)


@pytest.fixture
def manager(unit: SurveyUnit) -> User:
    user: User = MembershipFactory.create(
        organisation=unit.survey.organisation, unit=unit.unit, role=Role.MANAGER
    ).user
    return user


def sent(unit: SurveyUnit, link: str | None = None) -> SubmissionResult:
    page = page_of_code(unit) if link is None else page_of_link(link)
    return submit_sealed(page=page, secret=new_secret(), answers=ALL_THREES)


@pytest.mark.parametrize(("links", "room"), [(0, 14), (12, 8)])
def test_opening_sets_the_room(links: int, room: int) -> None:
    unit = open_unit(headcount=12, state=SurveyUnit.State.NOT_OPEN, poster_room=0)
    for _ in range(links):
        invite(unit)
    Survey.objects.filter(pk=unit.survey_id).update(
        state=Survey.State.SCHEDULED, opens_at=timezone.now()
    )
    assert open_survey(survey=Survey.objects.get(pk=unit.survey_id))
    unit.refresh_from_db()
    assert unit.poster_room == room


def test_the_last_place_is_taken_and_then_it_is_full(unit: SurveyUnit) -> None:
    links = [invite(unit) for _ in range(2)]
    answer(unit, times=13)
    assert page_of_code(unit).standing() is LinkStatus.OPEN
    before = page_of_code(unit)
    assert sent(unit) is SubmissionResult.SENT
    assert page_of_code(unit).standing() is LinkStatus.FULL
    # A page that was opened before meets it at sending.
    late = submit_sealed(page=before, secret=new_secret(), answers=ALL_THREES)
    assert late is SubmissionResult.FULL
    assert Envelope.objects.filter(survey_unit=unit).count() == 14
    assert [sent(unit, link) for link in links] == [SubmissionResult.SENT] * 2
    assert Envelope.objects.filter(survey_unit=unit).count() == 16


def test_answers_by_link_take_no_place_of_the_poster(unit: SurveyUnit) -> None:
    for _ in range(12):
        assert sent(unit, invite(unit)) is SubmissionResult.SENT
    answer(unit, times=14)
    assert sent(unit) is SubmissionResult.FULL


def test_managers_are_told_once_and_by_the_sweep_alone(unit: SurveyUnit, manager: User) -> None:
    answer(unit, times=13)
    assert tell_of_full_posters() == 0
    answer(unit)
    assert not Message.objects.exists()
    assert [tell_of_full_posters(), tell_of_full_posters()] == [1, 0]
    told = Message.objects.get(user=manager)
    assert (told.step, told.survey_unit) == (Message.Step.POSTER_FULL, unit)
    unit.refresh_from_db()
    assert unit.poster_full


def test_a_new_code_has_room_and_the_old_one_is_known_as_replaced(
    unit: SurveyUnit, manager: User
) -> None:
    old = unit.answer_code
    answer(unit, times=14)
    tell_of_full_posters()
    Message.objects.update(state=Message.State.SENT)
    renew_poster(survey_unit=unit, by=manager)
    unit.refresh_from_db()
    assert unit.answer_code != old
    assert (unit.poster_room, unit.poster_full, unit.poster_renewals) == (28, False, 1)
    assert find_by_code(old) is None
    assert was_replaced(f"{old[:5]}-{old[5:]}".lower())
    assert not was_replaced(unit.answer_code)
    assert Envelope.objects.filter(survey_unit=unit).count() == 14
    answer(unit, times=14)
    assert sent(unit) is SubmissionResult.FULL
    assert tell_of_full_posters() == 1
    assert Message.objects.get(user=manager).state == Message.State.PLANNED
    said = AuditEntry.objects.get(action="poster code replaced")
    assert (said.actor, said.detail) == (manager, {})


def test_before_opening_a_new_code_adds_no_room(manager: User) -> None:
    unit = open_unit(headcount=12, state=SurveyUnit.State.NOT_OPEN, poster_room=0)
    renew_poster(survey_unit=unit, by=manager)
    unit.refresh_from_db()
    assert (unit.poster_room, unit.poster_renewals) == (0, 1)


def test_a_third_new_code_is_refused(unit: SurveyUnit, manager: User) -> None:
    for _ in range(2):
        renew_poster(survey_unit=unit, by=manager)
    unit.refresh_from_db()
    code = unit.answer_code
    with pytest.raises(Refused, match="2 times"):
        renew_poster(survey_unit=unit, by=manager)
    unit.refresh_from_db()
    assert (unit.answer_code, unit.poster_renewals, unit.poster_room) == (code, 2, 42)


def test_a_closed_unit_and_a_joint_form_have_no_poster_to_renew(
    unit: SurveyUnit, manager: User
) -> None:
    answer(unit, times=8)
    SurveyUnit.objects.filter(pk=unit.pk).update(enough=True)
    close_early(survey_unit=unit, by=manager)
    joint = open_unit(mode=SurveyUnit.Mode.JOINT, headcount=6, minimum_group=1)
    for each in (unit, joint):
        with pytest.raises(Refused):
            renew_poster(survey_unit=each, by=manager)


def test_closing_takes_back_what_is_not_true_any_more(unit: SurveyUnit, manager: User) -> None:
    answer(unit, times=14)
    tell_of_full_posters()
    SurveyUnit.objects.filter(pk=unit.pk).update(enough=True)
    close_early(survey_unit=unit, by=manager)
    assert Message.objects.get(step=Message.Step.POSTER_FULL).state == Message.State.DROPPED


def test_the_letter_says_what_staff_can_use_and_where_to_act(
    unit: SurveyUnit, manager: User
) -> None:
    answer(unit, times=14)
    tell_of_full_posters()
    letter = letter_of(Message.objects.get(user=manager))
    assert letter is not None
    assert letter.subject == f"Poster full: {unit.unit_name}: {unit.survey.title}"
    assert "Staff can still use a personal link or a code slip." in letter.body
    assert f"/surveys/{unit.survey_id}/" in letter.body
    said, organisation = letter.body, unit.survey.organisation
    for name in (organisation.name, organisation.slug, unit.unit_name, unit.survey.title):
        said = said.replace(name, "")  # which have numbers of their own here
    assert not re.search(r"(?<!/)\b14\b", said), said
