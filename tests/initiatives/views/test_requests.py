"""Requests for those who send, answer and follow them.

Over 300 lines: all that is pressed on a request is tried on the same one.
"""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from initiatives.actions.requests import Said, answer_request, withdraw_request
from initiatives.models import Action, Commitment, DepartmentRequest
from initiatives.queries.requests import Recipient
from initiatives.views import requests
from organisations.models import Role, User
from organisations.words.dates import day
from tests.factories import ActionFactory, PriorityFactory
from tests.fieldwork.launching import Trust, a_trust
from tests.initiatives.asking import NEEDS, ask, department, in_days, running, to_department, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def here(trust: Trust) -> Commitment:
    return running(trust)


@pytest.fixture
def action(trust: Trust, here: Commitment) -> Action:
    priority = PriorityFactory.create(
        initiative=here.initiative, unit=here.unit, result=1, title="Enough hands at lunch"
    )
    made: Action = ActionFactory.create(
        initiative=here.initiative, unit=here.unit, priority=priority, what="Second trolley",
        owner="Charge nurse", due_on=in_days(20), added_by=trust.manager,
    )  # fmt: skip
    return made


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def on_unit(trust: Trust, here: Commitment, rest: str = "") -> str:
    return trust.url(f"initiatives/{here.initiative_id}/units/{here.unit_id}/{rest}")


def test_a_request_is_sent_from_an_action(trust: Trust, here: Commitment, action: Action) -> None:
    estates, client = department(trust), as_(trust.manager)
    page = client.get(on_unit(trust, here)).text
    address = on_unit(trust, here, f"actions/{action.pk}/request")
    assert address in page
    form = client.get(address).text
    assert "After its debrief, your team can read the answer" in form
    assert "Answer due " in form and "Second trolley" in form
    posted = typed(estates, needs=f" {NEEDS} ")
    response = client.post(address, posted)
    one = DepartmentRequest.objects.get()
    assert response["Location"] == trust.url(f"requests/{one.pk}")
    assert (one.action, one.needs, one.answer_by) == (action, NEEDS, in_days(14))
    page = client.get(on_unit(trust, here)).text
    assert page.count("Waiting for an answer") == 1 and address not in page
    assert "Request to Estates, answer due " in page and NEEDS in page
    action.refresh_from_db()
    assert action.state == "planned", "it is not stored"


def test_the_units_page_leads_who_decides_there_to_say_how_an_action_went(
    trust: Trust, here: Commitment, action: Action
) -> None:
    """Whoever is only responsible for the improvement does not close the team's actions."""
    sponsor = trust.member(Role.REVIEWER)
    here.initiative.responsibilities.create(part="sponsor", user=sponsor)
    link = f'href="{trust.url(f"results/{action.result}/plan/actions/{action.pk}/close")}"'
    for user, leads in ((trust.manager, True), (trust.lead, True), (sponsor, False)):
        assert (link in as_(user).get(on_unit(trust, here)).text) is leads
    Action.objects.update(state="done", closed_on=in_days(0))
    assert link not in as_(trust.manager).get(on_unit(trust, here)).text


def test_where_nobody_can_be_asked_the_page_says_who_helps(trust: Trust, here: Commitment) -> None:
    address = on_unit(trust, here, "requests/add")
    page = as_(trust.manager).get(address).text
    assert "Ask an administrator to add departments in Settings." in page
    assert "Who do you ask?" not in page
    department(trust)
    page = as_(trust.manager).get(address).text
    assert "Who do you ask?" in page and "nobody to ask" not in page


def test_another_day_is_chosen_in_a_fold(trust: Trust, here: Commitment) -> None:
    estates, client = department(trust), as_(trust.manager)
    chosen = on_unit(trust, here, "requests/add")
    page = client.get(chosen).text
    assert f'name="answer_by" type="date" value="{in_days(14).isoformat()}"' in page
    assert '<details class="nhsuk-details">' in page
    posted = typed(estates)
    for wrong in ("", "31 02 2027", timezone.localdate().isoformat(), in_days(91).isoformat()):
        response = client.post(chosen, {**posted, "answer_by": wrong})
        assert response.status_code == 422 and NEEDS in response.text
        assert '<details class="nhsuk-details" open>' in response.text
    assert not DepartmentRequest.objects.exists()
    client.post(chosen, {**posted, "answer_by": in_days(3).isoformat()})
    assert DepartmentRequest.objects.get().answer_by == in_days(3)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"to": ""}, "Choose who you ask"),
        ({"to": "member-1"}, "Choose who you ask"),
        ({"to": "department-999"}, "Choose who you ask"),
        ({"needs": " \u200b"}, "Enter what you need from them"),
        ({"needs": "x" * 241}, "Use 240 characters or fewer"),
        (
            {"needs": "Sign in at estates-login.com"},
            "Remove the link “estates-login.com”. This text is sent",
        ),
    ],
)
def test_what_is_wrong_is_said(
    trust: Trust, here: Commitment, wrong: dict[str, str], sentence: str
) -> None:
    posted = {**typed(department(trust)), **wrong}
    response = as_(trust.manager).post(on_unit(trust, here, "requests/add"), posted)
    assert response.status_code == 422 and sentence in response.text
    assert not DepartmentRequest.objects.exists()


def test_nothing_of_another_unit_or_organisation_is_asked_for(
    trust: Trust, here: Commitment, action: Action
) -> None:
    elsewhere = Commitment.objects.create(initiative=here.initiative, unit=trust.ward_9)
    client = as_(trust.lead)
    for rest in (f"actions/{action.pk}/request", f"priorities/{action.priority_id}/request"):
        assert client.get(on_unit(trust, elsewhere, rest)).status_code == 404
        assert client.get(on_unit(trust, here, rest)).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"), [(Role.MANAGER, 403), (Role.REVIEWER, 403), (Role.ADMINISTRATOR, 403)]
)
def test_who_only_reads_sends_none(trust: Trust, here: Commitment, role: Role, status: int) -> None:
    unit = trust.ward_9 if role == Role.MANAGER else None
    client = as_(trust.member(role, unit))
    assert client.get(on_unit(trust, here, "requests/add")).status_code == status


class TestAMemberWhoIsAsked:
    @pytest.fixture
    def above(self, trust: Trust) -> User:
        return trust.member(Role.MANAGER, trust.medicine, name="Asha Bell")

    @pytest.fixture
    def one(self, trust: Trust, here: Commitment, above: User) -> DepartmentRequest:
        return ask(trust, here, to=Recipient("", "the manager of Medicine", member=above))

    def test_answers_on_the_request(
        self, trust: Trust, above: User, one: DepartmentRequest
    ) -> None:
        address, client = trust.url(f"requests/{one.pk}"), as_(above)
        page = client.get(address).text
        assert "Your answer, by" in page and "Waiting for an answer" in page
        assert client.post(f"{address}?answer=no", {"why": ""}).status_code == 422
        posted = {"promised_on": in_days(5).isoformat()}
        assert client.post(f"{address}?answer=yes", posted).status_code == 302
        one.refresh_from_db()
        assert (one.answer, one.promised_on) == ("yes", in_days(5))
        page = client.get(address).text
        assert "The manager of Medicine: yes, by " in page and "Your answer, by" not in page
        response = client.post(f"{address}?answer=no", {"why": "Changed"}, follow=True)
        assert "has an answer already" in response.text

    def test_is_the_only_one_who_answers(self, trust: Trust, one: DepartmentRequest) -> None:
        reviewer, lead = trust.member(Role.REVIEWER), trust.lead
        for user in (trust.manager, reviewer, lead):
            client = as_(user)
            address = trust.url(f"requests/{one.pk}?answer=no")
            assert client.get(address).status_code == 200
            assert "Send the answer" not in client.get(address).text
            assert client.post(address, {"why": "x"}).status_code == 403
        one.refresh_from_db()
        assert one.answer == ""

    def test_has_no_link(self, one: DepartmentRequest, client: Client) -> None:
        assert client.get(f"/ask/{one.link_token}").status_code == 404


def test_nobody_answers_what_they_sent(trust: Trust, here: Commitment) -> None:
    me = trust.member(Role.MANAGER, trust.medicine)
    one = ask(trust, here, by=me, to=Recipient("", "the manager of Medicine", member=me))
    address = trust.url(f"requests/{one.pk}?answer=no")
    assert as_(me).post(address, {"why": "x"}).status_code == 403


def test_who_has_nothing_to_do_with_it_reads_none(trust: Trust, here: Commitment) -> None:
    one = ask(trust, here)
    client = as_(trust.member(Role.MANAGER, trust.ward_9))
    assert client.get(trust.url(f"requests/{one.pk}")).status_code == 403
    assert NEEDS not in client.get(trust.url("requests/")).text
    assert client.get(trust.url("requests/99999")).status_code == 404


def test_after_not_ours_the_team_asks_again_or_withdraws(trust: Trust, here: Commitment) -> None:
    one = ask(trust, here)
    answer_request(one=one, said=Said("not_ours"), by=None)
    pharmacy, client = department(trust, "Pharmacy"), as_(trust.lead)
    page = client.get(trust.url(f"requests/{one.pk}")).text
    assert "Estates: not ours." in page and "Ask someone else" in page and "Withdraw" in page
    again = trust.url(f"requests/{one.pk}/again")
    assert NEEDS in client.get(again).text
    client.post(again, typed(pharmacy))
    new = DepartmentRequest.objects.get(moved_from=one)
    assert "First asked: Estates" in client.get(trust.url(f"requests/{new.pk}")).text
    assert client.post(again, typed(pharmacy, needs="x")).status_code == 422


@pytest.mark.parametrize(
    ("undelivered", "said"),
    [
        ("", f"answer due {day(in_days(14))}, in 14 days<br>"),
        ("no", "Request to Estates, could not be delivered<br>"),
        ("unknown", "Request to Estates, we do not know if it was delivered<br>"),
    ],
)
def test_a_list_counts_the_days_to_an_answer_that_can_come(
    trust: Trust, here: Commitment, undelivered: str, said: str
) -> None:
    DepartmentRequest.objects.filter(pk=ask(trust, here).pk).update(undelivered=undelivered)
    for address in (trust.url("requests/"), on_unit(trust, here)):
        assert said in as_(trust.manager).get(address).text


def test_what_was_withdrawn_is_asked_of_somebody_else_for_the_same(
    trust: Trust, here: Commitment, action: Action
) -> None:
    one = ask(trust, here, action=action)
    pharmacy, client = department(trust, "Pharmacy"), as_(trust.manager)
    page, again = trust.url(f"requests/{one.pk}"), trust.url(f"requests/{one.pk}/again")
    lists = (trust.url("requests/"), on_unit(trust, here))
    assert not any(again in client.get(address).text for address in (page, *lists))
    told = client.get(again, follow=True)
    assert told.redirect_chain[0][0] == page and "still waits for an answer" in told.text
    withdraw_request(one=one, by=trust.manager)
    assert all(again in client.get(address).text for address in (page, *lists))
    form = client.get(again).text
    assert NEEDS in form and "Second trolley" in form and "You asked Estates first." in form
    assert DepartmentRequest.objects.count() == 1, "opening it sends nothing"
    client.post(again, typed(pharmacy))
    new = DepartmentRequest.objects.latest("pk")
    assert (new.whom, new.action, new.priority) == ("Pharmacy", action, action.priority)
    assert (new.answer_by, new.moved_from) == (in_days(14), None)


@pytest.mark.parametrize(("said", "offers"), [
    (Said("no", "No money"), True), (Said("yes", promised_on=in_days(5)), False),
])  # fmt: skip
def test_after_a_no_somebody_else_is_asked(
    trust: Trust, here: Commitment, said: Said, *, offers: bool
) -> None:
    one, client = ask(trust, here), as_(trust.manager)
    answer_request(one=one, said=said, by=None)
    again = trust.url(f"requests/{one.pk}/again")
    for address in (trust.url(f"requests/{one.pk}"), trust.url("requests/"), on_unit(trust, here)):
        assert (again in client.get(address).text) is offers
    assert ("You asked Estates first." in client.get(again, follow=True).text) is offers


def test_in_place_of_who_has_left_somebody_else_is_asked(trust: Trust, here: Commitment) -> None:
    reviewer = trust.member(Role.REVIEWER)
    one = ask(trust, here, to=Recipient("", "the senior reviewer", member=reviewer))
    reviewer.memberships.update(is_active=False)
    estates, client = department(trust), as_(trust.manager)
    again = trust.url(f"requests/{one.pk}/again")
    for address in (trust.url(f"requests/{one.pk}"), trust.url("requests/")):
        assert again in client.get(address).text
    assert "That request is withdrawn when you send this one." in client.get(again).text
    one.refresh_from_db()
    assert one.withdrawn_at is None
    client.post(again, typed(estates, needs="Two trolleys"))
    one.refresh_from_db()
    assert one.withdrawn_at is not None
    assert DepartmentRequest.objects.latest("pk").needs == "Two trolleys"


@pytest.mark.parametrize("ends", ["action", "improvement"])
def test_nobody_else_is_asked_for_what_is_no_longer_needed(
    trust: Trust, here: Commitment, action: Action, ends: str
) -> None:
    one = ask(trust, here, action=action)
    withdraw_request(one=one, by=trust.manager)
    if ends == "action":
        Action.objects.update(state="done", closed_on=in_days(0))
    else:
        Commitment.objects.update(state="stopped")
    client, again = as_(trust.manager), trust.url(f"requests/{one.pk}/again")
    for address in (trust.url(f"requests/{one.pk}"), trust.url("requests/"), on_unit(trust, here)):
        assert again not in client.get(address).text
    assert "no longer needed" in client.get(again, follow=True).text


def test_only_the_team_is_offered_to_ask_somebody_else(trust: Trust, here: Commitment) -> None:
    one = ask(trust, here)
    withdraw_request(one=one, by=trust.manager)
    again, readers = trust.url(f"requests/{one.pk}/again"), as_(trust.member(Role.REVIEWER))
    for address in (trust.url(f"requests/{one.pk}"), trust.url("requests/")):
        assert again not in readers.get(address).text
        assert again in as_(trust.lead).get(address).text
    assert readers.get(again).status_code == 403


def test_withdrawing_is_a_post_of_the_team(trust: Trust, here: Commitment) -> None:
    one = ask(trust, here)
    address = trust.url(f"requests/{one.pk}/withdraw")
    assert as_(trust.manager).get(address).status_code == 405
    assert as_(trust.member(Role.REVIEWER)).post(address).status_code == 403
    assert "Request withdrawn" in as_(trust.lead).post(address, follow=True).text
    one.refresh_from_db()
    assert one.withdrawn_at is not None


def test_has_it_come_is_one_tap(trust: Trust, here: Commitment) -> None:
    one = ask(trust, here)
    answer_request(one=one, said=Said("yes", promised_on=timezone.localdate()), by=None)
    client, address = as_(trust.manager), trust.url(f"requests/{one.pk}")
    assert "Has it come?" in client.get(address).text
    wrong = client.post(f"{address}/come", {"has_come": "perhaps"}, follow=True)
    assert "Choose if it has come" in wrong.text
    client.post(f"{address}/come", {"has_come": "no"})
    assert "It has not come yet." in client.get(address).text
    client.post(f"{address}/come", {"has_come": "yes"})
    assert "It has come." in client.get(address).text
    assert as_(trust.member(Role.REVIEWER)).post(f"{address}/come").status_code == 403


def test_pages_cost_the_same_for_many(
    trust: Trust, here: Commitment, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    moved = ask(trust, here)
    for number in range(7):
        moved = ask(trust, here, needs=f"Trolley {number}")
        said = Said("not_ours", instead=department(trust, f"Department {number}"))
        answer_request(one=moved, said=said, by=None)
        ask(trust, here, to=to_department(trust), needs=f"Lamp {number}")
    client = as_(trust.lead)
    for address in (trust.url("requests/"), on_unit(trust, here)):
        with django_assert_max_num_queries(12):
            assert "Trolley 6" in client.get(address).text
    with django_assert_max_num_queries(10):
        client.get(trust.url(f"requests/{moved.pk}"))


def test_empty_lists_say_so(trust: Trust, here: Commitment) -> None:
    client = as_(trust.manager)
    assert "No requests are waiting for an answer" in client.get(trust.url("requests/")).text
    assert "No requests yet" in client.get(on_unit(trust, here)).text


@pytest.mark.parametrize(("number", "is_cut"), [(1, False), (2, False), (3, True)])
def test_a_list_that_is_cut_says_so(
    trust: Trust, here: Commitment, number: int, is_cut: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "MOST", 2)
    for place in range(number):
        ask(trust, here, needs=f"Trolley {place}")
        withdraw_request(one=ask(trust, here, needs=f"Tray {place}"), by=trust.manager)
    page = as_(trust.manager).get(trust.url("requests/")).text
    assert ("These are the 2 that are due first." in page) is is_cut
    assert ("These are the latest 2." in page) is is_cut
    assert page.count("<strong>Tr") == min(number, 2) * 2
