"""What is written down of what happens, and what never is."""

import io
import json
import logging
import re
import sys
from collections.abc import Iterator
from logging.config import dictConfig

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError
from django.test import Client

from devtools import ROOT
from ffit_site import logs
from organisations.models import Role
from responses.middleware import RESPONDENT_PREFIXES
from surveys.models import SurveyUnit
from tests.attacks.visitor import CODE, LOGIN, Visitor
from tests.conftest import Site
from tests.fieldwork.launching import a_trust
from tests.published_house import House
from tests.responses.ballots import invite, open_unit
from tests.responses.forms import body, named_link, send
from tests.servers import Mailbox, Server, wait_until
from tests.test_access_matrix import all_routes

PRODUCTION = logs.configuration(is_production=True, level="INFO", service="web")


class Heard(logging.StreamHandler[io.StringIO]):
    """What production would write."""

    def __init__(self) -> None:
        super().__init__(io.StringIO())
        self.addFilter(logs.NoRespondents())
        self.setFormatter(logs.JsonLine("web"))

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def heard() -> Iterator[Heard]:
    handler, root = Heard(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


def test_a_fault_is_one_line_with_its_trace_and_without_the_row(heard: Heard) -> None:
    refused = "duplicate key\nDETAIL:  Key (email)=(ann@merrowfield.example) already exists.\n"
    try:
        raise IntegrityError(refused)
    except IntegrityError as error:
        logging.getLogger("any").exception("It went wrong: %r", error)
    (line,) = heard.lines
    assert line["level"] == "ERROR" and line["service"] == "web" and line["logger"] == "any"
    assert str(line["exception"]).startswith("Traceback")
    assert "duplicate key" in str(line["exception"])
    assert "merrowfield" not in heard.text
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}\+00:00", str(line["time"]))


def test_people_read_the_same_as_text() -> None:
    record = logging.makeLogRecord(
        {"name": "any", "levelname": "INFO", "msg": "Done", "route": "start", "ms": 5}
    )
    token = logs.asked.set("f" * 32)
    try:
        said = logs.TextLine("web").format(record)
    finally:
        logs.asked.reset(token)
    assert said.endswith(f" INFO any Done request={'f' * 32} route=start ms=5")


def test_services_write_to_standard_output_and_commands_beside_theirs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stream(program: str, *, is_production: bool) -> object:
        monkeypatch.setattr(sys, "argv", [program])
        made = logs.configuration(is_production=is_production, level="INFO", service="")
        return made["handlers"]["console"]["stream"]  # type: ignore[index]

    assert stream("/usr/bin/celery", is_production=True) == "ext://sys.stdout"
    assert stream("manage.py", is_production=True) == "ext://sys.stderr"
    assert stream("/usr/bin/celery", is_production=False) == "ext://sys.stderr"


@pytest.mark.django_db
def test_a_request_is_one_line_by_route_account_and_organisation(
    client: Client, house: House, heard: Heard
) -> None:
    manager = house.member(Role.MANAGER, house.ward_7)
    client.force_login(manager)
    name = "0123456789abcdef" * 2
    assert client.get(house.address(), headers={"X-Request-ID": name}).status_code == 200
    (line,) = heard.lines
    assert line["message"] == "GET result"
    assert (line["route"], line["status"], line["request"]) == ("result", 200, name)
    assert (line["account"], line["organisation"]) == (manager.pk, house.organisation.pk)
    assert isinstance(line["ms"], int)
    client.get("/privacy", headers={"X-Request-ID": "/a/what-somebody-claims"})
    client.get("/nowhere/at/all?q=what-somebody-typed")
    claimed, missing = heard.lines[1:]
    assert re.fullmatch(r"[0-9a-f]{32}", str(claimed["request"]))
    assert (missing["route"], missing["status"]) == ("none", 404)
    assert "somebody" not in heard.text and "nowhere" not in heard.text
    assert logs.asked.get() == ""


@pytest.mark.django_db
def test_of_respondents_and_of_monitoring_there_is_no_line(client: Client, heard: Heard) -> None:
    unit = open_unit()
    link = f"/a/{invite(unit)}"
    for address in (link, f"/q/{unit.answer_code}", named_link(unit), f"/w/{unit.ward_page_code}",
                    "/stop/no-such-link", "/ask/no-such-link", "/a/no-such-link"):  # fmt: skip
        client.get(address, headers={"X-Request-ID": "0" * 32})
    assert send(client, link, body()).status_code == 200
    for address in ("/livez", "/readyz", "/watchz", "/metrics"):
        client.get(address)
    assert heard.text == ""


@pytest.mark.django_db
def test_a_fault_of_a_request_keeps_its_trace_and_not_its_address(
    client: Client, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: object, **named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(
        "django.contrib.sessions.middleware.SessionMiddleware.process_request", fails
    )
    client.raise_request_exception = False
    assert client.get("/o/somewhere/").status_code == 500
    fault, line = heard.lines
    assert fault["message"] == "A request met a fault."
    assert "ZeroDivisionError" in str(fault["exception"])
    assert (line["status"], line["request"]) == (500, fault["request"])
    assert not {"account", "organisation"} & line.keys(), "nobody is known yet"
    assert "somewhere" not in heard.text


LETTER_CODE = r"\b[A-Z]{4,5}-[A-Z]{4,5}\b"
STAFF = "email,name\nann@merrowfield.example,Ann Noether\nbo@merrowfield.example,Bo Khan\n"


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_whole_journey_leaves_nobody_in_the_log(
    site: Site, worker: Server, mailbox: Mailbox
) -> None:
    """Signing in by code, a staff list, its messages, answers by link and poster, "stop"."""
    trust = a_trust()
    survey = trust.open()
    unit = SurveyUnit.objects.get(survey=survey)
    started = {server.log: server.log.stat().st_size for server in (site.web, worker)}

    def said(server: Server) -> str:
        return server.log.read_bytes()[started[server.log] :].decode()

    def read(address: str, wanted: str) -> str:
        """What a letter to this address says, once one does."""
        found: list[str] = []

        def has_come() -> bool:
            letters = [one for one in mailbox.messages if address in str(one["To"])]
            texts = [str(one.get_payload(decode=True), "utf-8") for one in letters]  # type: ignore[arg-type]
            found[:] = [match[0] for text in texts if (match := re.search(wanted, text))]
            return bool(found)

        wait_until(has_come, what=f"a letter to {address}")
        return found[0]

    manager = Visitor(site.url)
    manager.asks_for_a_code(trust.manager.email)
    code = read(trust.manager.email, LETTER_CODE)
    assert manager.post(CODE, code=code).location == "/"
    staff = trust.url(f"surveys/{survey.pk}/staff")
    page = manager.post(staff, people=STAFF).text
    kept = page.split('name="kept" value="', 1)[1].split('"', 1)[0]
    assert manager.post(f"{staff}/check", kept=kept, do="add").status == 302
    link = read("ann@merrowfield.example", r"/a/[\w-]+")
    stop = read("ann@merrowfield.example", r"/stop/[\w-]+")
    assert manager.get("/static/site.css").status == 200
    respondent = Visitor(site.url)
    for address in (link, stop, f"/q/{unit.answer_code}", "/a/no-such-link-at-all"):
        respondent.get(address)
    sent = respondent.ask("POST", link, body().encode(),
                          {"Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
    assert sent.status == 200
    ended = "surveys.add_staff_list ended"
    wait_until(lambda: ended in said(worker), what="the worker’s line")

    web, work = said(site.web), said(worker)
    named = re.search(r"POST staff_check request=([0-9a-f]{32}) .*", web)
    assert named and f"{ended} request={named[1]} " in work
    assert "route=respondent" not in web and "route=none" not in web
    secrets = [
        *("merrowfield", "Ward", "Ann", "Noether", "Khan", "manager@", "respondent", "no-such"),
        *(code, code.replace("-", ""), manager.session, kept[:40]),
        *(link, link[3:], stop[6:], unit.answer_code, unit.unit_name),
    ]
    for word in secrets:
        assert word.lower() not in (web + work).lower(), word
    assert LOGIN not in web and "/o/" not in web


def test_the_settings_are_taken(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        dictConfig(PRODUCTION)
        logging.getLogger("any").warning("heard /a/some-link")
        logging.getLogger("celery.beat").info("not heard")
        (line,) = map(json.loads, capsys.readouterr().out.splitlines())
        assert line["message"] == "heard /a/…"
    finally:
        dictConfig(django_settings.LOGGING)


def test_every_list_that_hides_links_names_each_address_that_has_one() -> None:
    """A text in an address outside an organisation's own is what opens it."""
    carries_text = re.compile(r"(\w+)/(?:talk/)?<(?:str|slug):")
    with_a_link = {found[1] for route in all_routes() if (found := carries_text.match(route))}
    prefixes = {one.strip("/") for one in RESPONDENT_PREFIXES}
    assert with_a_link - {"o", "api"} == prefixes
    proxy = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    lists = re.findall(r"\((?:\?<kind>|\?:)?(\w+(?:\|\w+)+)\)", proxy)
    assert [set(one.split("|")) for one in lists] == [prefixes] * 5
    told = re.search(r"keeps no log of addresses that begin with (.*?), and answers",
                     (ROOT / "docs/production.md").read_text("utf-8"))  # fmt: skip
    assert told and set(re.findall(r"`/(\w+)/`", told[1])) == prefixes
    for prefix in prefixes:
        assert logs.RESPONDENT_ROUTE.search(f"/{prefix}/some-link")
