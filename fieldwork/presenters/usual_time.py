"""How long staff need where no survey is chosen yet: in the wording that is offered first."""

from instruments.rules.answering_time import in_words


def usual_time(statements: int) -> str:
    """`about 8 minutes`; while nothing is published, `a few minutes`."""
    return f"about {in_words(statements)}" if statements else "a few minutes"
