"""Sign-in codes: one live code an account, ten letters, used once; a stranger locks nobody out."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from organisations.actions.urgent_email import send_kept_mail
from organisations.models import Role, UrgentEmail, User
from tests.attacks.visitor import CODE, LOGIN, Visitor, last_code, letters
from tests.factories import MembershipFactory

EMAIL = "robin@merrowfield.example"
Visitors = Callable[[], Visitor]


@pytest.fixture
def robin(attacker: object) -> User:
    user: User = MembershipFactory.create(role=Role.MANAGER, user__email=EMAIL).user
    return user


def is_in(visitor: Visitor) -> bool:
    return not visitor.get("/").asks_to_sign_in


def test_a_code_has_ten_letters_and_is_taken_in_any_case_with_any_spaces(
    visitor: Visitors, robin: User
) -> None:
    for written in (str.lower, lambda code: f" {code.replace('-', '  ')} ", lambda code: code):
        guest = visitor()
        guest.asks_for_a_code(EMAIL)
        code = last_code(EMAIL)
        assert re.fullmatch(r"[A-Z]{5}-[A-Z]{5}", code)
        assert guest.post(CODE, code=written(code)).location == "/"
        assert is_in(guest)


def test_forty_requests_make_one_letter_and_the_owner_comes_in_by_it(
    visitor: Visitors, robin: User
) -> None:
    for _ in range(40):
        assert visitor().asks_for_a_code(EMAIL).location == CODE
    assert len(letters(EMAIL)) == 1
    owner = visitor()
    assert owner.asks_for_a_code(EMAIL).location == CODE
    assert len(letters(EMAIL)) == 1
    assert owner.post(CODE, code=last_code(EMAIL)).location == "/"
    assert is_in(owner)


def test_a_used_code_opens_nothing_in_another_browser(visitor: Visitors, robin: User) -> None:
    thief, owner = visitor(), visitor()
    thief.asks_for_a_code(EMAIL)
    owner.asks_for_a_code(EMAIL)
    code = last_code(EMAIL)
    assert owner.post(CODE, code=code).location == "/"
    assert thief.post(CODE, code=code).status == 422
    assert not is_in(thief)


def test_after_a_used_code_the_next_comes_at_once(visitor: Visitors, robin: User) -> None:
    visitor().signs_in(EMAIL)
    again = visitor()
    assert again.signs_in(EMAIL).location == "/"
    assert len(set(letters(EMAIL))) == 2


def test_an_expired_code_opens_nothing(visitor: Visitors, robin: User) -> None:
    guest = visitor()
    guest.asks_for_a_code(EMAIL)
    caches["redis"].clear()  # what ten minutes do
    assert guest.post(CODE, code=last_code(EMAIL)).status == 422
    assert not is_in(guest)


def test_a_letter_of_ten_minutes_ago_is_not_sent(robin: User, visitor: Visitors) -> None:
    visitor().asks_for_a_code(EMAIL)
    UrgentEmail.objects.update(made_at=timezone.now() - timedelta(minutes=10, seconds=1))
    assert send_kept_mail(now=timezone.now()) == 0
    assert not UrgentEmail.objects.exists()


def test_a_code_of_another_account_opens_nothing(visitor: Visitors, robin: User) -> None:
    MembershipFactory.create(user__email="ann@merrowfield.example")
    other = visitor()
    other.asks_for_a_code("ann@merrowfield.example")
    guest = visitor()
    guest.asks_for_a_code(EMAIL)
    assert guest.post(CODE, code=last_code("ann@merrowfield.example")).status == 422
    assert not is_in(guest)


def test_wrong_codes_end_one_browsers_attempt_and_nothing_else(
    visitor: Visitors, robin: User
) -> None:
    owner = visitor()
    owner.asks_for_a_code(EMAIL)
    for _ in range(5):
        guesser = visitor()
        guesser.asks_for_a_code(EMAIL)
        answers = [guesser.post(CODE, code="BCDFG-HJKLM") for _ in range(3)]
        assert [answer.status for answer in answers] == [422, 422, 302]
        assert answers[-1].location.startswith(LOGIN)
    assert owner.post(CODE, code=last_code(EMAIL)).location == "/"


def seen_of(visitor: Visitor, email: str) -> list[object]:
    """Everything that a stranger can see of asking twice and guessing once."""
    found: list[object] = []
    for _ in range(2):
        answer = visitor.asks_for_a_code(email)
        page = visitor.get(CODE)
        wrong = visitor.post(CODE, code="BCDFG-HJKLM")
        for one in (answer, page, wrong):
            text = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", one.text)
            found += [one.status, one.location, text.replace(email, "E-MAIL"), len(one.body)]
            found.append(sorted(name for name in one.headers if name != "Date"))
        visitor.post("/account/login/again")
    return found


def test_a_known_and_an_unknown_address_look_alike(visitor: Visitors, robin: User) -> None:
    known, unknown = seen_of(visitor(), EMAIL), seen_of(visitor(), "nemo1@merrowfield.example")
    assert known == unknown
    # And cost the same: a letter each that was begun, once.
    assert UrgentEmail.objects.filter(to=EMAIL).count() == 1
    assert UrgentEmail.objects.filter(to="").count() == 1
