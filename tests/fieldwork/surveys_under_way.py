"""A whole fieldwork over HTTP, as its people do it: any number of web processes, one script."""

import http.cookiejar
import itertools
import json
import re
import urllib.request
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import time
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

from celery import current_app
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from organisations.carriers.session_store import SessionStore
from organisations.models import AuditEntry, User
from responses.models import Tally
from responses.models.response import Response
from scoring.models import Snapshot
from surveys.models import Contact, Invitation, Message, Survey, SurveyUnit
from tests.fieldwork.launching import Trust
from tests.responses.forms import codes
from tests.servers import Mailbox, wait_until

AT_LAUNCH, LATER, BY_LINK, BY_POSTER = 16, 6, 12, 3
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_HIDDEN = r'name="{}" value="([^"]*)"'


SWEEPS = ("fieldwork.sweep", "surveys.sweep", "surveys.send_due_messages", "scoring.sweep")


def session_of(user: User) -> str:
    """A signed-in session's key."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def person(number: int) -> str:
    return f"person{number:02}@merrowfield.example"


@dataclass
class Desk:
    """A manager's browser, whose every request may meet another web process."""

    webs: Sequence[str]
    session: str
    turn: Any = field(default_factory=itertools.count)

    def _open(self, path: str, data: bytes | None = None, jar: Any = None) -> tuple[str, str]:
        web = self.webs[next(self.turn) % len(self.webs)]
        jar = http.cookiejar.CookieJar() if jar is None else jar
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        csrf = "".join(f"; csrftoken={one.value}" for one in jar if one.name == "csrftoken")
        asked = urllib.request.Request(f"{web}{path}", data)
        asked.add_unredirected_header("Cookie", f"sessionid={self.session}{csrf}")
        if data is not None:
            asked.add_header("Content-Type", MULTIPART_CONTENT)
        opener.addheaders = [("Cookie", f"sessionid={self.session}")]
        with opener.open(asked, timeout=30) as answer:
            return answer.geturl().removeprefix(web), answer.read().decode()

    def read(self, path: str) -> str:
        """The page at an address."""
        return self._open(path)[1]

    def press(self, page: str, path: str = "", times: int = 1, **fields: Any) -> tuple[str, str]:
        """Sends a form of the page; where it led and what it said. More times: at once."""
        jar = http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        opener.addheaders = [("Cookie", f"sessionid={self.session}")]
        with opener.open(f"{self.webs[0]}{page}", timeout=30) as answer:
            token = _TOKEN.search(answer.read().decode())
        assert token is not None
        body = encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": token[1], **fields})
        with ThreadPoolExecutor(times) as pool:
            presses = [pool.submit(self._open, path or page, body, jar) for _ in range(times)]
            return [one.result() for one in presses][-1]


@dataclass
class Fieldwork:
    """Import, launch, invite, answers of many phones at once, remind, close, count."""

    trust: Trust
    mailbox: Mailbox
    webs: Sequence[str]

    def run(self) -> dict[str, Any]:
        """Everything in order; what is there in the end, without ids and times."""
        trust, webs = self.trust, self.webs
        trust.organisation.quiet_from = trust.organisation.quiet_until = time(0)
        trust.organisation.save()
        desk = Desk(webs, session_of(trust.lead))
        self.mailbox.clear()
        self.mailbox.delay = 0.03  # a turn lasts long enough for another worker to come
        place = self._launch(desk)
        survey = Survey.objects.get(organisation=trust.organisation)
        self._wait(lambda: self._is(survey, "open"), "it is open")
        self._import(desk, place)
        everybody = {person(number) for number in range(AT_LAUNCH + LATER)}
        self._wait(lambda: everybody <= set(self._letters()), "all are invited")
        acknowledged = self._answer(survey)
        desk.press(f"{place}messages/reminder_1", do="now")
        reminded = len(everybody) - BY_LINK
        self._wait(lambda: self._sent(survey, "reminder_1") == reminded, "the others are reminded")
        SurveyUnit.objects.filter(survey=survey).update(enough=True)  # as tomorrow at seven
        unit = SurveyUnit.objects.get(survey=survey)
        desk.press(f"{place}units/{unit.pk}/close", times=2)
        self._wait(lambda: self._is(survey, "published"), "the result is out")
        self._wait(lambda: self._sent(survey, "result_ready") == 1, "the lead is told")
        told = len(everybody)
        self._wait(lambda: self._sent(survey, "result") == told, "everyone invited is told")
        return {"acknowledged": acknowledged, **self._state(survey)}

    def _launch(self, desk: Desk) -> str:
        closes = self.trust.closing()
        rows = "\n".join(person(number) for number in range(AT_LAUNCH))
        units = [str(self.trust.ward_9.pk)]
        place, page = desk.press(
            self.trust.url("surveys/launch"),
            unit=units[0],
            title="Fewer falls at night",
            problem="Too many patients fall at night.",
            change="We offer help to the toilet at 2am.",
            staff="22",
            closes_day=closes.day,
            closes_month=closes.month,
            closes_year=closes.year,
            reminders=["4", "8"],
            staff_emails=rows,
        )
        assert "There is a problem" not in page
        return place

    def _import(self, desk: Desk, place: str) -> None:
        """A list of new people and of some who are there, its button pressed twice at once."""
        rows = "\n".join(person(number) for number in range(AT_LAUNCH - 2, AT_LAUNCH + LATER))
        _, page = desk.press(f"{place}staff", people=f"email\n{rows}\n")
        kept = re.search(_HIDDEN.format("kept"), page)
        assert kept is not None
        desk.press(f"{place}staff", f"{place}staff/check", times=2, kept=kept[1], do="add")

    def _answer(self, survey: Survey) -> int:
        """Phones send at once, each twice, to different web processes; how many were told so."""
        links = {
            email: re.search(r"(/a/\S+)", body)
            for email, body in self._letters().items()
            if email.startswith("person")
        }
        paths = [found[1] for _, found in sorted(links.items())[:BY_LINK] if found]
        code = SurveyUnit.objects.values_list("answer_code", flat=True).get(survey=survey)
        paths += [f"/q/{code}"] * BY_POSTER
        given = codes()
        with ThreadPoolExecutor(8) as phones:
            work = [
                phones.submit(self._send, path, number, web, given)
                for number, path in enumerate(paths)
                for web in (number, number + 1)
            ]
            said = [one.result() for one in work]
        assert said == [True] * len(said)
        return len(said) // 2

    def _send(self, path: str, number: int, web: int, given: Sequence[str]) -> bool:
        secret = f"{'s' * 41}{number:02}"
        answers = {code: str((place + number) % 6) for place, code in enumerate(given)}
        asked = urllib.request.Request(
            f"{self.webs[web % len(self.webs)]}{path}",
            urlencode({"secret": secret, **answers}).encode(),
            {"Accept": "application/json"},
        )
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return bool(json.load(answer)["sent"])
        except HTTPError as error:
            return bool(json.load(error)["sent"])

    def _letters(self) -> dict[str, str]:
        """Addresses that a letter came to, each with the text of the last."""
        found = {}
        for mail in list(self.mailbox.messages):
            body = mail.get_payload(decode=True)
            assert isinstance(body, bytes)
            found[str(mail["To"])] = body.decode()
        return found

    def _is(self, survey: Survey, state: str) -> bool:
        return Survey.objects.filter(pk=survey.pk, state=state).exists()

    def _sent(self, survey: Survey, step: str) -> int:
        return Message.objects.filter(survey=survey, step=step, state="sent").count()

    def _wait(self, true: Callable[[], bool], what: str) -> None:
        """Until it holds, while the clock says its words: twice, as two of them would."""
        turns = itertools.count()

        def looks() -> bool:
            if next(turns) % 20 == 19:
                for task in SWEEPS:
                    for _ in range(2):
                        current_app.send_task(task)
            return true()

        wait_until(looks, what=what)

    def _state(self, survey: Survey) -> dict[str, Any]:
        """What is there, by names and addresses that mean the same in every run."""
        unit = SurveyUnit.objects.get(survey=survey)
        payload = Snapshot.objects.get(survey_unit=unit).payload
        messages = Message.objects.filter(survey=survey).values_list(
            "invitation__contact__email", "user__name", "step", "channel", "state"
        )
        return {
            "survey": (survey.title, Survey.objects.get(pk=survey.pk).state, unit.state),
            "contacts": sorted(
                Contact.objects.filter(survey_unit=unit).values_list("email", flat=True)
            ),
            "used": sorted(
                Invitation.objects.filter(survey_unit=unit, used=True).values_list(
                    "contact__email", flat=True
                )
            ),
            "messages": Counter(tuple(map(str, one)) for one in messages),
            "letters": Counter((mail["To"], mail["Subject"]) for mail in self.mailbox.messages),
            "tallies": dict(Tally.objects.filter(survey_unit=unit).values_list("channel", "count")),
            "responses": sorted(
                Response.objects.filter(survey_unit=unit).values_list("answers", flat=True)
            ),
            "audit": Counter(AuditEntry.objects.values_list("action", flat=True)),
            "snapshot": {
                name: value for name, value in payload.items() if name in ("answered", "sections")
            },
        }
