"""The check page of a file whose numbers had to be made up: it says so and asks."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from instruments.models import Version
from organisations.models import Organisation, Role, User
from tests.factories import MembershipFactory
from tests.instruments.other_files import structure, words_only

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, ours: Organisation, editor: User) -> Client:
    MembershipFactory.create(user=editor, organisation=ours, role=Role.EDITOR)
    client.force_login(editor)
    return client


def brought(desk: Client, ours: Organisation, content: bytes) -> str:
    file = SimpleUploadedFile("climate.txt", content)
    answer = desk.post(reverse("question_bank_import", args=[ours.slug]), {"file": file})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def kept(body: str) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', body)
    assert found is not None
    return found[1]


def test_the_page_says_what_is_read_as_cannot_say(desk: Client, ours: Organisation) -> None:
    content = structure(("A1", "Never"), ("A2", "Always"), ("A3", "Not applicable"))
    body = brought(desk, ours, content)
    assert "“Not applicable” is read as “I can’t say”" in body
    assert "Which end is high?" not in body


@pytest.mark.parametrize(
    ("high", "labels"),
    [("last", ["Agree", "Partly", "Not"]), ("first", ["Not", "Partly", "Agree"])],
)
def test_the_page_asks_which_end_is_high_and_takes_the_answer(
    desk: Client, ours: Organisation, high: str, labels: list[str]
) -> None:
    body = brought(desk, ours, words_only("Agree", "Partly", "Not"))
    assert "made up" in body and "Which end is high?" in body
    confirm = reverse("question_bank_import_confirm", args=[ours.slug])
    for odd in ("", "middle"):
        refused = desk.post(confirm, {"kept": kept(body), "high": odd})
        assert refused.status_code == 422
        body = unescape(refused.content.decode())
        assert "Say which end is high." in body and "Which end is high?" in body
        assert Version.objects.count() == 0
    desk.post(confirm, {"kept": kept(body), "high": high})
    stored = Version.objects.get().scale_labels.order_by("value")
    assert [one.label for one in stored] == labels
