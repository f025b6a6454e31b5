"""What a unit carries, in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from initiatives.rules.hours import Load
from organisations.models import Organisation, Unit
from organisations.words.dates import day
from surveys.queries.load import Later


@dataclass(frozen=True, slots=True)
class LoadRow:
    """One unit. `is_full`: a limit is reached."""

    unit: Unit
    hours: str
    improvements: str
    is_full: bool
    later: list[str]
    own_limits: str


def load_rows(
    organisation: Organisation,
    units: Collection[Unit],
    loads: Mapping[int, Load],
    later: Mapping[int, list[Later]] | None = None,
) -> list[LoadRow]:
    """A row each, in the order of the units."""
    later = later or {}
    return [_row(organisation, unit, loads[unit.pk], later.get(unit.pk, [])) for unit in units]


def limit_words(organisation: Organisation) -> str:
    """What the organisation asks of its units."""
    return (
        f"{organisation.name} asks units to stay below {organisation.weekly_hours_limit} staff "
        f"hours a week, with up to {_improvements(organisation.improvements_limit)}."
    )


def own_words(unit: Unit) -> str:
    """Where a unit has limits of its own; empty where it has none."""
    said = []
    if unit.own_hours_limit is not None:
        said.append(f"{unit.own_hours_limit} hours")
    if unit.own_improvements_limit is not None:
        said.append(_improvements(unit.own_improvements_limit))
    return f"Its own limit: {' and '.join(said)}" if said else ""


def _row(organisation: Organisation, unit: Unit, load: Load, later: Collection[Later]) -> LoadRow:
    hours = f"{float(load.now):g} now"
    if load.planned:
        hours += f", {float(load.all):g} with what is planned this week"
    if load.has_guess:
        hours += " (partly a guess)"
    limits = unit.limits(organisation)
    words = [_later(one) for one in later]
    return LoadRow(
        unit, hours, _improvements(load.improvements), load.reaches(limits), words, own_words(unit)
    )


def _later(one: Later) -> str:
    when = f"from {day(one.day)}" if one.day else "with no start day yet"
    return f"{float(one.hours):g} more {when}: {one.title}"


def _improvements(number: int) -> str:
    return f"{number} improvement{'' if number == 1 else 's'}"
