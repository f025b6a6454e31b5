"""What text messages call a trust."""

import pytest

from organisations.rules.short_name import LONGEST_TEXT_NAME, short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Merrowfield Hospitals NHS Foundation Trust", "Merrowfield Hospitals"),
        ("Merrowfield Hospitals", "Merrowfield Hospitals"),
        ("Merrowfield and Dale University Hospitals", "Merrowfield and Dale"),
        ("NHS Foundation Trust", "NHS Foundation Trust"),
        ("Trust of the North", "of the North"),
        ("University Hospitals of the Northern Dales", "University Hospitals"),
        ("Merrowfieldandsurroundingvillages Hospital", "Merrowfieldandsurroundin"),
    ],
)
def test_as_people_say_it(name: str, short: str) -> None:
    assert short_name(name) == short
    assert len(short) <= LONGEST_TEXT_NAME
