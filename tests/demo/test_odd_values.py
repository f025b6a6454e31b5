"""Odd values in every field and query of the demonstration: a sentence, never a fault.

`./dev test` tries one role and visitors without an account with so many odd values, drawn by the
seed that a failure names; `--long` tries all of them as everybody.
"""

import random
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.db import transaction
from django.test import Client

from tests.demo.crawl import DRAWN, NOBODY, ROLES, SEED, Form, kind, opened_by
from tests.demo.sample import sample, seeded

__all__ = ["sample", "seeded"]

ODD = (
    "\N{SUPERSCRIPT TWO}",
    "5" * 5000,
    "abc",
    "99999999999",
    "-1",
    "0",
    "1e400",
    "NaN",
    "a\x00b",
    "\uff11\uff12",
    "\u202eabc",
    "2026-02-30",
    "25:61",
    "[]",
    '{"a": 1}',
    "\N{GRINNING FACE}" * 300,
    "'; --",
    "%00",
)
TRIES = 250
TYPED = "application/x-www-form-urlencoded"
# What pages may be asked for that no link of theirs shows.
QUERIES = (
    *("page", "q", "show", "lang", "unit", "units", "initiative", "repeat", "several", "figures"),
    *("edition", "sheet", "since", "until", "action", "division", "role", "kind", "cursor", "sort"),
)


def fault_of(client: Client, form: Form, odd: dict[str, str]) -> str:
    """What went wrong with a form with odd values, or ""; what it changed is taken back."""
    with transaction.atomic():
        sent = {**form.fields, **odd}
        if form.method == "get":
            parts = urlsplit(form.action)
            query = urlencode({**dict(parse_qsl(parts.query)), **sent})
            answer = client.get(f"{parts.path}?{query}")
        else:
            # As a browser sends it: an answer page takes no other kind.
            answer = client.post(form.action, urlencode(sent), content_type=TYPED)
        transaction.set_rollback(True)
    if answer.status_code < 500:
        return ""
    tried = ", ".join(f"{name}={value[:20]!r}" for name, value in odd.items())
    raised = getattr(answer, "exc_info", None) or (None, None)
    return f"{form.method} {form.action} {tried}: {answer.status_code} {raised[1]!r}"


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize(
    ("role", "every"),
    [
        pytest.param(DRAWN, False, id="drawn"),
        pytest.param(NOBODY, False, id="nobody-drawn"),
        # All of them are some 9,000 requests for each role.
        *(
            pytest.param(role, True, id=role, marks=[pytest.mark.long, pytest.mark.timeout(1800)])
            for role in (*ROLES, NOBODY)
        ),
    ],
)
def test_no_odd_value_is_a_fault(role: str, every: bool) -> None:
    draw = random.Random(f"{SEED} {role}")
    client, opened = opened_by(role, most_of_a_kind=1)
    forms: dict[tuple[str, ...], Form] = {}
    for address, _, answer, page in opened:
        if page is None:
            continue
        for form in [*page.forms, Form("get", address, dict.fromkeys(QUERIES, ""))]:
            if not form.action.startswith(("/account/", "/operators/")):
                key = (form.method, *kind(form.action), *sorted(form.fields))
                forms.setdefault(key, form)
        assert answer.status_code == 200
    tries = [(form, name, odd) for form in forms.values() for name in form.fields for odd in ODD]
    assert len(forms) > (10 if role == NOBODY else 20)
    drawn = tries if every else draw.sample(tries, TRIES)
    faults = [fault_of(client, form, {name: odd}) for form, name, odd in drawn]
    assert not any(faults), "\n".join([f"FFIT_TEST_SEED={SEED}", *filter(None, faults)])
