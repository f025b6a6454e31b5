"""What `./dev manage attack` sends to a deployment, sent to the site under test."""

import io
from collections import Counter
from http.client import HTTPMessage

import pytest
from django.core.management import CommandError, call_command

from ffit_site import attacks
from ffit_site.attacks import Case
from tests.attacks.conftest import Attacker, unchanged
from tests.servers import free_port

PROXY = (("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "http"))
GROUPS = Counter(case.group for case in attacks.cases())


@pytest.mark.parametrize("group", GROUPS)
def test_what_a_stranger_sends_changes_nothing_and_is_answered(
    attacker: Attacker, group: str
) -> None:
    wrong = {}
    with unchanged():
        for case in attacks.cases():
            if case.group != group:
                continue
            reply = attacks.answered(attacker.url, case, PROXY)
            said = attacks.wrong(case, reply)
            # No proxy stands here that could have answered.
            if said or reply.status not in case.statuses:
                wrong[case.name] = said or reply.status
    assert not wrong


def test_there_are_many_and_none_counts_as_many_wrong_links_as_would_be_stopped() -> None:
    names = [(case.group, case.name) for case in attacks.cases()]
    assert len(names) == len(set(names)) > 150
    links = [case for case in attacks.cases() if case.target.startswith(("/a/", "/q/", "/w/"))]
    assert len(links) < 300 / 5


def test_the_command_names_what_gave_way(attacker: Attacker) -> None:
    """The site under test has neither a certificate nor a proxy, and has the demonstration."""
    out = io.StringIO()
    with unchanged(), pytest.raises(SystemExit) as ended:
        call_command("attack", attacker.url, stdout=out)
    assert ended.value.code == 1
    *said, last = out.getvalue().splitlines()
    slow = [line for line in said if ": took " in line]
    about = {line.split(":")[0] for line in said if line not in slow}
    assert about == {
        "Deployment, TLS for a year",
        "Deployment, cookies of this host alone",
        "Deployment, no demonstration",
    }
    assert last.endswith("as they should be.")


def test_nobody_there(db: None) -> None:
    with pytest.raises(CommandError, match="Nobody answers at"):
        call_command("attack", f"http://127.0.0.1:{free_port()}")


@pytest.mark.parametrize(
    ("status", "header", "content", "said"),
    [
        (200, "no-store", b"Hello", ""),
        (302, "no-store", b"Hello", ""),
        (403, "no-store", b"Hello", "answered 403, not 200 or 404"),
        (200, "public", b"Hello", "Cache-Control is 'public'"),
        (200, "no-store", b"Hello evil", "says 'evil'"),
        (404, "no-store", b"Hello", ""),
        (404, "no-store", b" ", "answered 404 and said nothing"),
    ],
)
def test_an_answer_is_looked_at_whole(status: int, header: str, content: bytes, said: str) -> None:
    case = Case(
        "Group", "name", "/", (200, 404), by_proxy=(302,),
        has=(("Cache-Control", "^no-store$"),), hides="evil",
    )  # fmt: skip
    headers = HTTPMessage()
    headers["Cache-Control"] = header
    assert attacks.wrong(case, attacks.Reply(status, headers, content)) == said
