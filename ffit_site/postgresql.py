"""PostgreSQL's connections as the pool keeps them."""

import time
from functools import cached_property

import psycopg
from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg.abc import Params, Query
from psycopg.rows import TupleRow

# A server that went away is seen by the first request after this; before, by the one that meets it.
ASKED_EVERY = 1.0  # second


class PlannedCursor(ServerBindingCursor):
    """Stays with its connection, so that psycopg finds out once what dumps and loads a value."""

    def close(self) -> None:
        """Nothing of it is on the server."""


class RestedConnection(psycopg.Connection[TupleRow]):
    """A connection that says it lives without asking the server, if it did so a moment ago.

    The pool asks, by an empty statement, before it hands a connection to a request; asking each
    time costs an answer a fifth of its time in the database.
    """

    _asked_at = float("-inf")

    @cached_property
    def planned(self) -> PlannedCursor:
        """The one cursor of `organisations/carriers/planned.py`."""
        # Django's types know its wrapper alone.
        return PlannedCursor(self)  # type: ignore[call-arg]

    def execute(
        self,
        query: Query,
        params: Params | None = None,
        *,
        prepare: bool | None = None,
        binary: bool = False,
    ) -> psycopg.Cursor[TupleRow]:
        if query != "":
            # psycopg types a template apart; it takes no parameters.
            return super().execute(query, params, prepare=prepare, binary=binary)  # type: ignore[arg-type]
        now = time.monotonic()
        if now - self._asked_at < ASKED_EVERY:
            return self.cursor()
        cursor = super().execute(query)
        self._asked_at = now
        return cursor
