"""Going through the demonstration as one of its people, link by link."""

import os
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.http.response import HttpResponseBase
from django.test import Client

from demo import access

ROLES = ["manager", "manager-9", "manager-surgery", "lead", "reviewer", "editor", "administrator"]
# The workers of one run draw the same. A failure names it: given, the same is drawn again.
SEED = (
    os.environ.get("FFIT_TEST_SEED")
    or os.environ.get("PYTEST_XDIST_TESTRUNUID")
    or str(os.getpid())
)
DRAWN = random.Random(SEED).choice(ROLES)
# Staff, leaders and departments come by links and codes; the page of the demonstration has them.
NOBODY = "nobody"
LEAVES = ("/account/", "/operators/", "/demo", "/static/")
WITH_A_CODE = {"a", "ask", "l", "q", "stop", "w"}
MOST_OF_A_KIND = 6


@dataclass
class Form:
    """A form of a page: where it goes, and each field with what it holds."""

    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """Where a page leads by GET, and its forms."""

    def __init__(self, html: str, address: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        for name in ("href", "src", "hx-get"):
            if tag in {"a", "iframe", "div", "img", "section"} and named.get(name):
                self.links.append(named[name])
        if tag == "form":
            action = urljoin(self.address, named.get("action", ""))
            self.forms.append(Form(named.get("method", "get").lower(), urldefrag(action).url))
        if not self.forms or not named.get("name"):
            self._option(tag, named)
            return
        fields = self.forms[-1].fields
        if tag == "input" and named.get("type") in {"radio", "checkbox"}:
            if "checked" in named or named["name"] not in fields:
                fields[named["name"]] = named.get("value", "on")
        elif tag in {"input", "textarea", "button"}:
            fields.setdefault(named["name"], named.get("value", ""))
        elif tag == "select":
            fields.setdefault(named["name"], "")
            self._select = named["name"]

    def _option(self, tag: str, named: dict[str, str]) -> None:
        if tag == "option" and self._select and named.get("value"):
            fields = self.forms[-1].fields
            if "selected" in named or not fields[self._select]:
                fields[self._select] = named["value"]

    def addresses(self) -> list[str]:
        """The addresses of this site to which it leads, once each and without their anchors.

        In the order of the page, which goes by names and days. Keys and codes are others in every
        run: sorted by them, the same seed would come upon other pages.
        """
        found = [urldefrag(urljoin(self.address, link)).url for link in self.links]
        found += [form.action for form in self.forms if form.method == "get"]
        return [
            link
            for link in dict.fromkeys(found)
            if not urlsplit(link).scheme and link.startswith("/") and not link.startswith(LEAVES)
        ]


Opened = Iterator[tuple[str, str, HttpResponseBase, Page | None]]


def kind(address: str) -> tuple[str, ...]:
    """Addresses of one kind: their path without numbers and codes and the names of their values."""
    parts = urlsplit(address)
    path = ["#" if part.isdigit() else part for part in parts.path.split("/")]
    if path[1] in WITH_A_CODE and path[2]:
        path[3 if path[2] == "talk" else 2] = "#"
    return *path, *sorted(value.partition("=")[0] for value in parts.query.split("&"))


def signed_in(role: str) -> Client:
    """A client of this person of the demonstration."""
    client = Client(raise_request_exception=False)
    client.force_login(next(one for one in access.people() if one.email.startswith(f"{role}@")))
    return client


def opened_by(role: str, *, most_of_a_kind: int = MOST_OF_A_KIND) -> tuple[Client, Opened]:
    """The client of this person, or of visitors without an account, and all that they open."""
    if role == NOBODY:
        client = Client(raise_request_exception=False)
        return client, crawl(client, start="/demo", most_of_a_kind=3)
    client = signed_in(role)
    return client, crawl(client, most_of_a_kind=most_of_a_kind)


def crawl(
    client: Client, *, start: str = f"/o/{access.SLUG}/", most_of_a_kind: int = MOST_OF_A_KIND
) -> Opened:
    """Address, the page that shows it, its answer, and its page where it is one.

    The seed draws which it opens where there are more of a kind.
    """
    draw = random.Random(SEED)
    seen, waiting = {start}, deque([(start, "")])
    of_a_kind: dict[tuple[str, ...], int] = {}
    while waiting:
        address, shown_on = waiting.popleft()
        answer = client.get(address)
        page = None
        links: list[str] = []
        if answer.status_code in (301, 302):
            links = [answer["Location"]] if answer["Location"].startswith("/") else []
        elif answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            page = Page(answer.content.decode(), address)
            links = page.addresses()
        yield address, shown_on, answer, page
        new = [link for link in links if link not in seen]
        for link in draw.sample(new, len(new)):
            seen.add(link)
            of_a_kind[kind(link)] = of_a_kind.get(kind(link), 0) + 1
            if of_a_kind[kind(link)] <= most_of_a_kind:
                waiting.append((link, address))
