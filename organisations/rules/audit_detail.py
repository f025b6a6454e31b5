"""What the details of an audit entry hold, told by their keys."""


def is_unit(key: str) -> bool:
    """Whether this detail of an entry holds a unit's id."""
    return key == "unit" or key.endswith("_unit")
