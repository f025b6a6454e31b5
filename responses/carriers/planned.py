"""Statements that PostgreSQL plans once a connection instead of once a request."""

from django.db import connection
from django.db.backends.utils import CursorWrapper


def planned_cursor() -> CursorWrapper:
    """A cursor for the few statements that every answer sends.

    It binds their values on the server, so a statement that comes again is known there and its
    plan is kept: planning what the answer page looks up takes four times as long as looking it up.
    Elsewhere an ordinary one.
    """
    if connection.vendor != "postgresql":
        return connection.cursor()
    from django.db.backends.postgresql.base import ServerBindingCursor

    connection.ensure_connection()
    # As Django makes its own; its types know the wrapper alone.
    cursor = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
    if connection.queries_logged:
        return connection.make_debug_cursor(cursor)  # type: ignore[arg-type]
    return connection.make_cursor(cursor)  # type: ignore[arg-type]
