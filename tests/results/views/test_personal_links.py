"""After publication a personal link leads to the team page, where messages can be stopped."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Role
from organisations.rules import personal_links
from surveys.actions.erasure import KEPT_FOR, end_links
from surveys.models import Contact, Invitation, Message, OptOut, SurveyUnit
from surveys.rules import tokens
from surveys.words.messages import opt_out_link
from tests.published_house import House


def invited(house: House, channel: str = "email", *, used: bool = False) -> tuple[Invitation, str]:
    """Somebody on Ward 7's list and the path of their link."""
    seed = tokens.new_link_word()
    token = personal_links.token(purpose=personal_links.Purpose.INVITATION, source=seed)
    contact = Contact.objects.create(survey_unit=house.result, email=f"{seed}@ward.example")
    invitation = Invitation.objects.create(
        survey_unit=house.result,
        contact=contact if channel != "slip" else None,
        channel=channel,
        seed=seed,
        token_hash=personal_links.token_hash(token),
        used=used,
    )
    return invitation, f"/a/{token}"


@pytest.mark.parametrize("channel", ["email", "sms"])
@pytest.mark.parametrize("used", [False, True])
def test_it_leads_there_used_or_not(house: House, client: Client, channel: str, used: bool) -> None:
    invitation, link = invited(house, channel, used=used)
    response = client.get(link)
    stop = opt_out_link(invitation).rpartition("/")[2]
    assert response.status_code == 302
    assert response["Location"] == f"/w/ward-7-unguessable?stop={stop}"
    assert response["Cache-Control"] == "no-store"
    page = client.get(response["Location"]).content.decode()
    assert "Ward 7 – care of older people: result" in page
    assert f'href="/stop/{stop}">Stop messages</a>' in page
    client.post(f"/stop/{stop}")
    assert OptOut.objects.count() == 1


def test_nobody_elses_way_in_does(house: House, client: Client) -> None:
    _, link = invited(house, "slip")
    poster = SurveyUnit.objects.get(pk=house.result.pk).answer_code
    for address in (link, f"/q/{poster}"):
        assert client.get(address).status_code == 200
    page = client.get("/w/ward-7-unguessable").content.decode()
    assert "Stop messages" not in page


def test_before_publication_it_does_not(house: House, client: Client) -> None:
    _, link = invited(house)
    SurveyUnit.objects.update(published_at=None)
    page = client.get(link)
    assert page.status_code == 200
    assert "Stop messages" in page.content.decode()


@pytest.mark.parametrize(
    "stop", ["x", "1-x", "1-aaaaaaa", "1-aaaaaaaaa", '1-aaaaaaa"', "-aaaaaaaa"]
)
def test_odd_words_there_are_no_way_to_stop(house: House, client: Client, stop: str) -> None:
    page = client.get("/w/ward-7-unguessable", {"stop": stop})
    assert page.status_code == 200
    assert "Stop messages" not in page.content.decode()


def test_after_30_days_it_says_whom_to_ask(house: House, client: Client) -> None:
    _, link = invited(house)
    over = timezone.now() - KEPT_FOR - timedelta(minutes=1)
    SurveyUnit.objects.update(closes_at=over, published_at=over)
    end_links(now=timezone.now())
    page = client.get(link)
    assert page.status_code == 404
    assert (
        "This link is not correct or has ended. Ask your manager for the team page."
        in page.content.decode()
    )


class TestTheManager:
    def told(self, house: House) -> None:
        invitation, _ = invited(house)
        Message.objects.create(
            survey=house.result.survey,
            survey_unit=house.result,
            invitation=invitation,
            step=Message.Step.RESULT,
            state=Message.State.SENT,
            due_at=timezone.now(),
            sent_at=timezone.now().replace(month=11, day=29, hour=12),
        )

    def test_sees_when_the_list_was_messaged(self, house: House, client: Client) -> None:
        client.force_login(house.member(Role.MANAGER, house.ward_7))
        assert "your staff list" not in client.get(house.address()).content.decode()
        self.told(house)
        page = client.get(house.address()).content.decode()
        assert "We messaged your staff list on 29 November" in page

    def test_the_team_page_does_not_say_it(self, house: House, client: Client) -> None:
        self.told(house)
        assert "your staff list" not in client.get("/w/ward-7-unguessable").content.decode()
