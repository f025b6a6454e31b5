"""After the count, nothing that is kept anywhere leads from an answer back to a person.

Twenty units of twenty people, each with a sheet that nobody else sends. Then we try: every value,
every order of rows, a row's place on disk, its transaction, the files and the logs.
"""

import itertools
import logging
import os
import random
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from fieldwork import counting, tasks
from instruments.models import Item
from responses.models import Comment
from responses.models.response import Response
from responses.rules import ballot_box
from surveys.models import Contact, Invitation, Survey, SurveyUnit
from tests.factories import SurveyFactory
from tests.responses.ballots import give_key, invite, new_secret, open_unit

UNITS, PEOPLE = 20, 20
# Each person writes about two of the parts.
PARTS = ("ENV", "MGR")
# Of 400 guesses by chance about 20 are right; 50 or more happen once in a hundred million times.
BY_CHANCE = 50

# Where a row stands, and which transaction wrote it.
PLACE = {"postgresql": ["ctid", "xmin::text::bigint"], "sqlite": ["rowid"]}


@dataclass
class Person:
    """Somebody who answered, and all that only they know."""

    invitation: int
    unit: int
    email: str
    link: str
    secret: str
    answers: str
    wrote: str

    def comment(self, part: str) -> str:
        """What this person wrote about a part."""
        return f"{self.wrote} about {part}"


def own_sheet(number: int) -> str:
    return "".join(str(number // 6**place % 6) for place in range(4)) + "".join(
        random.choices("012345-?", k=41)
    )


def everybody(survey: Survey) -> list[Person]:
    """People with a personal link each, in the order in which they were invited."""
    people: list[Person] = []
    for _ in range(UNITS):
        unit = open_unit(survey=survey, headcount=PEOPLE)
        links = [invite(unit) for _ in range(PEOPLE)]
        for invitation, link in zip(
            Invitation.objects.filter(survey_unit=unit).order_by("pk"), links, strict=True
        ):
            number = len(people)
            email = f"nurse{number}@ward.example"
            invitation.contact = Contact.objects.create(survey_unit=unit, email=email)
            invitation.save()
            people.append(
                Person(
                    invitation.pk,
                    unit.pk,
                    email,
                    link,
                    new_secret(),
                    own_sheet(number),
                    f"Words {uuid.uuid4().hex}",
                )
            )
    return people


def send(client: Client, person: Person, codes: list[str]) -> None:
    chosen = {code: answer for code, answer in zip(codes, person.answers, strict=True)}
    body = {code: answer for code, answer in chosen.items() if answer != "-"}
    body |= {f"_comment_{part}": person.comment(part) for part in PARTS}
    response = client.post(
        f"/a/{person.link}",
        urlencode({"secret": person.secret, **body}),
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200


def orders(
    table: str, identity: str, columns: Iterable[str], where: str = "true"
) -> dict[str, dict[int, list]]:
    """For each thing that rows can be ordered by: each unit's rows in that order."""
    found: dict[str, dict[int, list]] = {}
    for column in ["", *columns, *PLACE[connection.vendor]]:
        order = f" ORDER BY {column}, {PLACE[connection.vendor][0]}" if column else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT survey_unit_id, {identity} FROM {table} WHERE {where}{order}")
            rows = cursor.fetchall()
        units: dict[int, list] = {}
        for unit, row in rows:
            units.setdefault(unit, []).append(row)
        found[f"{table} {column}"] = units
        found[f"{table} {column} backwards"] = {unit: own[::-1] for unit, own in units.items()}
    return found


def right_guesses(sent: dict[Any, str], people: dict[int, list], answers: dict[int, list]) -> int:
    """Pairs the first person of each unit with its first answers, and so on."""
    return sum(
        sent[person] == guess
        for unit, own in people.items()
        for person, guess in zip(own, answers[unit], strict=True)
    )


def all_other_values() -> Iterator[str]:
    """Every value in every table but the responses, as text."""
    for model in apps.get_models():
        if model in (Response, Comment):
            continue
        for row in model._default_manager.values_list():
            for value in row:
                yield bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def files() -> Iterator[Path]:
    """What the database and the product keep on disk, where this machine can read it."""
    folders = [settings.DATA_DIR]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            cursor.execute("SHOW data_directory")
            folders.append(Path(cursor.fetchone()[0]))
    for folder in folders:
        # Not rglob: another test's database may be dropped while we look.
        for inside, _, names in os.walk(folder):
            yield from (path for name in names if (path := Path(inside, name)).is_file())


def where_answers_stand(content: bytes) -> dict[str, int]:
    """Every run of 45 characters that could be a sheet, with its first place in the file."""
    found: dict[str, int] = {}
    for run in re.finditer(rb"[0-5?-]{45,}", content):
        text = run.group().decode()
        for start in range(len(text) - 44):
            found.setdefault(text[start : start + 45], run.start() + start)
    return found


def guesses_from_file(places: dict[str, int], people: list[Person]) -> int:
    """Pairs a unit's people, in this order, with its answers in the order of the file."""
    right = 0
    for unit in {person.unit for person in people}:
        own = [person for person in people if person.unit == unit and person.answers in places]
        stand = sorted(own, key=lambda person: places[person.answers])
        right += sum(person is guess for person, guess in zip(own, stand, strict=True))
    return right


@pytest.mark.django_db(transaction=True)
def test_no_answer_leads_back_to_a_person(caplog: pytest.LogCaptureFixture) -> None:
    survey = SurveyFactory.create(comments=Survey.Comments.PARTS)
    private_key = give_key(survey)
    people = everybody(survey)
    codes = list(
        Item.objects.filter(version=survey.version)
        .order_by("section__position", "position")
        .values_list("code", flat=True)
    )
    client = Client()
    caplog.set_level(logging.DEBUG)
    answering = random.sample(people, len(people))
    for person in answering:
        send(client, person, codes)
    SurveyUnit.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    tasks.sweep()
    counting.sweep()
    sent = {person.invitation: person.answers for person in people}
    assert sorted(Response.objects.values_list("answers", flat=True)) == sorted(sent.values())

    # By order: of people in every way, of responses in every way.
    by_people = orders("surveys_invitation", "id", ["id", "token_hash", "contact_id", "channel"])
    by_people["the order of answering"] = {
        unit: [person.invitation for person in answering if person.unit == unit]
        for unit in {person.unit for person in people}
    }
    by_answers = orders("responses_response", "answers", ["key"])
    matched = {
        (one, other): right_guesses(sent, by_people[one], by_answers[other])
        for one, other in itertools.product(by_people, by_answers)
    }
    assert {pair: right for pair, right in matched.items() if right > BY_CHANCE} == {}

    # Comments: by order to people, to their answers, and to another comment of the same person.
    by_comments = {
        part: orders("responses_comment", "text", ["key"], where=f"text LIKE '%about {part}'")
        for part in PARTS
    }
    for part, by_comment in by_comments.items():
        wrote = {person.invitation: person.comment(part) for person in people}
        answered = {person.answers: person.comment(part) for person in people}
        other = {person.comment(PARTS[0]): person.comment(PARTS[1]) for person in people}
        for rows in by_comment.values():
            assert {text for own in rows.values() for text in own} == set(wrote.values())
            for order in by_people.values():
                assert right_guesses(wrote, order, rows) <= BY_CHANCE
            for order in by_answers.values():
                assert right_guesses(answered, order, rows) <= BY_CHANCE
            if part == PARTS[1]:
                for order in by_comments[PARTS[0]].values():
                    assert right_guesses(other, order, rows) <= BY_CHANCE
    assert not set(Comment.objects.values_list("key", flat=True)) & set(
        Response.objects.values_list("key", flat=True)
    )

    # By value: nothing that stands beside a response stands anywhere else.
    elsewhere = "\n".join(all_other_values())
    for key, answers in Response.objects.values_list("key", "answers"):
        assert key.hex not in elsewhere
        assert str(key) not in elsewhere
        assert answers not in elsewhere
    for person in people:
        assert person.secret not in elsewhere
        assert person.wrote not in elsewhere
        assert ballot_box.envelope_key(person.secret).hex() not in elsewhere
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM responses_response WHERE xmin IN "
                "(SELECT xmin FROM surveys_invitation UNION SELECT xmin FROM surveys_contact "
                "UNION SELECT xmin FROM responses_tally)"
            )
            assert cursor.fetchone() == (0,)

    # In files: envelopes may lie about, but the key that opens them is gone.
    some = random.sample(people, 8)
    holding_answers = []
    for path in files():
        try:
            content = path.read_bytes()
        except FileNotFoundError:  # dropped or recycled by the server since it was listed
            continue
        assert private_key not in content, path
        for person in some:
            assert person.secret.encode() not in content, path
            assert person.link.encode() not in content, path
        places = where_answers_stand(content)
        if any(person.answers in places for person in people):
            holding_answers.append(path)
        for people_in_order in (people, answering):
            assert guesses_from_file(places, people_in_order) <= BY_CHANCE, path
    assert holding_answers, "the files of the database were not among them"

    # In logs: nobody and nothing.
    for person in people:
        for word in (person.link, person.secret, person.answers, person.email, person.wrote):
            assert word not in caplog.text
