"""A browser's half of HTTP and nothing of its mercy: sends what it is told, keeps cookies."""

import http.client
import re
from dataclasses import dataclass, field
from email.message import Message
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.test import Client

from organisations.models import UrgentEmail, User
from tests.servers import PATIENCE

LOGIN = "/account/login"
CODE = "/account/login/code"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def location(self) -> str:
        return str(self.headers["Location"] or "")

    @property
    def asks_to_sign_in(self) -> bool:
        return self.status == 302 and self.location.startswith(LOGIN)


@dataclass
class Visitor:
    """One browser. `cookies` may be read, planted and taken away."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    set_cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """One request on a connection of its own; redirects are not followed."""
        parts = urlsplit(self.url)
        line = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=PATIENCE)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "http", **(headers or {})}
        if cookies:
            sent["Cookie"] = cookies
        try:
            line.request(method, path, body, sent)
            got = line.getresponse()
            answer = Answer(got.status, got.headers, got.read())
        finally:
            line.close()
        for header in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                self.set_cookies[name] = header
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0" or not morsel.value:
                    del self.cookies[name]
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, _token: str | None = None, **fields: str) -> Answer:
        """A form of ours, with a token of ours unless another is given."""
        name = settings.CSRF_COOKIE_NAME
        if name not in self.cookies:
            self.get(LOGIN)
            self.cookies.setdefault(name, "x" * 32)
        token = self.cookies[name] if _token is None else _token
        body = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    @property
    def session(self) -> str:
        return self.cookies.get(settings.SESSION_COOKIE_NAME, "")

    @session.setter
    def session(self, value: str) -> None:
        self.cookies[settings.SESSION_COOKIE_NAME] = value

    def signed_in_as(self, user: User) -> "Visitor":
        """With a session that the product itself would have made."""
        client = Client()
        client.force_login(user)
        self.session = client.cookies[settings.SESSION_COOKIE_NAME].value
        return self

    def asks_for_a_code(self, email: str, **more: str) -> Answer:
        return self.post(LOGIN, login=email, **more)

    def signs_in(self, email: str, **more: str) -> Answer:
        """The whole way: asks, reads the letter, enters the code."""
        self.asks_for_a_code(email, **more)
        return self.post(CODE, code=last_code(email))


def letters(email: str) -> list[str]:
    """Codes in letters that wait to be sent to this address, the oldest first."""
    kept = UrgentEmail.objects.filter(to=email).order_by("pk").values_list("body", flat=True)
    return [code for body in kept for code in re.findall(r"\b[A-Z]{4,5}-[A-Z]{4,5}\b", body)]


def last_code(email: str) -> str:
    return letters(email)[-1]
