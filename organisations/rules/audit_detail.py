"""What the details of an audit entry hold, told by their keys."""


def kind_of(key: str) -> str | None:
    """The kind of object whose id, or list of ids, this detail of an entry holds."""
    if key in ("unit", "units") or key.endswith("_unit"):
        return "unit"
    return "initiative" if key == "initiative" else None
