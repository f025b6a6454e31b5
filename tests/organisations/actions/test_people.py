from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from organisations.actions.people import (
    change_role,
    deactivate,
    erase_person,
    give_role,
    invite,
    invite_again,
    reactivate,
    take_role_away,
)
from organisations.actions.role_emails import send_role_emails
from organisations.actions.units import close_unit
from organisations.models import AuditEntry, Membership, Role, Session, User
from organisations.rules.refusal import Refused
from tests.factories import MembershipFactory, UnitFactory
from tests.organisations.conftest import House


def ask(house: House, email: str, role: Role = Role.MANAGER, **more: Any) -> Membership:
    words: dict[str, Any] = {"name": "Robin", "unit": house.ward_7, **more}
    return invite(
        organisation=house.organisation, email=email, role=role, by=house.administrator, **words
    )


def the_membership(house: House) -> Membership:
    return Membership.objects.get(user=house.administrator)


def test_an_invited_person_is_told_once(house: House, mailoutbox: list) -> None:
    held = ask(house, " Robin@Merrowfield.example ")
    assert held.user.email == "robin@merrowfield.example"
    assert not held.user.has_usable_password()
    assert send_role_emails() == 1
    assert send_role_emails() == 0
    (mail,) = mailoutbox
    assert mail.to == ["robin@merrowfield.example"]
    assert "/account/login" in mail.body
    assert "Manager, Ward 7, Merrowfield Hospitals" in " ".join(mail.body.split())
    assert AuditEntry.objects.get().detail == {"role": "manager", "unit": house.ward_7.pk}


def test_a_mail_server_that_refuses_leaves_the_invitation_due(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = ask(house, "robin@merrowfield.example")

    def refuse(*args: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert send_role_emails() == 0
    held.refresh_from_db()
    assert held.invitation_due


def test_a_known_address_simply_gets_the_role_and_keeps_its_name(house: House) -> None:
    known = MembershipFactory.create(
        user__email="robin@merrowfield.example", user__name="R. Known"
    ).user
    held = ask(house, "ROBIN@merrowfield.example", name="Somebody")
    assert held.user == known
    assert User.objects.get(pk=known.pk).name == "R. Known"


def test_inviting_twice_makes_one_role_and_one_entry(house: House) -> None:
    assert ask(house, "robin@merrowfield.example") == ask(house, "robin@merrowfield.example")
    assert AuditEntry.objects.count() == 1
    send_role_emails()
    held = ask(house, "robin@merrowfield.example")
    assert not held.invitation_due
    invite_again(membership=held, by=house.administrator)
    held.refresh_from_db()
    assert held.invitation_due


@pytest.mark.parametrize("email", ["", "robin", "a@b@c.example", "x" * 260 + "@b.example"])
def test_a_wrong_address_is_refused(house: House, email: str) -> None:
    with pytest.raises(Refused, match="Enter an email address"):
        ask(house, email)
    assert User.objects.count() == 1


def test_administrators_and_editors_serve_the_whole_organisation(house: House) -> None:
    for role in (Role.ADMINISTRATOR, Role.EDITOR):
        with pytest.raises(Refused, match="whole organisation"):
            ask(house, "robin@merrowfield.example", role)


def test_a_role_is_for_an_open_unit_of_the_organisation(house: House) -> None:
    close_unit(unit=house.bay, by=house.administrator)
    for unit in (house.bay, UnitFactory.create()):
        with pytest.raises(Refused, match="open"):
            ask(house, "robin@merrowfield.example", unit=unit)


def test_the_last_administrator_stays(house: House) -> None:
    held = the_membership(house)
    give_role(
        organisation=house.organisation, user=held.user, role=Role.LEAD, unit=None, by=held.user
    )
    attempts = [
        lambda: change_role(membership=held, role=Role.LEAD, unit=house.bay, by=held.user),
        lambda: take_role_away(membership=held, by=held.user),
        lambda: deactivate(organisation=house.organisation, user=held.user, by=held.user),
        lambda: erase_person(organisation=house.organisation, user=held.user, by=held.user),
    ]
    MembershipFactory.create(
        organisation=house.organisation, role=Role.ADMINISTRATOR, is_active=False
    )
    MembershipFactory.create(
        organisation=house.organisation, role=Role.ADMINISTRATOR, user__is_active=False
    )
    MembershipFactory.create(role=Role.ADMINISTRATOR)  # elsewhere
    for attempt in attempts:
        with pytest.raises(Refused, match="only administrator"):
            attempt()
    held.refresh_from_db()
    assert held.is_active and held.role == Role.ADMINISTRATOR
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["role given"]
    MembershipFactory.create(organisation=house.organisation, role=Role.ADMINISTRATOR)
    attempts[1]()
    assert not Membership.objects.filter(pk=held.pk).exists()


def test_changing_a_role_into_one_that_is_there_leaves_one(house: House) -> None:
    held = ask(house, "robin@merrowfield.example")
    other = give_role(
        organisation=house.organisation, user=held.user, role=Role.LEAD, unit=None, by=None
    )
    changed = change_role(membership=held, role=Role.LEAD, unit=None, by=house.administrator)
    assert changed == other
    assert Membership.objects.filter(user=held.user).count() == 1


def test_the_only_role_is_not_taken_away(house: House) -> None:
    held = ask(house, "robin@merrowfield.example")
    with pytest.raises(Refused, match="Deactivate the person"):
        take_role_away(membership=held, by=house.administrator)
    second = give_role(
        organisation=house.organisation, user=held.user, role=Role.LEAD, unit=None, by=None
    )
    take_role_away(membership=second, by=house.administrator)
    assert list(Membership.objects.filter(user=held.user)) == [held]


def test_a_person_is_deactivated_here_and_not_elsewhere(house: House) -> None:
    held = ask(house, "robin@merrowfield.example")
    elsewhere = MembershipFactory.create(user=held.user)
    for _ in range(2):
        deactivate(organisation=house.organisation, user=held.user, by=house.administrator)
    assert list(Membership.objects.filter(user=held.user, is_active=True)) == [elsewhere]
    assert send_role_emails() == 0
    for _ in range(2):
        reactivate(organisation=house.organisation, user=held.user, by=house.administrator)
    assert Membership.objects.filter(user=held.user, is_active=True).count() == 2
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "role given", "person deactivated", "person reactivated",
    ]  # fmt: skip


def test_erasure_blanks_the_person_and_keeps_the_trail(house: House, client: Client) -> None:
    user = ask(house, "robin@merrowfield.example").user
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    client.force_login(user)
    give_role(organisation=house.organisation, user=user, role=Role.LEAD, unit=house.bay, by=user)
    for _ in range(2):
        erase_person(organisation=house.organisation, user=user, by=house.administrator)
    user.refresh_from_db()
    assert "robin" not in f"{user.email} {user.name}".lower()
    assert not user.is_active
    assert not EmailAddress.objects.exists()
    assert not Session.objects.exists()
    assert AuditEntry.objects.filter(actor=user).exists()
    assert AuditEntry.objects.filter(action="person erased").count() == 1
    assert "robin" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))
    with pytest.raises(Refused, match="erased"):
        reactivate(organisation=house.organisation, user=user, by=house.administrator)
    again = ask(house, "robin@merrowfield.example").user
    assert again != user


def test_somebody_with_a_role_elsewhere_or_who_runs_the_site_is_not_erased(house: House) -> None:
    user = ask(house, "robin@merrowfield.example").user
    elsewhere = MembershipFactory.create(user=user, is_active=False)
    with pytest.raises(Refused, match="role elsewhere"):
        erase_person(organisation=house.organisation, user=user, by=house.administrator)
    elsewhere.delete()
    User.objects.filter(pk=user.pk).update(is_staff=True)
    with pytest.raises(Refused, match="runs the site"):
        erase_person(organisation=house.organisation, user=user, by=house.administrator)
