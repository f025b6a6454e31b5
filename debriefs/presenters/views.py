"""What debriefs say of the improvement, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from debriefs.models import Debrief
from organisations.words import dates
from results.words.phrases import listed, plural


@dataclass(frozen=True)
class ViewCard:
    """One debrief beside the others."""

    name: str
    when: str
    choice: str
    reason: str
    teller: str
    priorities: tuple[tuple[str, str], ...]


def view_cards(ended: Sequence[Debrief]) -> tuple[ViewCard, ...]:
    """Each debrief that said how to continue; beside a shared priority who else chose it."""
    chose: dict[int, list[str]] = {}
    for one in ended:
        for choice in one.choices.all():
            chose.setdefault(choice.priority_id, []).append(one.name)
    return tuple(
        ViewCard(
            one.name,
            _when(one),
            one.get_choice_display(),
            one.reason,
            one.teller,
            tuple(
                (choice.priority.title, _also(chose[choice.priority_id], one.name))
                for choice in one.choices.all()
            ),
        )
        for one in ended
    )


def _when(one: Debrief) -> str:
    day = dates.day(one.ended_at or one.started_at)
    return f"{day}, {plural(one.people, 'person', 'people')}" if one.people else day


def _also(names: Sequence[str], own: str) -> str:
    others = [name for name in names if name != own]
    return f"also {listed(others)}" if others else ""
