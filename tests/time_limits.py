"""A test that reaches its time limit is cut off, and the tests after it do not notice."""

import gc
import sys
from collections.abc import Generator
from typing import Any

import pytest

# What all tests of a process share is made within the first that asks for it.
FOR_WHAT_IS_SHARED = 1800.0
LIMIT = pytest.StashKey[Any]()
CUT_OFF = pytest.StashKey[bool]()


@pytest.hookimpl(tryfirst=True)
def pytest_timeout_set_timer(item: pytest.Item, settings: Any) -> None:
    """Remember the limit; pytest-timeout's own hook follows and sets the timer."""
    if settings.timeout != FOR_WHAT_IS_SHARED:
        item.stash[LIMIT] = settings


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Making what is shared takes none of the test's time: pytest keeps a failure for all."""
    item = request._pyfuncitem
    limit = item.stash.get(LIMIT, None)
    if fixturedef.scope != "session" or limit is None:
        return (yield)
    hook = item.config.hook
    hook.pytest_timeout_cancel_timer(item=item)
    hook.pytest_timeout_set_timer(
        item=item, settings=limit._replace(timeout=max(FOR_WHAT_IS_SHARED, limit.timeout))
    )
    try:
        return (yield)
    finally:
        hook.pytest_timeout_cancel_timer(item=item)
        hook.pytest_timeout_set_timer(item=item, settings=limit)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    if call.excinfo is not None and "from pytest-timeout" in str(call.excinfo.value):
        item.stash[CUT_OFF] = True
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """What a test that was cut off had open goes with it, or the next one fails for it."""
    result = yield
    if item.stash.get(CUT_OFF, False):
        for name in ("last_exc", "last_type", "last_value", "last_traceback"):
            if hasattr(sys, name):
                delattr(sys, name)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "unraisablehook", lambda _: None)
            gc.collect()
    return result
