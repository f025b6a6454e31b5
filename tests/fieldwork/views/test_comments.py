"""Room to write on the answer page, and the page of those who read first."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from fieldwork.actions.launch import UnitToAsk
from organisations.models import Role, User
from responses.actions.keys import private_key_of
from responses.models import Comment, Envelope, ScreenedComment, Screening
from responses.rules import ballot_box
from surveys.models import Survey, SurveyUnit
from surveys.rules.comments import parted
from tests.factories import MembershipFactory, SurveyFactory
from tests.fieldwork.actions.test_screening import counted, handed, write
from tests.fieldwork.launching import Trust, a_trust, only_unit, typed
from tests.responses.ballots import give_key, new_secret, open_unit
from tests.responses.forms import FORM, body, named_link, send

pytestmark = pytest.mark.django_db


def poster_of(ask: str) -> tuple[SurveyUnit, str]:
    unit = open_unit(survey=SurveyFactory.create(comments=ask))
    return unit, f"/q/{unit.answer_code}"


def opened(unit: SurveyUnit) -> tuple[str, tuple[str, ...]]:
    sealed = bytes(Envelope.objects.get(survey_unit=unit).sealed)
    key = private_key_of(survey=unit.survey)
    return parted(ballot_box.open_envelope(private_key=key, sealed=sealed))


class TestAnswering:
    @pytest.mark.parametrize(("ask", "fields"), [("none", 0), ("survey", 1), ("section", 7)])
    def test_the_document_has_room_where_the_survey_asks(
        self, client: Client, ask: str, fields: int
    ) -> None:
        _, poster = poster_of(ask)
        page = client.get(poster).content.decode()
        assert page.count("<textarea name") == fields
        said = "Do not name anyone: not a patient, a colleague or yourself." in page
        assert said == bool(fields)
        assert ("You can add a comment at the end." in page) == bool(fields)
        longest = {"none": 0, "survey": 500, "section": 240}[ask]
        assert page.count(f"maxlength={longest} ") == fields

    def test_named_sheets_have_no_room(self, client: Client) -> None:
        unit, _ = poster_of("survey")
        for kind in ("leaders", "joint"):
            assert "<textarea name" not in client.get(named_link(unit, kind)).content.decode()

    @pytest.mark.parametrize("script", [True, False])
    def test_a_comment_goes_into_the_envelope(self, client: Client, script: bool) -> None:
        unit, poster = poster_of("survey")
        comment = urlencode({"_comment": " Nights are short.\r\nVery 💚 "})
        data = f"{body()}&{comment}"
        assert send(client, poster, data, script=script).status_code == 200
        assert opened(unit) == ("3" * 45, ("Nights are short. Very 💚",))

    @pytest.mark.parametrize("ask", ["survey", "section"])
    def test_answers_without_a_comment_are_taken(self, client: Client, ask: str) -> None:
        unit, poster = poster_of(ask)
        assert send(client, poster, body()).status_code == 200
        assert not any(opened(unit)[1])

    def test_each_part_has_its_own(self, client: Client) -> None:
        unit, poster = poster_of("section")
        data = f"{body()}&{urlencode({'_comment_MGR': 'About managers', '_comment_ENV': ''})}"
        assert send(client, poster, data).status_code == 200
        written = opened(unit)[1]
        assert sorted(written) == [""] * 6 + ["About managers"]

    @pytest.mark.parametrize(
        ("ask", "field", "text", "sentence"),
        [
            ("survey", "_comment", "x" * 501, "must be 500 characters or fewer"),
            ("section", "_comment_ENV", "x" * 241, "must be 240 characters or fewer"),
            ("survey", "_comment_ENV", "x", "do not match this survey"),
            ("section", "_comment", "x", "do not match this survey"),
            ("none", "_comment", "x", "do not match this survey"),
        ],
    )
    def test_what_does_not_fit_is_refused_in_a_sentence(
        self, client: Client, ask: str, field: str, text: str, sentence: str
    ) -> None:
        _, poster = poster_of(ask)
        reply = send(client, poster, f"{body()}&{urlencode({field: text})}")
        assert reply.status_code == 400
        assert sentence in reply.json()["text"]
        assert not Envelope.objects.exists()

    def test_a_comment_alone_is_no_answer(self, client: Client) -> None:
        _, poster = poster_of("survey")
        data = urlencode({"secret": new_secret(), "_comment": "Only words"})
        assert send(client, poster, data).status_code == 400
        assert not Envelope.objects.exists()

    def test_the_fullest_sheet_fits_and_more_is_refused(self, client: Client) -> None:
        _, poster = poster_of("section")
        page = client.get(poster).content.decode()
        names = re.findall(r"<textarea name=(\w+)", page)
        assert len(names) == 7
        data = f"{body()}&{urlencode(dict.fromkeys(names, '💚' * 240))}"
        assert send(client, poster, data).status_code == 200
        much = client.post(poster, "x" * 60_000, content_type=FORM)
        assert much.status_code == 413

    def test_one_more_query_for_parts_and_none_once_known(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        _, poster = poster_of("section")
        client.get(poster)
        send(client, poster, body())
        client.get(poster)  # from now on it asks first, in a document of its own
        with django_assert_max_num_queries(8):
            client.get(poster)
            send(client, poster, body())


class TestLaunching:
    def test_asked_for_at_launch(self, client: Client) -> None:
        trust = a_trust()
        client.force_login(trust.manager)
        reply = client.post(trust.url("surveys/launch"), typed(trust, comments="section"))
        assert reply.status_code == 302
        assert Survey.objects.get().comments == "section"
        again = client.get(trust.url(f"surveys/launch?repeat={Survey.objects.get().pk}"))
        assert re.search(r'name="comments"[^>]*value="section"[^>]*checked', again.content.decode())

    def test_off_unless_chosen(self, client: Client) -> None:
        trust = a_trust()
        client.force_login(trust.manager)
        client.post(trust.url("surveys/launch"), typed(trust))
        assert Survey.objects.get().comments == "none"

    def test_not_for_a_unit_that_could_never_show_any(self, client: Client) -> None:
        trust = a_trust()
        client.force_login(trust.manager)
        reply = client.post(trust.url("surveys/launch"), typed(trust, comments="survey", staff="9"))
        assert reply.status_code == 422
        assert "only show comments if 10 or more people answer" in reply.content.decode()
        assert not Survey.objects.exists()

    def test_not_where_nobody_outside_could_read_first(self, client: Client) -> None:
        trust = a_trust()
        MembershipFactory.create(
            organisation=trust.organisation, user=trust.lead, unit=trust.medicine
        )
        client.force_login(trust.manager)
        reply = client.post(trust.url("surveys/launch"), typed(trust, comments="survey"))
        assert reply.status_code == 422
        assert "nobody outside line management" in reply.content.decode()
        trust.member(Role.ADMINISTRATOR)
        reply = client.post(trust.url("surveys/launch"), typed(trust, comments="survey"))
        assert reply.status_code == 302

    def test_the_preview_shows_the_room(self, client: Client) -> None:
        trust = a_trust()
        client.force_login(trust.manager)
        page = client.post(trust.url("surveys/preview"), {"comments": "survey"}).content.decode()
        found = re.search(r'<iframe class="app-phone__screen" src="([^"]*)"', page)
        assert found
        document = client.get(found[1].replace("&amp;", "&")).content.decode()
        assert document.count("<textarea name") == 1
        odd = client.get(trust.url("surveys/trial?comments=everything"))
        assert "<textarea name" not in odd.content.decode()


def twelve_in(trust: Trust) -> SurveyUnit:
    survey = trust.open(UnitToAsk(trust.ward_9, 22), comments="survey")
    give_key(survey)
    unit = only_unit(survey)
    for number in range(12):
        write(unit, f"<b>Comment {number}</b> {{{{ x }}}}")
    return counted(unit)


def place_of(trust: Trust, unit: SurveyUnit) -> str:
    return trust.url(f"surveys/{unit.survey_id}/units/{unit.pk}/comments")


class TestReadingFirst:
    def test_from_the_start_page_to_the_decision(self, client: Client) -> None:
        trust = a_trust()
        unit = twelve_in(trust)
        place = place_of(trust, unit)
        client.force_login(trust.lead)
        start = client.get(trust.url()).content.decode()
        assert place in start
        page = client.get(place).content.decode()
        assert "Read the comments" in page
        assert "Comment 1" not in page
        assert client.post(f"{place}/ask").status_code == 302
        assert "We’re opening the comments." in client.get(place).content.decode()
        handed(unit)
        page = client.get(place).content.decode()
        assert "&lt;b&gt;Comment 1&lt;/b&gt; {{ x }}" in page
        assert "checked" not in page
        keys = [str(key) for key in ScreenedComment.objects.values_list("key", flat=True)]
        some = client.post(place, dict.fromkeys(keys[:3], "show"))
        assert some.status_code == 422
        assert some.content.decode().count("Choose “Show it” or “Leave it out”") == 1 + 9
        assert not ScreenedComment.objects.filter(shown=True).exists()
        chosen = dict.fromkeys(keys[:6], "show") | dict.fromkeys(keys[6:], "leave out")
        done = client.post(place, chosen, follow=True).content.decode()
        assert "6 comments will be shown with the result." in done
        assert ScreenedComment.objects.filter(shown=True).count() == 6
        assert place not in client.get(trust.url()).content.decode()
        assert f"{place}/off?comment={keys[0]}" in client.get(place).content.decode()
        asked = client.get(f"{place}/off?comment={keys[0]}").content.decode()
        assert "Delete this comment?" in asked
        assert ScreenedComment.objects.count() == 6
        for _ in range(2):
            assert client.post(f"{place}/off?comment={keys[0]}").status_code == 302
        assert ScreenedComment.objects.count() == 5
        for nonsense in ("nonsense", "%C2%B2", keys[0]):
            assert client.get(f"{place}/off?comment={nonsense}").status_code == 302

    def test_the_surveys_page_says_that_comments_wait(self, client: Client) -> None:
        trust = a_trust()
        unit = twelve_in(trust)
        page = trust.url(f"surveys/{unit.survey_id}/")

        def said(user: User) -> str:
            client.force_login(user)
            return client.get(page).content.decode()

        for_lead, for_manager = said(trust.lead), said(trust.member(Role.MANAGER, trust.ward_9))
        assert "Comments to check" in for_lead
        assert f'href="{place_of(trust, unit)}"' in for_lead
        assert "Comments to check" in for_manager
        assert place_of(trust, unit) not in for_manager
        Screening.objects.update(done_at=timezone.now())
        assert "Comments to check" not in said(trust.lead)

    def test_whoever_manages_the_unit_does_not_read_first(self, client: Client) -> None:
        trust = a_trust()
        unit = twelve_in(trust)
        place = place_of(trust, unit)

        def status(user: User) -> int:
            client.force_login(user)
            return client.get(place).status_code

        assert status(trust.member(Role.ADMINISTRATOR)) == 200
        for role in (Role.MANAGER, Role.REVIEWER, Role.EDITOR):
            assert status(trust.member(role)) == 403
        for over in (trust.ward_9, trust.medicine, None):
            both = trust.member(Role.LEAD)
            assert status(both) == 200
            MembershipFactory.create(organisation=trust.organisation, user=both, unit=over)
            assert status(both) == 403
            assert place not in client.get(trust.url()).content.decode()
        elsewhere = trust.member(Role.LEAD, trust.ward_7)
        assert status(elsewhere) == 403
        assert Comment.objects.count() == 12

    def test_the_page_costs_the_same_for_many_comments(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        trust = a_trust()
        unit = twelve_in(trust)
        handed(unit)
        client.force_login(trust.lead)
        client.get(place_of(trust, unit))
        with django_assert_num_queries(8):
            client.get(place_of(trust, unit))
