"""How long staff need where no survey is chosen yet: in the wording that is offered first."""

from organisations.models import Organisation
from surveys.answering_time import in_words
from surveys.queries.launching import editions_on_offer
from surveys.queries.wording import statement_count


def usual_time(organisation: Organisation) -> str:
    """`about 8 minutes`; while nothing is published, `a few minutes`."""
    editions = editions_on_offer(organisation)
    return f"about {in_words(statement_count(editions[0].pk))}" if editions else "a few minutes"
