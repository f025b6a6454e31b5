"""Brings a list of units into the tree: all of it or nothing; twice changes nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from organisations.actions.units import DEEPEST, lock_tree
from organisations.audit import record
from organisations.models import Organisation, Unit, User
from organisations.queries.units import open_units
from organisations.refusal import Refused
from organisations.unit_list import Problem, Row, UnitList


@dataclass
class Place:
    """A unit in the tree to be: one that exists, or one that a row brings."""

    names: tuple[str, ...]
    unit: Unit | None
    parent: "Place | None" = None
    row: Row | None = None


@dataclass
class ImportPlan:
    """What the import would do. With any problem it does nothing."""

    added: list[Place] = field(default_factory=list)
    changed: list[Place] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)


class _Tree:
    """The places known so far, found by name or by path."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.by_name: dict[str, list[Place]] = defaultdict(list)
        self.by_path: dict[tuple[str, ...], Place] = {}
        known = {unit.pk: unit for unit in units}
        for unit in units:
            ids = [int(part) for part in unit.path.strip("/").split("/")]
            names = tuple(known[pk].name.casefold() for pk in ids if pk in known)
            self.add(Place(names, unit))

    def add(self, place: Place) -> None:
        self.by_name[place.names[-1]].append(place)
        self.by_path[place.names] = place

    def find(self, wanted: str) -> list[Place]:
        named = self.by_name.get(wanted.casefold(), [])
        if named:
            return named
        path = tuple(part.strip().casefold() for part in wanted.split(">"))
        return [self.by_path[path]] if path in self.by_path else []


def plan_import(*, organisation: Organisation, units: UnitList) -> ImportPlan:
    """The dry run: what would be added and changed, and every row to mend. Changes nothing."""
    plan = ImportPlan(problems=list(units.problems))
    tree = _Tree(list(open_units(organisation)))
    waiting = list(units.rows)
    while waiting:
        unknown = {row.name.casefold() for row in waiting}
        ready = [row for row in waiting if _last_name(row.parent) not in unknown]
        if not ready:
            plan.problems += [_unplaced(row) for row in waiting]
            break
        for row in ready:
            _place(row, tree, plan)
        taken = {row.line for row in ready}
        waiting = [row for row in waiting if row.line not in taken]
    plan.problems.sort(key=lambda problem: problem.line)
    return plan


@transaction.atomic
def import_units(*, organisation: Organisation, units: UnitList, by: User) -> ImportPlan:
    """Adds and changes what the plan says, in one step; refused while any row is to be mended."""
    lock_tree(organisation)
    plan = plan_import(organisation=organisation, units=units)
    if plan.problems:
        raise Refused("Nothing was imported. Mend the rows first.")
    today = timezone.localdate(timezone=organisation.zone)
    for depth in sorted({len(place.names) for place in plan.added}):
        level = [place for place in plan.added if len(place.names) == depth]
        made = Unit.objects.bulk_create(
            Unit(
                organisation=organisation,
                name=place.row.name if place.row else "",
                parent=place.parent.unit if place.parent else None,
                posts=place.row.posts if place.row else None,
                valid_from=today,
            )
            for place in level
        )
        for place, unit in zip(level, made, strict=True):
            unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
            place.unit = unit
        Unit.objects.bulk_update(made, ["path"], batch_size=200)
    changed = [place.unit for place in plan.changed if place.unit]
    for place in plan.changed:
        if place.unit and place.row:
            place.unit.posts = place.row.posts
    Unit.objects.bulk_update(changed, ["posts"], batch_size=200)
    if plan.added or plan.changed:
        record(
            action="units imported",
            on=organisation,
            organisation=organisation,
            by=by,
            added=[place.unit.pk for place in plan.added if place.unit],
            posts_changed=[unit.pk for unit in changed],
        )
    return plan


def _last_name(parent: str) -> str:
    return parent.split(">")[-1].strip().casefold()


def _place(row: Row, tree: _Tree, plan: ImportPlan) -> None:
    parent: Place | None = None
    if row.parent:
        found = tree.find(row.parent)
        if len(found) != 1:
            plan.problems.append(_unplaced(row) if not found else _ambiguous(row, len(found)))
            return
        parent = found[0]
    names = (*(parent.names if parent else ()), row.name.casefold())
    known = tree.by_path.get(names)
    if known is None:
        if len(names) > DEEPEST:
            plan.problems.append(
                Problem(
                    row.line,
                    "parent",
                    row.parent,
                    f"Units can lie {DEEPEST} levels deep at most.",
                    "Choose a higher parent.",
                )
            )
            return
        place = Place(names, None, parent, row)
        tree.add(place)
        plan.added.append(place)
    elif known.unit is None:
        line = known.row.line if known.row else row.line
        plan.problems.append(
            Problem(
                row.line,
                "unit",
                row.name,
                f"Row {line} has the same unit.",
                "Take out one of the two rows.",
            )
        )
    elif row.posts is not None and known.unit.posts != row.posts:
        known.row = row
        plan.changed.append(known)
    else:
        plan.same += 1


def _unplaced(row: Row) -> Problem:
    return Problem(
        row.line,
        "parent",
        row.parent,
        "There is no such unit, here or in the file.",
        "Write the parent’s name as it is written in its own row.",
    )


def _ambiguous(row: Row, count: int) -> Problem:
    return Problem(
        row.line,
        "parent",
        row.parent,
        f"{count} units have this name.",
        f"Write its whole path, like “Medicine > {row.parent}”.",
    )
