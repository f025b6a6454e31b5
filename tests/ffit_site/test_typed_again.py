"""A form whose session or token ended comes back with what was typed, to its own account only."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from ffit_site.filled_page import filled
from organisations.models import Role, Unit
from surveys.models import Survey
from tests.factories import UserFactory
from tests.fieldwork.launching import Trust, a_trust

pytestmark = pytest.mark.django_db
TYPED = {"name": "Ward 12 <east> & more", "posts": "many"}


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def office(trust: Trust) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(trust.member(Role.ADMINISTRATOR, email="office@merrowfield.example"))
    return client


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def fields_of(client: Client, address: str, **typed: str) -> dict[str, str]:
    """What a browser would send from that page."""
    page = client.get(address).text
    own = {name: hidden(page, name) for name in ("csrfmiddlewaretoken", "typed_by")}
    return {**own, **typed}


def signed_in_again(client: Client, trust: Trust) -> None:
    held = trust.organisation.memberships.get(user__email="office@merrowfield.example")
    client.force_login(held.user)


def session_ends(client: Client) -> None:
    """The cookie of the session is gone; that of forms is not."""
    del client.cookies["sessionid"]


def way_back(location: str) -> str:
    return parse_qs(urlsplit(location).query)["next"][0]


def test_after_signing_in_the_form_is_as_it_was_typed(trust: Trust, office: Client) -> None:
    address = trust.url("units/add")
    fields = fields_of(office, address, **TYPED, parent=str(trust.medicine.pk))
    session_ends(office)
    answer = office.post(address, fields)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login?next=")
    signed_in_again(office, trust)
    page = office.get(way_back(answer["Location"])).text
    assert 'value="Ward 12 &lt;east&gt; &amp; more"' in page
    assert 'value="many"' in page
    assert re.search(rf'<option value="{trust.medicine.pk}" selected', page)
    assert "What you typed is here again" in page
    assert not Unit.objects.filter(name__contains="Ward 12").exists()
    assert hidden(page, "csrfmiddlewaretoken") != ""


def test_nobody_else_sees_it(trust: Trust, office: Client) -> None:
    address = trust.url("units/add")
    fields = fields_of(office, address, **TYPED)
    session_ends(office)
    back = way_back(office.post(address, fields)["Location"])
    other = trust.member(Role.ADMINISTRATOR, email="other@merrowfield.example")
    office.force_login(other)
    page = office.get(back).text
    assert "Ward 12" not in page
    assert "What you typed" not in page


def test_an_old_token_brings_the_form_back(trust: Trust, office: Client) -> None:
    address = trust.url("units/add")
    fields = fields_of(office, address, **TYPED) | {"csrfmiddlewaretoken": "x" * 64}
    answer = office.post(address, fields)
    assert answer.status_code == 302
    page = office.get(answer["Location"]).text
    assert 'value="Ward 12 &lt;east&gt; &amp; more"' in page
    assert not Unit.objects.filter(name__contains="Ward 12").exists()


def test_a_form_of_another_page_is_refused(trust: Trust, office: Client) -> None:
    """Without our mark of whose form it is, or with another's, nothing is kept."""
    address = trust.url("units/add")
    other = Client()
    other.force_login(UserFactory.create())
    fields = fields_of(office, address, **TYPED)
    for owner in ("", "1", hidden(other.get("/").text, "typed_by"), fields["typed_by"][:-1]):
        answer = office.post(address, {**fields, "csrfmiddlewaretoken": "x", "typed_by": owner})
        assert answer.status_code == 403
        assert "Nothing was changed" in answer.text


def test_it_is_kept_for_half_an_hour_and_sealed(
    trust: Trust, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {}
    monkeypatch.setattr(
        cache, "set", lambda key, value, seconds: kept.update({key: (value, seconds)})
    )
    address = trust.url("units/add")
    fields = fields_of(office, address, **TYPED)
    session_ends(office)
    location = office.post(address, fields)["Location"]
    ((key, (value, seconds)),) = kept.items()
    assert seconds == 30 * 60
    assert b"Ward 12" not in value
    token = parse_qs(urlsplit(way_back(location)).query)["typed"][0]
    assert token not in key
    signed_in_again(office, trust)
    assert "What you typed" not in office.get(way_back(location)).text  # the cache lost it


def test_the_launch_page_comes_back_whole(trust: Trust, office: Client) -> None:
    page = trust.url("surveys/launch?several=1")
    fields = fields_of(
        office, page, title="Fewer falls", problem="They fall.\nAt night.", comments="survey",
        units=str(trust.ward_7.pk), closes_month="Dec",
    )  # fmt: skip
    fields[f"staff_{trust.ward_7.pk}"] = "13"
    session_ends(office)
    answer = office.post(page, fields, headers={"Referer": f"http://testserver{page}"})
    signed_in_again(office, trust)
    back = way_back(answer["Location"])
    assert back.startswith(page)
    shown = office.get(back).text
    assert 'value="Fewer falls"' in shown
    assert ">\nThey fall.\nAt night.</textarea>" in shown
    assert re.search(r'<input[^>]*name="comments"[^>]*value="survey"[^>]* checked', shown)
    assert not re.search(r'<input[^>]*name="comments"[^>]*value="none"[^>]* checked', shown)
    assert 'value="13"' in shown
    assert 'value="Dec"' in shown
    assert not Survey.objects.exists()


def test_words_whose_page_has_no_such_form_are_shown_to_copy(trust: Trust, office: Client) -> None:
    address = trust.url("units/add")
    fields = fields_of(office, address, note="Nobody told the night shift.")
    session_ends(office)
    home = trust.url("")
    answer = office.post(address, fields, headers={"Referer": f"http://testserver{home}"})
    signed_in_again(office, trust)
    page = office.get(way_back(answer["Location"])).text
    assert "Copy what you wrote" in page
    assert "<p>Nobody told the night shift.</p>" in page


def test_a_request_of_a_script_and_a_sign_in_code_are_not_kept(
    trust: Trust, office: Client
) -> None:
    address = trust.url("units/add")
    fields = fields_of(office, address, **TYPED)
    session_ends(office)
    answer = office.post(address, fields, headers={"HX-Request": "true"})
    assert "typed%3D" not in answer["Location"]
    answer = office.post("/account/second-step/app", {**fields, "code": "123456"})
    assert "typed%3D" not in answer["Location"]


class TestFilling:
    def test_of_several_forms_the_one_that_says_the_same(self) -> None:
        one = '<form method="post" action="/n"><input type="hidden" name="code" value="{}">'
        page = f"{one.format('A')}<textarea name='text'></textarea></form>"
        page += f"{one.format('B')}<textarea name='text'></textarea></form>"
        shown, found = filled(page, {"text": ["Ours"], "code": ["B"]}, address="/n")
        assert found == {"text"}
        assert shown.index("Ours") > shown.index('value="B"')
        assert shown.count("Ours") == 1

    def test_what_was_unticked_is_unticked(self) -> None:
        page = (
            '<form method="post"><input name="t"><input type="checkbox" name="a" value="1" checked>'
            '<input type="checkbox" name="a" value="2"></form>'
        )
        shown, _ = filled(page, {"t": ["x"], "a": ["2"]}, address="/")
        assert 'value="1" checked' not in shown
        assert 'value="2" checked' in shown

    def test_hidden_fields_and_files_are_left_alone(self) -> None:
        page = '<form method="post"><input name="t"><input type="hidden" name="h" value="1"></form>'
        shown, _ = filled(page, {"t": ["x"], "h": ["2"]}, address="/")
        assert 'name="h" value="1"' in shown

    def test_a_form_that_only_searches_is_none(self) -> None:
        page = '<form><input name="q"></form>'
        assert filled(page, {"q": ["x"]}, address="/") == (page, set())
