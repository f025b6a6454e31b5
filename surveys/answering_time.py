"""How long it takes to answer a sheet. No Django here."""

SECONDS_PER_STATEMENT = 10


def minutes(statements: int) -> int:
    """Whole minutes, at least one."""
    return max(1, int(statements * SECONDS_PER_STATEMENT / 60 + 0.5))


def in_words(statements: int) -> str:
    """`8 minutes`, `1 minute`."""
    number = minutes(statements)
    return f"{number} minute{'' if number == 1 else 's'}"
