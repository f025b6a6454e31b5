"""The respondent's addresses: the document, named sheets, and sending.

Over 300 lines: the addresses of one page answer alike.
"""

import base64
import gzip
import hashlib
import logging
import re
from datetime import UTC, datetime
from typing import Any
from unittest import mock
from urllib.parse import urlencode

import brotli
import pytest
from django.test import Client, RequestFactory

from responses.models import Envelope, Tally
from responses.presenters.answer_document import Mode
from responses.views.answer import render_preview
from surveys.models import Invitation, NamedResponse, SurveyUnit
from tests.responses.ballots import invite, open_unit
from tests.responses.forms import body, codes, named_link, page_text, secret_in, send

pytestmark = pytest.mark.django_db


class TestDocument:
    def test_holds_the_whole_survey(self, client: Client, poster: str) -> None:
        text = page_text(client, poster)
        form = text.split("<form id=sheet")[1].split("</form>")[0]
        assert form.count("<select") == 45
        assert form.count("<option") == 45 * 8  # six options, “I can’t say”, and none
        assert " selected" not in form
        for words in (
            "Fewer falls at night",
            "Too many patients fall at night on the way to the toilet.",
            "We offer help to the toilet at 10pm, 2am and 5am.",
            "Ward 7 – care of older people",
            "about 8 minutes",
            "I can’t say",
        ):
            assert words in text
        assert "<html lang=en-GB>" in text

    def test_says_who_sees_the_answers_with_this_units_k(self, client: Client) -> None:
        unit = open_unit(minimum_group=10)
        text = page_text(client, f"/q/{unit.answer_code}")
        assert (
            "We do not ask your name. Your answers stay locked until the survey closes, then are "
            "mixed with everyone else’s. No page or report shows one person’s answers."
        ) in text
        assert (
            "We show results only if at least 10 people answer. If not, we delete the answers "
            "unopened."
        ) in text
        assert "If only 10 people answer and 9 of them tell each other" in text
        assert "anonymous" not in text.lower()

    def test_the_notice_stands_at_the_start_and_the_review_and_on_no_card(
        self, client: Client, unit: SurveyUnit
    ) -> None:
        """Without a script the start stands above the plain form."""
        text = page_text(client, f"/q/{unit.answer_code}")
        notice = unit.survey.version.notice
        assert notice.startswith("Please note")
        parts = re.findall(r"<section id=(\w+)>(.*?)</section>", text, re.DOTALL)
        assert {name for name, part in parts if notice in part} == {"start", "review"}
        assert text.count(notice) == 2

    def test_two_units_of_one_wording_are_never_mixed(
        self, client: Client, unit: SurveyUnit
    ) -> None:
        other = open_unit(survey=unit.survey, unit_name="Ward 9 & <Co>", minimum_group=10)
        client.get(f"/q/{unit.answer_code}")
        text = page_text(client, f"/q/{other.answer_code}")
        assert "Ward 9 &amp; &lt;Co&gt;" in text
        assert "Ward 7" not in text
        assert unit.answer_code not in text

    def test_each_opening_has_its_own_secret(self, client: Client, poster: str) -> None:
        secrets = {secret_in(client.get(poster)) for _ in range(5)}
        assert len(secrets) == 5
        assert all(len(secret) == 22 for secret in secrets)

    @pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip")])
    def test_compressed_is_the_same_document(
        self, client: Client, poster: str, accepted: str, encoding: str
    ) -> None:
        same = {"token_urlsafe": mock.Mock(return_value="s" * 43)}
        with (
            mock.patch("responses.presenters.answer_document.secrets", **same),
            mock.patch("responses.presenters.answer_document.time.time", return_value=1.0),
        ):
            plain = client.get(poster)
            compressed = client.get(poster, headers={"accept-encoding": accepted})
        assert compressed["Content-Encoding"] == encoding
        decode = {"br": brotli.decompress, "gzip": gzip.decompress}[encoding]
        assert decode(compressed.content) == plain.content
        assert (compressed["Cache-Control"], "Vary" in compressed) == ("no-store", False)

    def test_code_as_people_type_it(self, client: Client) -> None:
        open_unit(unit_name="Ward 9", answer_code="9KX4M2PQ")
        assert "Ward 9" in page_text(client, "/q/9kx4-m2pq")

    def test_the_policy_allows_what_is_in_the_document_and_no_more(
        self, client: Client, poster: str
    ) -> None:
        response = client.get(poster)
        text = response.content.decode()
        inlined = re.findall(r"<(style|script)>(.*?)</\1>", text, re.DOTALL)
        hashes = {
            kind: f"'sha256-{base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()}'"
            for kind, words in inlined
        }
        assert response["Content-Security-Policy"] == (
            f"default-src 'none';script-src {hashes['script']};style-src {hashes['style']};"
            "img-src data:;connect-src 'self';form-action 'self';base-uri 'none';"
            "frame-ancestors 'none'"
        )

    def test_an_extension_makes_a_new_document(
        self, client: Client, unit: SurveyUnit, poster: str
    ) -> None:
        client.get(poster)
        unit.closes_at = datetime(2099, 3, 25, 10, tzinfo=UTC)
        unit.save()
        assert "25 March" in page_text(client, poster)

    def test_the_browsers_language(self, client: Client, poster: str) -> None:
        response = client.get(poster, headers={"accept-language": "cy, en;q=0.5"})
        assert "<html lang=en-GB>" in response.content.decode()  # this edition has no Welsh

    def test_a_full_poster_says_so_before_the_first_statement(self, client: Client) -> None:
        unit = open_unit(headcount=8, poster_room=9)
        address, link = f"/q/{unit.answer_code}", f"/a/{invite(unit)}"
        for count, told in ((8, False), (9, True), (10, True)):
            Tally.objects.filter(survey_unit=unit, channel="qr").update(count=count)
            text = page_text(client, address)
            assert ("This poster cannot take any more answers" in text) is told
            assert "cannot take any more" not in page_text(client, link)

    @pytest.mark.parametrize("kind", ["poster", "link"])
    def test_costs_one_query(
        self, client: Client, kind: str, request: Any, django_assert_num_queries: Any
    ) -> None:
        address = request.getfixturevalue(kind)
        client.get(address)
        with django_assert_num_queries(1):
            client.get(address)

    def test_headers(self, client: Client, poster: str) -> None:
        response = client.get(poster)
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "none"
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        text = response.content.decode()
        assert not re.search(r"<[^>]+ (style|on\w+)=", text)
        assert not response.cookies
        assert not client.cookies

    def test_opening_a_link_never_uses_it_up(self, client: Client, link: str) -> None:
        for _ in range(3):
            assert client.get(link).status_code == 200
            assert client.head(link).status_code == 200
        assert not Invitation.objects.filter(used=True).exists()
        assert not Envelope.objects.exists()

    def test_result_on_another_day_and_talk(self, client: Client) -> None:
        unit = open_unit()
        survey = unit.survey
        unit.closes_at = datetime(2027, 3, 25, 10, tzinfo=UTC)
        survey.result_at = datetime(2027, 3, 29, 8, 30, tzinfo=UTC)  # British Summer Time by then
        survey.debrief_at = datetime(2027, 3, 30, 11, tzinfo=UTC)
        unit.save()
        survey.save()
        text = page_text(client, f"/q/{unit.answer_code}")
        assert "<dt>Thursday 25 March, 10am<" in text
        assert "<dt>Monday 29 March, 9:30am<" in text
        assert "<dt>Tuesday 30 March, midday<" in text
        assert "Same day" not in text

    def test_no_talk_yet(self, client: Client, poster: str) -> None:
        text = page_text(client, poster)
        assert "Same day" in text
        assert "Add the result date to my calendar" in text

    def test_strangers_query_string_goes_nowhere(self, client: Client, poster: str) -> None:
        text = page_text(client, f'{poster}?lang=x~~x"><script>&utm=1')
        assert "utm" not in text
        assert "x~~x" not in text.split("</script>")[-1]


class TestNamedSheets:
    def test_leaders_sheet_says_it_is_named(self, client: Client, unit: SurveyUnit) -> None:
        text = page_text(client, named_link(unit, name="Night <charge> nurse"))
        assert "You’re answering in your own name: Night &lt;charge&gt; nurse." in text
        assert (
            "The other leaders and the improvement lead can see your name with your answers."
            in text
        )
        assert "may guess whose it is" in text
        assert "We do not ask your name" not in text
        assert "Thinking of the unit(s) where you wish to make the improvement" in text  # verbatim

    def test_leaders_who_answer_together_read_that_one_form_counts_for_all(
        self, client: Client
    ) -> None:
        unit = open_unit(leaders_together=True, unit_name="Ward 9")
        first, second = (named_link(unit, name=name) for name in ("Ann Lee", "Bo Khan"))
        text = page_text(client, first)
        assert "The leaders of Ward 9 answer together." in text
        assert "It counts for all of you." in text
        assert "The team sees one mark for its leaders." in text
        assert "in your own name" not in text
        assert "Ann Lee" not in text
        assert "This form has already been sent" not in text
        NamedResponse.objects.update(answers="3" * 45)
        assert "This form has already been sent" in page_text(client, second)

    def test_small_team_scores_together(self, client: Client) -> None:
        unit = open_unit(mode="joint", headcount=6, minimum_group=1, unit_name="Night team")
        text = page_text(client, f"/q/{unit.answer_code}")
        assert "Read each statement out loud" in text
        assert "They are shown with its name: Night team." in text
        assert "We do not ask your name" not in text

    def test_is_kept_in_its_name_and_may_be_sent_again(
        self, client: Client, unit: SurveyUnit
    ) -> None:
        link = named_link(unit)
        assert send(client, link, body()).json() == {"sent": True}
        assert "This form has already been sent." in page_text(client, link)
        assert send(client, link, body(ENV01="0")).json() == {"sent": True}
        sheet = NamedResponse.objects.get()
        assert sheet.answers == "0" + "-" * 44
        assert not Envelope.objects.exists()

    def test_joint_sheet(self, client: Client) -> None:
        unit = open_unit(mode="joint", headcount=6, minimum_group=1)
        assert send(client, f"/q/{unit.answer_code}", body()).json() == {"sent": True}
        assert NamedResponse.objects.get().kind == "joint"


class TestSending:
    def test_is_acknowledged_and_sealed(
        self, client: Client, unit: SurveyUnit, poster: str
    ) -> None:
        response = send(client, poster, body())
        assert (response.status_code, response.json()) == (200, {"sent": True})
        assert Envelope.objects.count() == 1
        assert Tally.objects.get(survey_unit=unit, channel="qr").count == 1

    def test_same_secret_counts_once(self, client: Client, unit: SurveyUnit, link: str) -> None:
        sheet = body()
        for _ in range(3):
            assert send(client, link, sheet).json() == {"sent": True}
        assert Envelope.objects.count() == 1
        assert Tally.objects.get(survey_unit=unit, channel="email").count == 1

    def test_without_script_it_thanks_in_a_page(self, client: Client, poster: str) -> None:
        response = send(client, poster, body(), script=False)
        text = response.content.decode()
        assert "<title>Answers sent. Thank you.</title>" in text
        assert "What happens next" in text
        assert "You may still get a reminder" in text
        assert "name=secret" not in text

    def test_personal_link_promises_no_more_reminders(self, client: Client, link: str) -> None:
        text = send(client, link, body(), script=False).content.decode()
        assert "You will get no more reminders." in text

    @pytest.mark.parametrize("kind", ["poster", "link"])
    def test_costs_at_most_seven_statements(
        self, client: Client, kind: str, request: Any, django_assert_max_num_queries: Any
    ) -> None:
        address = request.getfixturevalue(kind)
        sheet = body()
        client.get(address)
        send(client, address, body("x" * 43))  # what an edition asks is known from now on
        Invitation.objects.update(used=False)
        # Two of them are the savepoint of the test's own transaction.
        with django_assert_max_num_queries(7):
            assert send(client, address, sheet).status_code == 200

    def test_skipped_and_not_sure(self, client: Client, poster: str) -> None:
        with mock.patch("responses.views.answer.submit_sealed") as cast:
            cast.return_value.is_acknowledged = True
            send(client, poster, body(ENV01="5", ENV03="?", CTX05="0"))
        assert cast.call_args.kwargs["answers"] == "5-?" + "-" * 41 + "0"


class TestSmallPages:
    def test_neutral_address(self, client: Client) -> None:
        response = client.get("/a/")
        assert response.status_code == 200
        assert "Open the link again" in response.content.decode()
        assert response["Cache-Control"] == "no-store"

    def test_calendar_of_the_talk(self, client: Client, unit: SurveyUnit) -> None:
        unit.survey.debrief_at = datetime(2027, 7, 6, 13, tzinfo=UTC)
        unit.survey.save()
        response = client.get(f"/a/talk/{unit.ward_page_code}.ics")
        lines = response.content.decode().split("\r\n")
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert "DTSTART:20270706T130000Z" in lines
        assert "SUMMARY:Team debrief: Fewer falls at night" in lines
        assert unit.answer_code not in response.content.decode()

    def test_calendar_without_a_talk_is_the_day_of_the_result(
        self, client: Client, unit: SurveyUnit
    ) -> None:
        unit.survey.result_at = datetime(2027, 7, 6, 23, 30, tzinfo=UTC)  # the 7th in London
        unit.survey.save()
        text = client.get(f"/a/talk/{unit.ward_page_code}.ics").content.decode()
        assert "DTSTART;VALUE=DATE:20270707" in text

    def test_nothing_of_a_respondent_is_logged(
        self, client: Client, link: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        from ffit_site.logs import NoRespondents

        caplog.handler.addFilter(NoRespondents())
        with caplog.at_level(logging.DEBUG):
            client.get(f"{link}x")
            send(client, link, "ENV01=9")
        assert link.removeprefix("/a/") not in caplog.text
        assert "ENV01" not in caplog.text


def test_all_codes_of_the_version_are_on_the_sheet(client: Client, poster: str) -> None:
    assert re.findall(r"<select name=(\w+)", page_text(client, poster)) == codes()


def test_a_statement_left_at_its_blank_choice_is_skipped(client: Client, poster: str) -> None:
    chosen = dict.fromkeys(codes(), "") | {"ENV01": "3"}
    secret = "s" * 43
    response = send(client, poster, urlencode({"secret": secret, **chosen}), script=False)
    assert response.status_code == 200
    assert Envelope.objects.count() == 1


class TestTrial:
    """The launch page's preview and test answers: the same document, which sends nowhere."""

    @pytest.mark.parametrize(
        ("mode", "words"),
        [
            (Mode.PREVIEW, "Preview: your answers will not be sent"),
            (Mode.TEST, "Test: your answers will not"),
        ],
    )
    def test_says_so_and_cannot_send(
        self, rf: RequestFactory, unit: SurveyUnit, mode: Mode, words: str
    ) -> None:
        request = rf.get("/o/x/surveys/1/preview")
        request.user = unit.survey.launched_by
        text = render_preview(request, survey_unit=unit, mode=mode).content.decode()
        assert words in text
        assert text.count("<select") == 45
        assert f"data-mode={mode}" in text
        assert "<button class=go>" not in text
        assert unit.answer_code not in text

    def test_of_the_leaders_sheet(self, rf: RequestFactory, unit: SurveyUnit) -> None:
        request = rf.get("/o/x/surveys/1/preview")
        request.user = unit.survey.launched_by
        response = render_preview(request, survey_unit=unit, mode=Mode.PREVIEW, leaders=True)
        assert f"You’re answering in your own name: {request.user}." in response.content.decode()
