"""How long a sheet takes: ten seconds a statement."""

import pytest

from instruments.rules.answering_time import in_words, minutes


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        *((1, "1 minute"), (8, "1 minute"), (9, "2 minutes"), (14, "2 minutes"), (15, "3 minutes")),
        *((44, "7 minutes"), (45, "8 minutes"), (50, "8 minutes"), (51, "9 minutes")),
    ],
)
def test_whole_minutes_in_words(statements: int, said: str) -> None:
    assert in_words(statements) == said
    assert said.startswith(str(minutes(statements)))
