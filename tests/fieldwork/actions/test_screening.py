"""Comments from the envelope to the result: kept apart, read first, shown from five on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fieldwork import tasks
from fieldwork.actions.closing import close_survey_unit
from fieldwork.actions.screening import (
    ask_to_read,
    decide,
    delete_unread,
    hand_over,
    remove_comment,
)
from organisations.models import AuditEntry, Deployment
from organisations.rules.refusal import OnHold
from responses.actions.count import CountFailed, count_survey_unit
from responses.actions.keys import private_key_of
from responses.actions.submission import SubmissionResult, submit_sealed
from responses.models import Comment, Envelope, ScreenedComment, Screening
from responses.models.response import Response
from responses.queries.comments import in_hand, is_being_read, shown_comments
from responses.queries.verify import box_differences
from surveys.actions.locks import NotPossible
from surveys.models import SurveyUnit
from tests.factories import SurveyFactory, UserFactory
from tests.responses.ballots import ALL_THREES, new_secret, open_unit, page_of_code

pytestmark = pytest.mark.django_db

PARTS = 7


def asked(ask: str = "survey", **fields: object) -> SurveyUnit:
    return open_unit(survey=SurveyFactory.create(comments=ask), **fields)


def write(unit: SurveyUnit, *written: str) -> None:
    """One person answers and writes; nothing written is a blank in each field."""
    outcome = submit_sealed(
        page=page_of_code(unit), secret=new_secret(), answers=ALL_THREES, written=written
    )
    assert outcome is SubmissionResult.SENT


def counted(unit: SurveyUnit) -> SurveyUnit:
    SurveyUnit.objects.filter(pk=unit.pk).update(state=SurveyUnit.State.CLOSED)
    assert count_survey_unit(survey_unit=unit, private_key=private_key_of(survey=unit.survey))
    unit.refresh_from_db()
    return unit


def twelve_wrote(ask: str = "survey") -> SurveyUnit:
    unit = asked(ask)
    for number in range(12):
        texts = [f"Person {number} on part {part}" for part in range(PARTS)]
        write(unit, *(texts if ask == "section" else texts[:1]))
    return counted(unit)


def handed(unit: SurveyUnit) -> Screening:
    screening = Screening.objects.get(pk=unit.pk)
    ask_to_read(screening=screening, by=UserFactory.create())
    hand_over(screening=screening)
    return screening


def test_every_envelope_is_one_size_whoever_wrote() -> None:
    unit = asked("section")
    write(unit)
    write(unit, *["A word"] * PARTS)
    write(unit, *["💚" * 240] * PARTS)
    assert len({len(bytes(one.sealed)) for one in Envelope.objects.all()}) == 1
    plain = open_unit()
    write(plain)
    small = Envelope.objects.get(survey_unit=plain)
    assert len(bytes(small.sealed)) < 400


def test_the_count_keeps_comments_apart_and_shuffled() -> None:
    unit = twelve_wrote("section")
    assert set(Response.objects.values_list("answers", flat=True)) == {ALL_THREES}
    texts = list(Comment.objects.values_list("text", flat=True))
    assert len(texts) == 12 * PARTS
    assert texts != sorted(texts)
    keys = set(Comment.objects.values_list("key", flat=True))
    assert keys.isdisjoint(Response.objects.values_list("key", flat=True))
    assert box_differences(survey=unit.survey) == []


@pytest.mark.parametrize(("people", "writers"), [(9, 9), (10, 4), (22, 4)])
def test_too_few_to_be_read_are_never_stored(people: int, writers: int) -> None:
    unit = asked()
    for number in range(people):
        write(unit, "Something" if number < writers else "")
    counted(unit)
    assert Response.objects.count() == people
    assert not Comment.objects.exists()
    assert not Screening.objects.exists()
    assert box_differences(survey=unit.survey) == []


def test_a_part_with_too_few_is_left_out_alone() -> None:
    unit = asked("section")
    for number in range(10):
        write(unit, "On the first", "On the second" if number < 4 else "", *[""] * (PARTS - 2))
    counted(unit)
    assert set(Comment.objects.values_list("section__position", "text")) == {(1, "On the first")}


def test_below_k_comments_go_unopened_with_the_answers() -> None:
    unit = asked()
    for _ in range(6):
        write(unit, "Nobody will read this")
    for _ in range(2):
        SurveyUnit.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
        close_survey_unit(survey_unit=unit)
    unit.refresh_from_db()
    assert unit.state == SurveyUnit.State.TOO_FEW
    assert not Envelope.objects.exists()
    assert not Comment.objects.exists()


def test_a_sheet_with_another_number_of_comments_stops_the_count() -> None:
    unit = asked("section")
    for _ in range(10):
        write(unit, *["A word"] * PARTS)
    unit.survey.comments = "survey"
    unit.survey.save()
    SurveyUnit.objects.update(state=SurveyUnit.State.CLOSED)
    with pytest.raises(CountFailed):
        count_survey_unit(survey_unit=unit, private_key=private_key_of(survey=unit.survey))
    assert not Response.objects.exists()
    assert not Comment.objects.exists()


def test_a_text_belongs_to_each_field() -> None:
    unit = asked("section")
    with pytest.raises(ValueError, match="each comment field"):
        write(unit, "Only one")
    assert not Envelope.objects.exists()


def test_nothing_is_handed_over_before_someone_asked_on_record() -> None:
    unit = twelve_wrote()
    screening = Screening.objects.get(pk=unit.pk)
    assert hand_over(screening=screening) == 0
    by = UserFactory.create()
    ask_to_read(screening=screening, by=by)
    ask_to_read(screening=screening, by=UserFactory.create())
    entry = AuditEntry.objects.get(action="comments opened")
    assert entry.actor == by
    assert in_hand(screening) == []
    tasks.sweep()
    assert len(in_hand(screening)) == 12
    assert not Comment.objects.exists()
    assert hand_over(screening=screening) == 0


def test_only_what_was_let_through_is_shown_once() -> None:
    unit = twelve_wrote()
    screening = handed(unit)
    written = in_hand(screening)
    assert shown_comments(unit) == []
    assert is_being_read(unit)
    by = UserFactory.create()
    assert decide(screening=screening, shown=[one.key for one in written[:5]], by=by) == 5
    assert {one.text for one in shown_comments(unit)} == {one.text for one in written[:5]}
    assert ScreenedComment.objects.count() == 5
    with pytest.raises(NotPossible):
        decide(screening=screening, shown=[], by=by)
    assert len(shown_comments(unit)) == 5
    entry = AuditEntry.objects.get(action="comments screened")
    assert entry.detail == {"shown": 5, "left_out": 7}
    assert not is_being_read(unit)


def test_fewer_than_five_left_show_none_of_their_part() -> None:
    unit = twelve_wrote("section")
    screening = handed(unit)
    first, second = sorted({one.part for one in in_hand(screening)})[:2]
    wanted = [one.key for one in in_hand(screening) if one.part == first][:4]
    wanted += [one.key for one in in_hand(screening) if one.part == second][:5]
    assert decide(screening=screening, shown=wanted, by=UserFactory.create()) == 5
    assert {one.part for one in shown_comments(unit)} == {second}
    assert ScreenedComment.objects.count() == 5


def test_on_hold_nothing_is_decided_but_a_name_can_be_taken_off() -> None:
    shown, waiting = handed(twelve_wrote()), handed(twelve_wrote())
    by = UserFactory.create()
    decide(screening=shown, shown=[one.key for one in in_hand(shown)], by=by)
    Deployment.objects.update(hold_since=timezone.now())
    with pytest.raises(OnHold):
        decide(screening=waiting, shown=[], by=by)
    assert len(in_hand(waiting)) == 12
    assert remove_comment(screening=shown, key=in_hand(shown)[0].key, by=by)


def test_keys_of_another_unit_are_not_shown() -> None:
    screening, other = handed(twelve_wrote()), handed(twelve_wrote())
    keys = [one.key for one in in_hand(other)]
    assert decide(screening=screening, shown=keys, by=UserFactory.create()) == 0
    assert len(in_hand(other)) == 12


def test_a_comment_can_be_taken_off_later() -> None:
    unit = twelve_wrote()
    screening = handed(unit)
    by = UserFactory.create()
    key = in_hand(screening)[0].key
    assert not remove_comment(screening=screening, key=key, by=by)
    decide(screening=screening, shown=[one.key for one in in_hand(screening)], by=by)
    assert remove_comment(screening=screening, key=key, by=by)
    assert not remove_comment(screening=screening, key=key, by=by)
    assert len(shown_comments(unit)) == 11
    assert AuditEntry.objects.filter(action="comment removed").count() == 1


def test_what_nobody_decided_about_goes_after_thirty_days() -> None:
    waiting, before, done = twelve_wrote(), twelve_wrote(), twelve_wrote()
    handed(before)
    screening = handed(done)
    decide(
        screening=screening,
        shown=[one.key for one in in_hand(screening)],
        by=UserFactory.create(),
    )
    SurveyUnit.objects.update(closes_at=timezone.now())
    assert delete_unread(now=timezone.now() + timedelta(days=29)) == 0
    assert delete_unread(now=timezone.now() + timedelta(days=31)) == 2
    assert not Comment.objects.filter(survey_unit__in=(waiting, before)).exists()
    assert set(ScreenedComment.objects.values_list("screening", flat=True)) == {done.pk}
    assert not is_being_read(waiting)
    assert delete_unread(now=timezone.now() + timedelta(days=31)) == 0


@pytest.mark.parametrize("fault", ["too few of a part", "not asked", "not counted", "no screening"])
def test_verify_tells_what_does_not_add_up(fault: str) -> None:
    unit = twelve_wrote()
    if fault == "too few of a part":
        some = Comment.objects.values("pk")[:8]
        Comment.objects.filter(pk__in=list(some.values_list("pk", flat=True))).delete()
    elif fault == "not asked":
        unit.survey.comments = "none"
        unit.survey.save()
    elif fault == "not counted":
        SurveyUnit.objects.update(state=SurveyUnit.State.CLOSED)
    else:
        Screening.objects.all().delete()
    assert any("comment" in one for one in box_differences(survey=unit.survey))
