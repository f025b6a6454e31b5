import pytest
from django.test import Client
from zeal import zeal_ignore

from organisations.admin import operators
from organisations.models import Organisation, RememberedDevice, User
from tests.factories import OrganisationFactory, UserFactory


def test_operators_reach_organisations_and_users_and_nothing_else() -> None:
    assert set(operators._registry) == {Organisation, User}


def test_an_operator_signs_in_as_everybody_does(client: Client, db: None) -> None:
    assert client.get("/operators/")["Location"].startswith("/operators/login/")
    assert client.get("/operators/login/")["Location"] == "/account/login?next=%2Foperators%2F"
    client.force_login(UserFactory.create())
    assert client.get("/operators/login/")["Location"] == "/"


@pytest.mark.parametrize("address", ["password_change/", "password_change/done/"])
def test_there_are_no_passwords(client: Client, db: None, address: str) -> None:
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    assert client.get(f"/operators/{address}").status_code in {302, 404}


def test_another_address_signs_its_person_out_everywhere(client: Client, db: None) -> None:
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    user, other = UserFactory.create(), UserFactory.create()
    for one in (user, other):
        Client().force_login(one)
    RememberedDevice.objects.create(account=user, mark="known")
    changed = {"email": "new@merrowfield.example", "name": "Robin", "is_active": "on"}
    with zeal_ignore():
        address = f"/operators/organisations/user/{user.pk}/change/"
        assert client.post(address, changed).status_code == 302
    assert not user.sessions.exists() and not user.devices.exists()
    assert other.sessions.exists()


def test_nothing_invisible_gets_into_a_name(client: Client, db: None) -> None:
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    user = UserFactory.create()
    changed = {"email": user.email, "name": "Robin\u202e \u200bFell", "is_active": "on"}
    with zeal_ignore():
        address = f"/operators/organisations/user/{user.pk}/change/"
        assert client.post(address, changed).status_code == 302
    user.refresh_from_db()
    assert user.name == "Robin Fell"


def test_an_operator_changes_but_never_adds_or_deletes(client: Client, db: None) -> None:
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    organisation, user = OrganisationFactory.create(), UserFactory.create()
    assert client.get("/operators/").status_code == 200
    for kind, pk in (("organisation", organisation.pk), ("user", user.pk)):
        at = f"/operators/organisations/{kind}"
        with zeal_ignore():  # the operator and the user shown are rows of one table
            assert client.get(f"{at}/").status_code == 200
            assert "password" not in client.get(f"{at}/{pk}/change/").content.decode()
            assert client.get(f"{at}/add/").status_code == 403
            assert client.post(f"{at}/{pk}/delete/", {"post": "yes"}).status_code == 403
