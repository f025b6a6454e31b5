"""What is said of languages."""

import pytest

from instruments.words.languages import languages_apart


@pytest.mark.parametrize(
    ("editions", "said"),
    [
        ([], ""),
        ([("First", ("en-GB", "cy"))], ""),
        ([("First", ("en-GB", "cy")), ("Second", ("en-GB", "cy"))], ""),
        ([("First", ("en-GB", "cy")), ("Second", ("en-GB",))], "In Cymraeg: First only."),
        (
            [("A", ("en-GB", "cy")), ("B", ("en-GB", "cy", "pl")), ("C", ("en-GB",))],
            "In Cymraeg: A, B only. In Polski: B only.",
        ),
    ],
)
def test_languages_that_some_editions_lack(editions: list, said: str) -> None:
    assert languages_apart(editions) == said
