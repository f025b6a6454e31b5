"""The pool of connections, and the statements that are planned once."""

from types import SimpleNamespace

import pytest
from django.db import connection

from responses.queries import answer_page
from tests.responses.ballots import open_unit

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
