"""Each sentence of a page, mail or document that promises what the code does, and its test.

By file, pieces of sentences as they stand there, spaces made single; behind each the test that
holds it. `tests/test_promises.py` fails for a sentence with a promising word that has none, for a
test that is gone and for a sentence that is. A sentence that no code keeps goes.
"""

from tests.promises import organisations, results, surveys
from tests.promises.no_promise import NO_PROMISE

__all__ = ["NO_PROMISE", "PROMISES"]

PROMISES = {**results.PROMISES, **surveys.PROMISES, **organisations.PROMISES}
