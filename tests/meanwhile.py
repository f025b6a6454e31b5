"""Somebody else who is a moment earlier: between what a page has read and what its action does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

from django.db import transaction
from zeal import zeal_ignore


@contextmanager
def somebody_else(act: Callable[[], object]) -> Iterator[None]:
    """Has `act` done once, just before the first transaction that begins within."""
    enter, waiting = transaction.Atomic.__enter__, [act]

    def late(self: transaction.Atomic) -> None:
        if waiting:
            with zeal_ignore():
                waiting.pop()()
        enter(self)

    with mock.patch.object(transaction.Atomic, "__enter__", late):
        yield
    assert not waiting, "no transaction began"
