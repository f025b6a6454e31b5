"""How long it takes to answer a sheet. No Django here."""

STATEMENTS_A_MINUTE = 6


def minutes(statements: int) -> int:
    """Whole minutes to the nearest, at least one."""
    return max(1, (statements + STATEMENTS_A_MINUTE // 2) // STATEMENTS_A_MINUTE)


def in_words(statements: int) -> str:
    """`8 minutes`, `1 minute`."""
    number = minutes(statements)
    return f"{number} minute{'' if number == 1 else 's'}"
