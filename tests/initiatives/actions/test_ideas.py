"""Ideas: kept without who, when or in which order; shown in the morning; answered once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from initiatives.actions.idea_box import close_idea_box, open_idea_box
from initiatives.actions.ideas import answer_idea, erase_old_ideas, send_idea, show_new_ideas
from initiatives.models import Idea
from initiatives.queries.ideas import has_another_lead, ideas_waiting
from initiatives.rules.ideas import MOST_WAITING
from organisations.access import memberships
from organisations.models import AuditEntry, Role, User
from organisations.rules.refusal import Refused
from tests.factories import MembershipFactory
from tests.fieldwork.launching import Trust, a_trust

pytestmark = [pytest.mark.django_db, pytest.mark.both]
# London, in winter.
MORNING = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
TODAY = date(2026, 11, 30)


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def send(trust: Trust, *words: str) -> None:
    for one in words:
        send_idea(unit=trust.ward_7, words=one, for_lead_only=False)


def test_a_row_holds_no_day_until_the_morning_and_no_order_after(trust: Trust) -> None:
    sent = [f"Idea {place:02}" for place in range(12)]
    send(trust, *sent)
    before = set(Idea.objects.values_list("pk", flat=True))
    assert set(Idea.objects.values_list("shown_on", flat=True)) == {None}
    assert not AuditEntry.objects.filter(action__contains="idea").exists()
    assert show_new_ideas(MORNING) == 12
    assert before.isdisjoint(Idea.objects.values_list("pk", flat=True)), "rows are written anew"
    assert set(Idea.objects.values_list("shown_on", flat=True)) == {TODAY}


def test_of_a_thousand_ideas_neither_keys_nor_rows_tell_the_order(trust: Trust) -> None:
    """The rows as the database keeps them, beside an access log that knows who came when."""
    orders: list[Callable[[], list[str]]] = [
        lambda: list(Idea.objects.order_by("pk").values_list("words", flat=True)),
        lambda: list(Idea.objects.order_by().values_list("words", flat=True)),
    ]
    sent = [f"{place:04}" for place in range(1000)]
    Idea.objects.bulk_create(Idea(unit=trust.ward_7, words=one) for one in sent)
    show_new_ideas(MORNING)
    for order in orders:
        kept = order()
        assert sorted(kept) == sent
        # How many stand behind their neighbour: half of them by chance, all where order was kept.
        rising = sum(one < other for one, other in pairwise(kept))
        assert 430 < rising < 570


@pytest.mark.parametrize(("minutes", "shown"), [(-1, 0), (0, 1), (1, 1)])
def test_from_seven_in_the_organisations_morning(trust: Trust, minutes: int, shown: int) -> None:
    send(trust, "Quieter bins")
    assert show_new_ideas(MORNING + timedelta(minutes=minutes)) == shown


def test_what_comes_after_seven_waits_for_the_next_morning(trust: Trust) -> None:
    send(trust, "Quieter bins")
    assert show_new_ideas(MORNING) == 1
    send(trust, "A lamp at each bed")
    assert show_new_ideas(MORNING + timedelta(hours=5)) == 0
    assert show_new_ideas(MORNING + timedelta(days=1)) == 1


def test_the_same_words_wait_once(trust: Trust) -> None:
    send(trust, "Quieter bins", "Quieter bins")
    assert Idea.objects.count() == 1


@pytest.mark.parametrize(
    ("waiting", "fits"),
    [(MOST_WAITING - 2, True), (MOST_WAITING - 1, True), (MOST_WAITING, False)],
)
def test_so_many_wait_and_no_more(trust: Trust, waiting: int, fits: bool) -> None:
    send(trust, *(f"Idea {place}" for place in range(waiting)))
    if fits:
        send(trust, "One more")
    else:
        with pytest.raises(Refused, match="waiting for an answer"):
            send(trust, "One more")
    assert Idea.objects.count() == waiting + fits


def test_an_answer_stands_once(trust: Trust) -> None:
    send(trust, "Quieter bins")
    show_new_ideas(MORNING)
    idea = Idea.objects.get()

    def answer(word: str) -> None:
        answer_idea(idea=idea, answer=word, words="From Monday", on=TODAY, by=trust.manager)

    answer("do")
    answer("do")
    with pytest.raises(Refused, match="Someone else"):
        answer("not_now")
    idea.refresh_from_db()
    assert (idea.answer, idea.answered_on) == ("do", TODAY)
    entry = AuditEntry.objects.get(action="idea answered")
    assert entry.detail == {"unit": trust.ward_7.pk, "answer": "do"}


@pytest.mark.parametrize(("days", "is_kept"), [(364, True), (365, True), (366, False)])
@pytest.mark.parametrize("answer", ["", "do"])
def test_ideas_are_kept_for_a_year(trust: Trust, days: int, is_kept: bool, answer: str) -> None:
    day = TODAY - timedelta(days=days)
    Idea.objects.create(
        unit=trust.ward_7,
        words="Quieter bins",
        shown_on=day,
        answer=answer,
        answered_on=day if answer else None,
    )
    erase_old_ideas(TODAY)
    assert Idea.objects.exists() == is_kept


@pytest.mark.parametrize(("days", "lead_hears"), [(13, False), (14, True), (15, True)])
def test_a_lead_hears_of_it_in_time(trust: Trust, days: int, lead_hears: bool) -> None:
    Idea.objects.create(
        unit=trust.ward_7, words="Quieter bins", shown_on=TODAY - timedelta(days=days)
    )

    def waiting(user: User) -> int:
        held = memberships(user=user, organisation=trust.organisation)
        return ideas_waiting(held, today=TODAY).count()

    assert waiting(trust.manager) == 1
    assert waiting(trust.lead) == int(lead_hears)


def test_for_the_lead_alone_is_offered_where_there_is_another(trust: Trust) -> None:
    assert has_another_lead(trust.ward_7)
    MembershipFactory.create(
        organisation=trust.organisation, unit=trust.ward_7, user=trust.lead, role=Role.MANAGER
    )
    assert not has_another_lead(trust.ward_7)
    trust.member(Role.LEAD, trust.ward_9)
    assert not has_another_lead(trust.ward_7)
    trust.member(Role.LEAD, trust.medicine)
    assert has_another_lead(trust.ward_7)


def test_a_closed_box_keeps_nothing_whatever_page_was_open(trust: Trust) -> None:
    today = timezone.localdate()
    close_idea_box(
        unit=trust.ward_7, until=today + timedelta(days=1), why="Away", today=today, by=trust.lead
    )
    with pytest.raises(Refused, match="Nothing was kept"):
        send(trust, "Quieter bins")
    send_idea(unit=trust.ward_9, words="Softer shoes", for_lead_only=False)
    open_idea_box(unit=trust.ward_7, by=trust.lead)
    send(trust, "Quieter bins")
    assert Idea.objects.count() == 2
