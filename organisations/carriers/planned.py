"""Statements that PostgreSQL plans once a connection instead of once a request."""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper


def planned_cursor(*, binary: bool = False) -> CursorWrapper:
    """The cursor for the few statements that every answer sends.

    It binds their values on the server, so a statement that comes again is known there and its
    plan is kept: planning what the answer page looks up takes four times as long as looking it up.
    The connection keeps it too (`ffit_site/postgresql.py`), with what psycopg found out about the
    values' types. With `binary` it reads the database's own form, quicker for moments; JSON, which
    Django reads as text, is not for it. Elsewhere an ordinary one.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "postgresql":
        return database.cursor()
    database.ensure_connection()
    cursor = database.connection.planned
    cursor.format = int(binary)
    if database.queries_logged:
        return database.make_debug_cursor(cursor)
    return database.make_cursor(cursor)
