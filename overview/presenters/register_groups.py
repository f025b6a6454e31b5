"""Rows of the register: an improvement each, its units together where there are several."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from django.urls import reverse

from initiatives.models import Initiative
from initiatives.presenters.status import state_words
from initiatives.rules.hours import counted, together
from initiatives.rules.status import of_all
from organisations.models import Organisation, Unit
from overview.presenters.register_rows import InitiativeRow, hours_words, initiative_rows
from overview.queries.unit_progress import UnitProgress

# So many units have their hours in a row; of more there is the sum.
HOURS_SHOWN = 6
SENTENCES_SHOWN = 2


def grouped_rows(
    groups: Sequence[Sequence[UnitProgress]],
    *,
    organisation: Organisation,
    steers: bool,
    reads: Callable[[Unit], bool],
) -> list[InitiativeRow]:
    """A row for each group: one improvement on its units, in the order of their names."""
    found = []
    for group in groups:
        rows = initiative_rows(group, organisation=organisation, steers=steers, reads=reads)
        found.append(rows[0] if len(rows) == 1 else _together(group, rows, organisation))
    return found


def _together(
    group: Sequence[UnitProgress], rows: Sequence[InitiativeRow], organisation: Organisation
) -> InitiativeRow:
    first = rows[0]
    address = reverse("initiative", args=[organisation.slug, first.initiative.pk])
    return replace(
        first,
        unit_id=0,
        unit=f"{len(rows)} units",
        state=_state(group),
        ways=(),
        stands=_stands(rows),
        hours=_hours(group, organisation),
        following="",
        step=("See each unit", address),
        beyond=next((row.beyond for row in rows if row.beyond), ""),
    )


def _state(group: Sequence[UnitProgress]) -> str:
    said = {state_words(one.commitment) for one in group}
    if len(said) == 1:
        return said.pop()
    states = [one.commitment.state for one in group]
    whole = Initiative.State(of_all(states, last_end=states[0]))
    number = states.count(whole)
    where = f"{number} of {len(states)}" if number < len(states) else f"all {number}"
    return f"{whole.label} on {where}"


def _stands(rows: Sequence[InitiativeRow]) -> str:
    """What most of them say, with on how many."""
    said = Counter(row.stands for row in rows).most_common()
    if len(said) == 1:
        return said[0][0]
    shown = said[:SENTENCES_SHOWN]
    lead = shown[0][0].partition(": ")[0] + ": "
    if all(
        words.startswith(lead) for words, _ in shown
    ):  # `Decided: go ahead (3), put on hold (1)`
        shown = [shown[0], *((words.removeprefix(lead), number) for words, number in shown[1:])]
    parts = [f"{words} ({number})" for words, number in shown]
    more = sum(number for _, number in said[SENTENCES_SHOWN:])
    return ", ".join([*parts, f"other ({more})"] if more else parts)


def _hours(group: Sequence[UnitProgress], organisation: Organisation) -> str:
    if len(group) <= HOURS_SHOWN:
        said = [hours_words(one.commitment, organisation) for one in group]
        return f"{said[0]} each" if len(set(said)) == 1 else ", ".join(said)
    hours = together(
        counted(one.commitment.hours_a_week, organisation.hours_guess) for one in group
    )
    guess = ", partly a guess" if any(one.commitment.is_guess for one in group) else ""
    return f"{float(hours):g} together{guess}"
