"""How many actions were closed on time, on a manager's, a lead's and a reviewer's Home."""

from dataclasses import dataclass

from django.urls import reverse

from debriefs.queries.action_list import Share
from initiatives.rules.on_time import FEWEST
from organisations.models import Organisation
from results.words.phrases import plural


@dataclass(frozen=True, slots=True)
class ClosedOnTime:
    """A sentence and where the others are listed; `figure` is empty with few actions."""

    figure: str
    sentence: str
    link: tuple[str, str]


def closed_on_time_view(organisation: Organisation, share: Share) -> ClosedOnTime | None:
    """None where no action was due."""
    if not share.all:
        return None
    link = others_link(organisation, share)
    if share.all < FEWEST:
        few = f"{plural(share.all, 'action')} first due in the last 12 weeks: too few to say."
        return ClosedOnTime("", few, link)
    sentence = "actions first due in the last 12 weeks were closed on time."
    return ClosedOnTime(f"{share.number} of {share.all}", sentence, link)


def others_link(organisation: Organisation, share: Share) -> tuple[str, str]:
    """To those that were not closed on time, by name; to all actions where there are none."""
    actions, others = reverse("actions", args=[organisation.slug]), share.all - share.number
    if not others:
        return "See actions", actions
    if share.all < FEWEST or not share.number:
        words = f"See the {others} not closed on time"
    else:
        words = f"The other {others}"
    return words, f"{actions}?show=missed"
