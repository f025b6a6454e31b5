"""The respondent's addresses: the document, named sheets, and sending."""

import gzip
import logging
import re
from datetime import UTC, datetime
from typing import Any
from unittest import mock

import pytest
from django.test import Client, RequestFactory

from surveys.models import Envelope, Invitation, NamedSheet, SurveyUnit, Tally
from surveys.presenters.answer_document import Mode
from surveys.views.answer import render_preview
from tests.surveys.ballots import open_unit
from tests.surveys.sheets import body, codes, named_link, page_text, secret_in, send

pytestmark = pytest.mark.django_db


class TestDocument:
    def test_holds_the_whole_survey(self, client: Client, poster: str) -> None:
        text = page_text(client, poster)
        assert text.count("<fieldset") == 45
        assert text.count('type="radio"') == 45 * 7
        assert "checked" not in text.split('id="sheet"')[1]
        for words in (
            "Fewer falls at night",
            "Too many patients fall at night on the way to the toilet.",
            "We offer help to the toilet at 10pm, 2am and 5am.",
            "Ward 7 – care of older people",
            "About 8",
            "I can’t say",
        ):
            assert words in text
        assert '<html lang="en-GB" dir="ltr">' in text

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
        assert "If only 10 people answer and 9 of them compare notes" in text
        assert "anonymous" not in text.lower()

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
        assert all(len(secret) == 43 for secret in secrets)

    def test_compressed_is_the_same_document(self, client: Client, poster: str) -> None:
        with mock.patch(
            "surveys.presenters.answer_values.secrets.token_urlsafe", return_value="s" * 43
        ):
            plain = client.get(poster)
            compressed = client.get(poster, headers={"accept-encoding": "gzip, br"})
        assert compressed["Content-Encoding"] == "gzip"
        assert gzip.decompress(compressed.content) == plain.content
        assert len(compressed.content) < 10_000

    def test_code_as_people_type_it(self, client: Client, poster: str) -> None:
        text = page_text(client, "/q/7kx4-m2pq")
        assert f'action="{poster}"' in text

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
        assert response["X-Robots-Tag"] == "noindex, nofollow"
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
        survey.talk_at = datetime(2027, 3, 30, 11, tzinfo=UTC)
        unit.save()
        survey.save()
        text = page_text(client, f"/q/{unit.answer_code}")
        assert "25 March<br>Thursday, 10am" in text
        assert "29 March<br>Monday, 9:30am" in text
        assert "30 March<br>Tuesday, noon" in text
        assert "Same day" not in text

    def test_no_talk_yet(self, client: Client, poster: str) -> None:
        text = page_text(client, poster)
        assert "Same day" in text
        assert "Add the result date to my calendar" in text

    def test_strangers_query_string_goes_nowhere(self, client: Client, poster: str) -> None:
        text = page_text(client, f'{poster}?lang=xx"><script>&utm=1')
        assert "utm" not in text
        assert "<script>" not in text


class TestNamedSheets:
    def test_leaders_sheet_says_it_is_named(self, client: Client, unit: SurveyUnit) -> None:
        text = page_text(client, named_link(unit, name="Night <charge> nurse"))
        assert "This sheet is in your name: Night &lt;charge&gt; nurse." in text
        assert "Your name is shown with your answers to the leaders and the lead." in text
        assert "may guess whose it is" in text
        assert "We do not ask your name" not in text
        assert "Thinking of the unit(s) where you wish to make the improvement" in text  # verbatim

    def test_small_team_scores_together(self, client: Client) -> None:
        unit = open_unit(way="joint", headcount=6, minimum_group=1, unit_name="Night team")
        text = page_text(client, f"/q/{unit.answer_code}")
        assert "Read each statement aloud" in text
        assert "This sheet is in the team’s name, Night team." in text
        assert "We do not ask your name" not in text

    def test_is_kept_in_its_name_and_may_be_sent_again(
        self, client: Client, unit: SurveyUnit
    ) -> None:
        link = named_link(unit)
        assert send(client, link, body()).json() == {"sent": True}
        assert "This sheet was sent before." in page_text(client, link)
        assert send(client, link, body(ENV01="0")).json() == {"sent": True}
        sheet = NamedSheet.objects.get()
        assert sheet.answers == "0" + "-" * 44
        assert not Envelope.objects.exists()

    def test_joint_sheet(self, client: Client) -> None:
        unit = open_unit(way="joint", headcount=6, minimum_group=1)
        assert send(client, f"/q/{unit.answer_code}", body()).json() == {"sent": True}
        assert NamedSheet.objects.get().kind == "joint"


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
        assert "<title>Sent. Thank you.</title>" in text
        assert "What happens next" in text
        assert "A reminder may still reach you" in text
        assert 'name="secret"' not in text

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
        with mock.patch("surveys.views.answer.cast_sheet") as cast:
            cast.return_value.is_acknowledged = True
            send(client, poster, body(ENV01="5", ENV03="?", CTX05="0"))
        assert cast.call_args.kwargs["answers"] == "5-?" + "-" * 41 + "0"


class TestSmallPages:
    def test_neutral_address(self, client: Client) -> None:
        response = client.get("/a/")
        assert response.status_code == 200
        assert "Please open the link again" in response.content.decode()
        assert response["Cache-Control"] == "no-store"

    def test_calendar_of_the_talk(self, client: Client, unit: SurveyUnit) -> None:
        unit.survey.talk_at = datetime(2027, 7, 6, 13, tzinfo=UTC)
        unit.survey.save()
        response = client.get(f"/a/talk/{unit.ward_page_code}.ics")
        lines = response.content.decode().split("\r\n")
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert "DTSTART:20270706T130000Z" in lines
        assert "SUMMARY:Team talk: Fewer falls at night" in lines
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
    assert re.findall(r'data-code="(\w+)"', page_text(client, poster)) == codes()


class TestTrial:
    """The launch page's preview and test answers: the same document, which sends nowhere."""

    @pytest.mark.parametrize(
        ("mode", "words"),
        [(Mode.PREVIEW, "Preview. Answers go nowhere."), (Mode.TEST, "Test. These answers never")],
    )
    def test_says_so_and_cannot_send(
        self, rf: RequestFactory, unit: SurveyUnit, mode: Mode, words: str
    ) -> None:
        request = rf.get("/o/x/surveys/1/preview")
        request.user = unit.survey.launched_by
        text = render_preview(request, survey_unit=unit, mode=mode).content.decode()
        assert words in text
        assert text.count("<fieldset") == 45
        assert f'data-mode="{mode}"' in text
        assert 'type="submit"' not in text
        assert unit.answer_code not in text

    def test_of_the_leaders_sheet(self, rf: RequestFactory, unit: SurveyUnit) -> None:
        request = rf.get("/o/x/surveys/1/preview")
        request.user = unit.survey.launched_by
        response = render_preview(request, survey_unit=unit, mode=Mode.PREVIEW, leaders=True)
        assert f"This sheet is in your name: {request.user}." in response.content.decode()
