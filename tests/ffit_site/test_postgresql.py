"""The pool of connections, and the statements that are planned once."""

from types import SimpleNamespace

import pytest
from django.db import DataError, connection, transaction

from organisations.carriers.planned import planned_cursor
from organisations.queries.prepared import Prepared
from responses.queries import answer_page
from scoring.models import Snapshot
from tests.factories import UnitFactory
from tests.responses.ballots import open_unit
from tests.results.payloads import payload
from tests.results.published import publish

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]


# The pool asks of connections that are in no transaction.
@pytest.mark.django_db(transaction=True)
def test_a_connection_is_asked_after_it_rested_for_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from psycopg import Connection
    from psycopg_pool import ConnectionPool

    from ffit_site import postgresql

    now = [1000.0]
    asked = []
    monkeypatch.setattr(postgresql, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(Connection, "execute", lambda _, query: asked.append(query))
    connection.ensure_connection()
    lent = connection.connection
    lent._asked_at = 0.0
    for passed, times in ((0.0, 1), (0.99, 1), (0.01, 2), (0.5, 2), (0.5, 3)):
        now[0] += passed
        ConnectionPool.check_connection(lent)
        assert len(asked) == times, now[0]


def test_the_pool_lends_such_connections() -> None:
    from ffit_site.postgresql import RestedConnection

    connection.ensure_connection()
    assert isinstance(connection.connection, RestedConnection)


def test_what_every_answer_looks_up_is_planned_once() -> None:
    unit = open_unit()
    for _ in range(4):
        assert answer_page.find_by_code(unit.answer_code)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), sum(generic_plans + custom_plans) FROM pg_prepared_statements "
            "WHERE statement LIKE '%\"answer_code\" = $%'"
        )
        prepared, runs = cursor.fetchone()
    assert prepared == 1
    assert runs >= 2


def test_no_statement_is_compiled() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_a_connection_keeps_the_cursor_of_what_is_planned() -> None:
    with planned_cursor() as one:
        one.execute("SELECT %s::int", [1])
    with planned_cursor(binary=True) as other:
        assert other.cursor is one.cursor
        other.execute("SELECT %s::int, now()", [2])
        number, moment = other.fetchone()
    with planned_cursor() as text:
        text.execute("SELECT now()")
        (as_text,) = text.fetchone()
    assert number == 2
    assert (moment, moment.utcoffset()) == (as_text, as_text.utcoffset())


def test_a_fault_of_a_planned_statement_spoils_none_after_it() -> None:
    with pytest.raises(DataError), transaction.atomic(), planned_cursor() as cursor:
        cursor.execute("SELECT 1 / %s::int", [0])
    with planned_cursor() as cursor:
        cursor.execute("SELECT %s::int", [3])
        assert cursor.fetchone() == (3,)


def test_an_object_with_json_is_read_as_text() -> None:
    """Django takes the text of JSON; the database's own form comes decoded."""
    unit = UnitFactory.create()
    published = publish(organisation=unit.organisation, unit=unit, payload=payload())
    found = Prepared(Snapshot.objects.all, column="survey_unit__id").first(published.pk)
    assert found is not None
    assert found.payload == Snapshot.objects.get().payload == payload()
