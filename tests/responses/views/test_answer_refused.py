"""What the respondent's addresses refuse: bad sheets, closed units, used links, strangers."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from responses.models import Envelope, Tally
from surveys.models import ReplacedPoster, SurveyUnit
from tests.factories import SurveyFactory
from tests.responses.ballots import invite, open_unit
from tests.responses.forms import body, named_link, page_text, secret_in, send

pytestmark = pytest.mark.django_db


class TestRefusals:
    def refused(
        self, client: Client, address: str, data: str, status: int, plainly: int = 0, **more: Any
    ) -> str:
        """Both the script and the plain form get their status and a sentence; nothing is stored."""
        plain = send(client, address, data, script=False, **more)
        response = send(client, address, data, **more)
        assert (response.status_code, plain.status_code) == (status, plainly or status)
        answer = response.json()
        assert answer["sent"] is False
        assert answer["text"] in plain.content.decode()
        assert not Envelope.objects.exists()
        assert not Tally.objects.filter(count__gt=0).exists()
        return str(answer["text"])

    @pytest.mark.parametrize(
        "data",
        [
            f"secret={'s' * 43}&ENV01=6",
            f"secret={'s' * 43}&ENV01=-1",
            f"secret={'s' * 43}&ENV01=03",
            f"secret={'s' * 43}&ENV01=%D9%A3",
            f"secret={'s' * 43}&ENV01=" + "9" * 5000,
            f"secret={'s' * 43}&ENV01=three",
            f"secret={'s' * 43}&ENV01=",
            f"secret={'s' * 43}&ENV99=3",
            f"secret={'s' * 43}&ENV01=3&ENV01=4",
            f"secret={'s' * 43}&ENV01=%00",
            f"secret={'s' * 43}&ENV01",
            f"secret={'s' * 43}",
            "ENV01=3",
            "secret=short&ENV01=3",
            f"secret={'ä' * 43}&ENV01=3",
            "&",
            "\x00\xff",
            '{"secret": 1}',
        ],
    )
    def test_malformed(self, client: Client, poster: str, data: str) -> None:
        assert self.refused(client, poster, data, 400, plainly=422)

    def test_nothing_answered(self, client: Client, poster: str) -> None:
        sentence = self.refused(client, poster, f"secret={'s' * 43}", 400, plainly=422)
        assert sentence == "Answer at least one statement before you send"

    def test_what_was_ticked_and_written_comes_back(self, client: Client) -> None:
        unit = open_unit(survey=SurveyFactory.create(comments="survey"), headcount=30)
        address, secret = f"/q/{unit.answer_code}", "s" * 43
        words = "Two\r\nlines & <more>"
        data = urlencode({"secret": secret, "ENV01": "3", "CTX05": "?", "ENV02": "9"})
        data += "&" + urlencode({"_comment": words})
        response = send(client, address, data, script=False)
        text = response.content.decode()
        assert response.status_code == 422
        assert "There is a problem" in text
        assert '<a href="#first">' in text and "<select name=ENV01 id=first>" in text
        chosen = re.findall(r"<select name=(\w+)[^>]*>(?:(?!</select>).)*value=(.) selected", text)
        assert chosen == [("ENV01", "3"), ("CTX05", "?")]
        assert "Two&#10;lines &amp; &lt;more&gt;</textarea>" in text
        assert secret_in(response) == secret
        assert not Envelope.objects.exists()
        mended = urlencode({"secret": secret, "ENV01": "3", "CTX05": "?"})
        assert send(client, address, mended, script=False).status_code == 200
        assert Envelope.objects.count() == 1

    def test_a_leaders_form_too(self, client: Client, unit: SurveyUnit) -> None:
        response = send(client, named_link(unit), f"secret={'s' * 43}", script=False)
        assert response.status_code == 422
        assert "before you send" in response.content.decode()

    def test_a_closed_survey_is_told_rather_than_what_is_wrong(self, client: Client) -> None:
        unit = open_unit(state="closed")
        response = send(client, f"/q/{unit.answer_code}", "ENV01=9", script=False)
        assert response.status_code == 409

    def test_too_large(self, client: Client, poster: str) -> None:
        self.refused(client, poster, body() + "&" + "x" * 20_000, 413)

    @pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", ""])
    def test_other_content(self, client: Client, poster: str, kind: str) -> None:
        self.refused(client, poster, body(), 415, content_type=kind)

    def test_methods(self, client: Client, poster: str) -> None:
        for method in (client.put, client.patch, client.delete, client.options):
            assert method(poster).status_code == 405

    @pytest.mark.parametrize("state", ["closed", "counted", "too_few"])
    def test_closed(self, client: Client, state: str) -> None:
        unit = open_unit(state=state)
        address = f"/q/{unit.answer_code}"
        page = client.get(address)
        assert page.status_code == 200
        assert "The survey has closed" in page.content.decode()
        assert f"/w/{unit.ward_page_code}" in page.content.decode()
        sentence = self.refused(client, address, body(), 409)
        assert sentence == "Sorry, your answers were not sent, so we cannot count them."

    def test_closes_at_its_time_even_if_the_sweep_is_late(self, client: Client) -> None:
        unit = open_unit(closes_at=timezone.now() - timedelta(seconds=1))
        address = f"/q/{unit.answer_code}"
        assert "The survey has closed" in page_text(client, address)
        self.refused(client, address, body(), 409)

    def test_not_open_yet_says_when(self, client: Client) -> None:
        unit = open_unit(state="waiting")
        unit.survey.opens_at = datetime(2099, 1, 5, 9, tzinfo=UTC)
        unit.survey.closes_at = datetime(2099, 2, 5, 9, tzinfo=UTC)
        unit.survey.save()
        address = f"/q/{unit.answer_code}"
        text = page_text(client, address)
        assert "It opens on Monday 5 January, 9am." in text
        assert "Too many patients" not in text
        self.refused(client, address, body(), 409)

    def test_opens_in_a_moment(self, client: Client) -> None:
        unit = open_unit(state="waiting")
        assert "opens in a moment" in page_text(client, f"/q/{unit.answer_code}")

    def test_cancelled(self, client: Client) -> None:
        unit = open_unit(state="cancelled")
        address = f"/q/{unit.answer_code}"
        assert "This survey was cancelled" in page_text(client, address)
        self.refused(client, address, body(), 409)

    def test_used_link(self, client: Client, link: str) -> None:
        send(client, link, body())
        page = client.get(link)
        assert page.status_code == 200
        assert "This link has been used" in page.content.decode()
        response = send(client, link, body())
        assert response.status_code == 409
        assert response.json()["title"] == "This link has been used"
        assert Envelope.objects.count() == 1

    def test_a_full_poster(self, client: Client) -> None:
        unit = open_unit(headcount=8)
        Tally.objects.filter(survey_unit=unit, channel="qr").update(count=unit.poster_room)
        response = send(client, f"/q/{unit.answer_code}", body())
        assert response.status_code == 409
        assert response.json()["title"] == "This poster cannot take any more answers"


class TestWhatIsPossible:
    """The script is told whether other codes would help, or nothing any more."""

    @pytest.mark.parametrize(
        ("standing", "possible"),
        [
            ("closed", {"slip": False, "over": True}),
            ("cancelled", {"slip": False, "over": True}),
            ("waiting", {"slip": False, "over": False}),
            ("full", {"slip": True, "over": False}),
            ("replaced", {"slip": True, "over": False}),
            ("unknown", {"slip": True, "over": False}),
        ],
    )
    def test_is_told_with_the_refusal(
        self, client: Client, standing: str, possible: dict[str, bool]
    ) -> None:
        unit = open_unit()
        code = unit.answer_code
        if standing == "full":
            Tally.objects.filter(survey_unit=unit, channel="qr").update(count=unit.poster_room)
        elif standing == "replaced":
            code = "BEFORE2222"
            ReplacedPoster.objects.create(survey_unit=unit, code=code)
        elif standing == "unknown":
            code = "NOBODY22"
        else:
            SurveyUnit.objects.update(state=standing)
        answer = send(client, f"/q/{code}", body()).json()
        assert answer["sent"] is False
        assert "not sent" in answer["text"]
        assert {name: answer[name] for name in possible} == possible

    @pytest.mark.parametrize(("standing", "leads"), [("closed", True), ("waiting", False)])
    def test_who_sends_after_the_close_is_led_to_the_team_page(
        self, client: Client, standing: str, leads: bool
    ) -> None:
        unit = open_unit(state=standing)
        late = send(client, f"/q/{unit.answer_code}", body(), script=False)
        assert late.status_code == 409
        assert (f'href="/w/{unit.ward_page_code}"' in late.content.decode()) is leads

    def test_a_used_link_and_answers_that_do_not_fit(
        self, client: Client, link: str, poster: str
    ) -> None:
        send(client, link, body())
        assert send(client, link, body()).json()["slip"]
        assert not send(client, poster, "secret=x&ENV01=3").json()["slip"]

    def test_a_device_that_sent_its_share(self, client: Client) -> None:
        unit = open_unit(headcount=22)
        for _ in range(11):
            send(client, f"/q/{unit.answer_code}", body())
        answer = send(client, f"/q/{unit.answer_code}", body()).json()
        assert answer["title"] == "Your answers were not sent from this device"
        assert answer["slip"]
        assert "Code on your code slip" in page_text(client, f"/q/{unit.answer_code}")


class TestUnknown:
    ADDRESSES = (
        "/a/nobody",
        "/q/NOBODY22",
        "/l/nobody",
        "/q/%F0%9F%92%A9",
        "/a/" + "x" * 500,
        "/a/talk/nobody.ics",
        "/q/nobody?lang=xx",
    )

    def test_one_identical_404(self, client: Client) -> None:
        answers = {
            (r.status_code, r.content, str(r.headers)) for r in map(client.get, self.ADDRESSES)
        }
        assert len(answers) == 1
        ((status, content, _),) = answers
        assert status == 404
        assert "This link or code is not correct" in content.decode()

    def test_posts_too(self, client: Client) -> None:
        posts = [
            send(client, address, "x") for address in ("/a/nobody", "/q/NOBODY22", "/l/nobody")
        ]
        assert {response.status_code for response in posts} == {404}
        assert "Your answers were not sent." in posts[0].json()["text"]
        assert len({response.content for response in posts}) == 1

    def test_a_token_opens_only_its_own_kind(self, client: Client, unit: SurveyUnit) -> None:
        token = invite(unit)
        named = named_link(unit).removeprefix("/l/")
        for address in (f"/l/{token}", f"/q/{token}", f"/a/{named}", f"/a/{unit.answer_code}"):
            assert client.get(address).status_code == 404


class TestDatabaseAway:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_a_503_and_never_sent(self, client: Client, poster: str, method: str) -> None:
        away = OperationalError("away")
        with mock.patch("organisations.queries.prepared.planned_cursor", side_effect=away):
            response = getattr(client, method)(poster)
        assert response.status_code == 503
        assert b"Sent" not in response.content
        assert b"Nothing has been lost" in response.content

    def test_a_plain_form_can_be_sent_once_more(self, client: Client, poster: str) -> None:
        sheet = body()
        away = OperationalError("away")
        with mock.patch("organisations.queries.prepared.planned_cursor", side_effect=away):
            response = send(client, poster, sheet, script=False)
        assert response.status_code == 503
        again = dict(
            re.findall(r'type=hidden name="(\w+)" value="([^"]*)"', response.content.decode())
        )
        assert "Try again now" in response.content.decode()
        assert urlencode(again) == sheet
        for _ in range(2):
            assert send(client, poster, urlencode(again), script=False).status_code == 200
        assert Envelope.objects.count() == 1

    def test_lost_in_the_middle_of_sending(self, client: Client, poster: str) -> None:
        sheet = body()
        with mock.patch("responses.actions.submission._count_in", side_effect=OperationalError):
            response = send(client, poster, sheet)
        assert response.status_code == 503
        assert send(client, poster, sheet).json() == {"sent": True}
        assert Envelope.objects.count() == 1
