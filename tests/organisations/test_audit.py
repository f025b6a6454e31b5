"""The audit trail is append-only: the database itself refuses anything else."""

import pytest
from django.db import DatabaseError, connection, transaction

from organisations.actions.audit_log import record
from organisations.models import AuditEntry, Organisation, User
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def an_entry() -> AuditEntry:
    organisation: Organisation = OrganisationFactory.create()
    by: User = UserFactory.create()
    return record(action="unit moved", on=organisation, organisation=organisation, by=by, to=7)


def test_an_entry_says_who_what_which_and_when() -> None:
    entry = an_entry()
    assert entry.actor is not None
    assert (entry.action, entry.object_type) == ("unit moved", "organisation")
    assert entry.object_id == str(entry.organisation_id)
    assert entry.detail == {"to": 7}
    assert entry.at is not None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organisations_auditentry SET action = 'nothing happened'",
        "UPDATE organisations_auditentry SET actor_id = NULL",
        "UPDATE organisations_auditentry SET at = '2020-01-01 00:00:00+00:00'",
        "DELETE FROM organisations_auditentry",
    ],
)
def test_no_statement_changes_or_deletes_an_entry(statement: str) -> None:
    entry = an_entry()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.get().action == entry.action


def test_the_model_cannot_either() -> None:
    entry = an_entry()
    entry.action = "nothing happened"
    for change in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_an_entry_belongs_in_the_transaction_of_its_change() -> None:
    organisation = OrganisationFactory.create()
    with pytest.raises(RuntimeError, match="transaction"):
        record(action="unit moved", on=organisation, organisation=organisation, by=None)
