"""The words check: what counts as a text, where it is found, what it may not say."""

from pathlib import Path

import pytest

from devtools.reading_age import OLDEST, reading_age
from devtools.words import Text, banned, faults, in_catalogue, in_module, in_script, in_template


def test_a_template_is_read_for_text_spoken_attributes_and_strings_of_expressions() -> None:
    source = """<p class="the sheet">One
line {{ day }} here</p>
{# a note on the sheet #}
<img alt="A poster on the wall">
{{ button("Send the answers") }}
<script>let a = "not read here"</script>"""

    found = [(line, text.strip()) for line, text in in_template(source) if " " in text.strip()]

    assert sorted(found) == [
        (2, "line … here"),
        (4, "A poster on the wall"),
        (5, "Send the answers"),
    ]


def test_a_module_is_read_for_strings_but_not_docstrings_and_log_lines() -> None:
    source = '''"""A module about sheets."""
SENTENCE = (
    "First line "
    f"with {number} answers"
)
def act() -> None:
    """What it does to a sheet."""
    logger.info("a sheet was lost")
    raise Refused("Enter a reason")
'''

    found = list(in_module(source))

    assert (3, "First line with … answers") in found
    assert (9, "Enter a reason") in found
    assert not any("sheet" in text for _, text in found)


def test_a_script_is_read_for_strings_and_a_catalogue_for_values() -> None:
    script = "// a sheet here\nconst a = `${n} left to send`; /* a 'sheet' */\n"
    assert list(in_script(script)) == [(2, "${n} left to send")]
    assert list(in_catalogue('{\n  "a key here": "Some words"\n}')) == [(2, "Some words")]


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("Send an e-mail to the team", 1),
        ("Send an email to the team", 0),
        ("Use a tick sheet for 2 weeks", 0),
        ("Fill in the sheet", 1),
        ("See the audit log", 0),
        ("See the last audit", 1),
        ("The survey opens at 10:00", 1),
        ("The survey opens at 10am", 0),
        ("Both patterns: the ward goes on with it", 2),
    ],
)
def test_each_banned_word_is_a_line_that_says_what_to_write(words: str, hits: int) -> None:
    found = list(faults(Text(Path("a/page.html"), 3, words), banned()))

    assert len(found) == hits
    assert all(line.startswith("a/page.html:3: “") for line in found)


def test_longer_sentences_want_older_readers() -> None:
    short = reading_age(["We do not ask your name.", "Send"])
    long = reading_age(
        [
            "Notwithstanding considerable organisational heterogeneity, confidentiality "
            "necessitates comprehensive disclosure limitation procedures."
        ]
    )
    assert short < OLDEST < long
