"""Which details of an audit entry are told by a name."""

import pytest

from organisations.rules.audit_detail import kind_of


@pytest.mark.parametrize("key", ["unit", "units", "new_unit", "parent_unit"])
def test_a_units_id_is_told_by_its_key(key: str) -> None:
    assert kind_of(key) == "unit"


def test_so_is_an_improvements() -> None:
    assert kind_of("initiative") == "initiative"


@pytest.mark.parametrize(
    "key", ["unit_name", "unit_id", "community", "", "_unit_", "initiative_id"]
)
def test_no_other_detail_is_taken_for_one(key: str) -> None:
    assert kind_of(key) is None
