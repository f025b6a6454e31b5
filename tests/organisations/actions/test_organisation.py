from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from organisations.actions.organisation import HouseRules, change_settings
from organisations.models import AuditEntry, Membership, Organisation, Role, User
from tests.organisations.conftest import House


def create(*words: str, **options: str) -> str:
    out = StringIO()
    call_command(
        "create_organisation",
        *words,
        stdout=out,
        **{"slug": "mh", "administrator": "a@mh.example", **options},
    )
    return out.getvalue()


def test_an_organisation_comes_with_its_administrator(db: None) -> None:
    assert create("MH", time_zone="Europe/Dublin") == "MH made: /o/mh/\n"
    held = Membership.objects.get()
    assert (held.role, held.unit, held.user.email) == (Role.ADMINISTRATOR, None, "a@mh.example")
    assert held.invitation_due
    assert held.organisation.time_zone == "Europe/Dublin"
    assert [e.action for e in AuditEntry.objects.order_by("pk")] == [
        "organisation created", "role given",
    ]  # fmt: skip


def test_again_changes_nothing(db: None) -> None:
    create("MH")
    assert "already exists" in create("MH")
    assert (Organisation.objects.count(), User.objects.count()) == (1, 1)
    assert AuditEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "options", "sentence"),
    [
        (" ", {}, "name"),
        ("x" * 121, {}, "120 characters or fewer"),
        ("MH", {"slug": "M H"}, "--slug"),
        ("MH", {"slug": "MH"}, "--slug"),
        ("MH", {"slug": "m" * 51}, "up to 50"),
        ("MH", {"administrator": "nobody"}, "--administrator"),
        ("MH", {"time_zone": "Mars/Base"}, "--time-zone"),
        ("MH", {"time_zone": "../etc"}, "--time-zone"),
        ("Other", {"slug": "taken"}, "belongs to 'Taken'"),
        ("Taken", {"slug": "taken", "time_zone": "UTC"}, "in Settings"),
    ],
)
def test_what_cannot_be_is_said_clearly_and_changes_nothing(
    db: None, words: str, options: dict[str, str], sentence: str
) -> None:
    create("Taken", slug="taken")
    with pytest.raises(CommandError, match=sentence):
        create(words, **options)
    assert (Organisation.objects.count(), User.objects.count()) == (1, 1)


def test_settings_are_audited_by_field(house: House) -> None:
    rules = HouseRules(
        name="Merrowfield",
        text_name=house.organisation.text_name,
        time_zone="Europe/London",
        quiet_from=house.organisation.quiet_from,
        quiet_until=house.organisation.quiet_until,
        front_line_by_default=True,
    )
    for _ in range(2):
        change_settings(organisation=house.organisation, rules=rules, by=house.administrator)
    assert AuditEntry.objects.get().detail == {"changed": ["name"]}
    assert Organisation.objects.get(pk=house.organisation.pk).name == "Merrowfield"
