"""Brings a list of units into the tree: all of it or nothing; twice changes nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from organisations.actions.audit_log import record
from organisations.actions.units import DEEPEST, lock_tree
from organisations.exchange.tables import Problem
from organisations.exchange.unit_list import Row, UnitList
from organisations.models import Organisation, Unit, User
from organisations.queries.units import open_units
from organisations.rules.refusal import Refused

# So many units of a circle are named.
NAMED = 3


@dataclass
class PlannedUnit:
    """A unit in the tree to be: one that exists, or one that a row brings."""

    names: tuple[str, ...]
    unit: Unit | None
    parent: "PlannedUnit | None" = None
    row: Row | None = None


@dataclass
class ImportPlan:
    """What the import would do. With any problem it does nothing."""

    added: list[PlannedUnit] = field(default_factory=list)
    changed: list[PlannedUnit] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)


class _Tree:
    """The places known so far, found by name or by path."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.by_name: dict[str, list[PlannedUnit]] = defaultdict(list)
        self.by_path: dict[tuple[str, ...], PlannedUnit] = {}
        known = {unit.pk: unit for unit in units}
        for unit in units:
            ids = [int(part) for part in unit.path.strip("/").split("/")]
            names = tuple(known[pk].name.casefold() for pk in ids if pk in known)
            self.add(PlannedUnit(names, unit))

    def add(self, place: PlannedUnit) -> None:
        self.by_name[place.names[-1]].append(place)
        self.by_path[place.names] = place

    def find(self, wanted: str) -> list[PlannedUnit]:
        named = self.by_name.get(wanted.casefold(), [])
        if named:
            return named
        path = tuple(part.strip().casefold() for part in wanted.split(">"))
        return [self.by_path[path]] if path in self.by_path else []


def plan_import(*, organisation: Organisation, units: UnitList) -> ImportPlan:
    """The dry run: what would be added and changed, and every row to correct. Changes nothing."""
    plan = ImportPlan(problems=list(units.problems))
    tree = _Tree(list(open_units(organisation)))
    waiting = list(units.rows)
    while waiting:
        unknown = {row.name.casefold() for row in waiting}
        ready = [row for row in waiting if _last_name(row.parent) not in unknown]
        if not ready:
            plan.problems += _in_circles(waiting)
            break
        for row in ready:
            _place(row, tree, plan)
        taken = {row.line for row in ready}
        waiting = [row for row in waiting if row.line not in taken]
    plan.problems.sort(key=lambda problem: problem.line)
    return plan


@transaction.atomic
def import_units(*, organisation: Organisation, units: UnitList, by: User) -> ImportPlan:
    """Adds and changes what the plan says, in one step; refused while a row is to be corrected."""
    lock_tree(organisation)
    plan = plan_import(organisation=organisation, units=units)
    if plan.problems:
        raise Refused("Nothing was saved. Correct the rows first.")
    today = timezone.localdate(timezone=organisation.zone)
    for depth in sorted({len(place.names) for place in plan.added}):
        level = [place for place in plan.added if len(place.names) == depth]
        created = Unit.objects.bulk_create(
            Unit(
                organisation=organisation,
                name=place.row.name if place.row else "",
                parent=place.parent.unit if place.parent else None,
                posts=place.row.posts if place.row else None,
                valid_from=today,
            )
            for place in level
        )
        for place, unit in zip(level, created, strict=True):
            unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
            place.unit = unit
        Unit.objects.bulk_update(created, ["path"], batch_size=200)
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
    parent: PlannedUnit | None = None
    if row.parent:
        found = tree.find(row.parent)
        if len(found) != 1:
            plan.problems.append(_unplaced(row) if not found else _ambiguous(row, len(found)))
            return
        parent = found[0]
    names = (*(parent.names if parent else ()), row.name.casefold())
    known = tree.by_path.get(names)
    if parent and known is None and row.name.casefold() in parent.names:
        plan.problems.append(_circle(row, f"{row.parent} is part of {row.name} already"))
    elif known is None:
        if len(names) > DEEPEST:
            plan.problems.append(
                Problem(
                    row.line,
                    "parent",
                    row.parent,
                    f"You can have up to {DEEPEST} levels of units.",
                    "Choose a higher parent.",
                )
            )
            return
        place = PlannedUnit(names, None, parent, row)
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
                "Remove one of the 2 rows.",
            )
        )
    elif row.posts is not None and known.unit.posts != row.posts:
        known.row = row
        plan.changed.append(known)
    else:
        plan.same += 1


def _in_circles(rows: Sequence[Row]) -> list[Problem]:
    """Units that name each other as parent, and those that are part of one of them."""
    by_name = {row.name.casefold(): row for row in rows}
    problems = []
    for row in rows:
        way = [row]
        while (above := by_name[_last_name(way[-1].parent)]) not in way:
            way.append(above)
        circle = way[way.index(above) :]
        first = [one.name for one in circle[:NAMED]]
        if len(circle) > NAMED:
            names = f"{', '.join(first)} and others"
        else:
            names = f"{', '.join(first[:-1])} and {first[-1]}"
        problems.append(_circle(row, f"{names} name each other as parent"))
    return problems


def _circle(row: Row, how: str) -> Problem:
    return Problem(
        row.line,
        "parent",
        row.parent,
        f"{how}.",
        "Enter another parent, or leave one of them blank.",
    )


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
        f"Enter the full path, for example “Medicine > {row.parent}”.",
    )
