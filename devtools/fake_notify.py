"""GOV.UK Notify as far as we use it, on loopback: takes messages, keeps them, reports, can fail.

`python -m devtools.fake_notify PORT [RECEIPTS TOKEN [PASS_ON]]` sends receipts to RECEIPTS with the
bearer token TOKEN, and a copy of each message to PASS_ON, the demo's outbox.

Some addresses always fail, as with the real one: see `SIMULATED`.
"""

import json
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
API_KEY = f"fake_notify-{SERVICE}-{SECRET}"
SIMULATED = {
    "temp-fail@simulator.notify": "temporary-failure",
    "perm-fail@simulator.notify": "permanent-failure",
    "07700900003": "temporary-failure",
    "07700900002": "permanent-failure",
}
_FIELDS = {"email": "email_address", "sms": "phone_number"}
_CODES = {400: "ValidationError", 403: "AuthError", 429: "RateLimitError"}


@dataclass
class Behaviour:
    """What it does with the next requests: a status, a silence, or a silence after it took it."""

    refuse_with: int = 0
    hang: float = 0.0
    forget_to_answer: bool = False
    receipts: bool = True


@dataclass
class Notification:
    """One message it took."""

    id: str
    channel: str
    to: str
    subject: str
    body: str
    reference: str
    status: str = "created"


@dataclass
class Notify:
    """The service; `start` gives it a port of its own unless it has one."""

    port: int = 0
    receipts_to: str = ""
    token: str = ""
    pass_on: str = ""
    behaviour: Behaviour = field(default_factory=Behaviour)
    taken: list[Notification] = field(default_factory=list)
    requests: int = 0
    _server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """What FFIT_NOTIFY_URL is to be."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve in a thread."""
        notify = self

        class Handler(_Handler):
            service = notify

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Refuse connections from now on."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def take(self, channel: str, asked: dict[str, Any]) -> Notification:
        """Keep a message and report on it a moment later."""
        said = asked.get("personalisation") or {}
        to = str(asked[_FIELDS[channel]])
        one = Notification(
            str(uuid.uuid4()), channel, to, said.get("subject", ""), said.get("body", ""),
            str(asked.get("reference") or ""),
        )  # fmt: skip
        self.taken.append(one)
        if self.pass_on:
            copy = {"channel": channel, "to": to, "subject": one.subject, "body": one.body}
            self._post(self.pass_on, copy)
        if self.receipts_to and self.behaviour.receipts:
            threading.Timer(0.5, self.report, [one]).start()
        return one

    def report(self, one: Notification, status: str = "") -> None:
        """Send the receipt of one message."""
        one.status = status or SIMULATED.get(one.to, "delivered")
        self._post(
            self.receipts_to,
            {"id": one.id, "reference": one.reference, "to": one.to, "status": one.status,
             "notification_type": one.channel},
        )  # fmt: skip

    def _post(self, url: str, said: dict[str, Any]) -> None:
        request = urllib.request.Request(
            url,
            json.dumps(said).encode(),
            {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        try:
            urllib.request.urlopen(request, timeout=5).close()
        except (urllib.error.URLError, OSError) as error:
            print(f"{url}: {error}", file=sys.stderr, flush=True)


class _Handler(BaseHTTPRequestHandler):
    service: Notify
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        channel = urlsplit(self.path).path.rpartition("/")[2]
        if channel not in _FIELDS:
            return self._refuse(404)
        if not self._behaves():
            return None
        if not asked.get(_FIELDS[channel]) or not asked.get("template_id"):
            return self._refuse(400, f"{_FIELDS[channel]} is a required property")
        if channel == "sms" and not asked[_FIELDS[channel]].lstrip("+").isdigit():
            return self._refuse(400, "phone_number Must not contain letters or symbols")
        one = self.service.take(channel, asked)
        if self.service.behaviour.forget_to_answer:
            time.sleep(60)
        return self._say(201, {"id": one.id, "reference": one.reference or None})

    def do_GET(self) -> None:
        if not self._behaves():
            return
        wanted = parse_qs(urlsplit(self.path).query).get("reference", [""])[0]
        found = [
            {"id": one.id, "reference": one.reference, "status": one.status, "type": one.channel}
            for one in self.service.taken
            if one.reference == wanted
        ]
        self._say(200, {"notifications": found, "links": {}})

    def _behaves(self) -> bool:
        """Whether it goes on; otherwise it has refused, or said nothing."""
        self.service.requests += 1
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            said = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
        except jwt.InvalidTokenError:
            said = {}
        if said.get("iss") != SERVICE:
            self._refuse(403, "Invalid token: API key not found")
            return False
        if self.service.behaviour.hang:
            time.sleep(self.service.behaviour.hang)
            self.close_connection = True
            return False
        if self.service.behaviour.refuse_with:
            self._refuse(self.service.behaviour.refuse_with)
            return False
        return True

    def _refuse(self, code: int, why: str = "Told to refuse") -> None:
        errors = [{"error": _CODES.get(code, "Exception"), "message": why}]
        self._say(code, {"status_code": code, "errors": errors})

    def _say(self, code: int, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: the log would hold addresses."""


def main() -> None:
    port, *more = sys.argv[1:]
    receipts_to, token, pass_on = (*more, "", "", "")[:3]
    Notify(int(port), receipts_to, token, pass_on).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
