"""The comparison of two versions shows what they say of themselves."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from instruments.actions.describe_version import describe_version
from instruments.models import Version
from organisations.models import Organisation, Role, User
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def test_a_notice_that_was_emptied_is_shown_and_keeps_it_from_being_published(
    client: Client, ours: Organisation, editor: User, draft: Version
) -> None:
    MembershipFactory.create(user=editor, organisation=ours, role=Role.EDITOR)
    client.force_login(editor)
    notice = draft.notice
    describe_version(
        version=draft, title="Ours", purpose=draft.purpose, notice="", source="", by=editor
    )
    address = reverse("question_bank_difference", args=[ours.slug, draft.pk])
    page = unescape(client.get(address).content.decode())
    table = re.search(r"What the version says of itself</caption>.*?</table>", page, re.DOTALL)
    assert table is not None
    for name in ("Title", "Notice", "Source"):
        assert f">{name}</th>" in table[0]
    assert notice in table[0]
    assert ">Purpose</th>" not in table[0]
    publish = reverse("question_bank_publish", args=[ours.slug, draft.pk])
    refused = client.post(publish)
    assert refused.status_code == 422
    assert "must stand, word for word" in unescape(refused.content.decode())
