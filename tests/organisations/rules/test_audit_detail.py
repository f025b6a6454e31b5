"""Which details of an audit entry are told as a unit's name."""

import pytest

from organisations.rules.audit_detail import is_unit


@pytest.mark.parametrize("key", ["unit", "new_unit", "parent_unit"])
def test_a_units_id_is_told_by_its_key(key: str) -> None:
    assert is_unit(key)


@pytest.mark.parametrize("key", ["units", "unit_name", "unit_id", "community", "", "_unit_"])
def test_no_other_detail_is_taken_for_one(key: str) -> None:
    assert not is_unit(key)
