"""A senior reviewer's work in the sample: one improvement stopped with a reply, others due."""

from collections.abc import Mapping

from django.db import transaction

from initiatives.actions.reviews import ask_for_review, reply
from initiatives.models import Initiative
from initiatives.queries.reviews import seen_of
from organisations.models import Organisation, Unit, User
from overview.actions.review import Verdict, review

STOPPED, WHERE = "Board round by ten", "Ward 11 – acute medicine"
ASKED = "Quieter nights"
WHY = "Three changes begin on this ward before spring. That is our planning, not your work."
KEEPS = "The board itself, which nights use too"
REPLY = "We are glad of the time. We would like to try it again in spring."


@transaction.atomic
def review_some(
    organisation: Organisation, units: Mapping[str, Unit], people: Mapping[str, User]
) -> None:
    """`people` by role. What is due beside it: a full week, and what a manager asked for."""
    of = Initiative.objects.filter(organisation=organisation)
    stopped = of.get(title=STOPPED)
    found = review(
        initiative=stopped,
        units=[units[WHERE].pk],
        verdict=Verdict("stop", WHY, keeps=KEEPS),
        seen=seen_of(stopped),
        by=people["reviewer"],
    )
    reply(review=found, words=REPLY, by=people["lead"])
    ask_for_review(initiative=of.get(title=ASKED), by=people["manager"])
