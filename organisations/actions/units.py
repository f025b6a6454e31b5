"""Changes to the tree of units. Each keeps every path below it right, and is audited."""

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from organisations.actions.audit_log import record
from organisations.models import Membership, Organisation, Unit, User
from organisations.queries.units import below, is_open, open_units
from organisations.rules.refusal import Refused
from organisations.words.units import NOTHING_MORE, no_more_words

DEEPEST = 8


def lock_tree(organisation: Organisation) -> None:
    """Lets one change of this organisation's tree or people happen at a time."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


@transaction.atomic
def add_unit(
    *,
    organisation: Organisation,
    name: str,
    parent: Unit | None,
    posts: int | None,
    by: User | None,
) -> Unit:
    """A new unit, open from today, under `parent` or at the top."""
    lock_tree(organisation)
    _check_place(organisation, parent)
    _check_name(organisation, name, parent)
    unit = place_unit(organisation=organisation, name=name, parent=parent, posts=posts)
    record(action="unit added", on=unit, organisation=organisation, by=by)
    return unit


def place_unit(
    *, organisation: Organisation, name: str, parent: Unit | None, posts: int | None
) -> Unit:
    """Writes the row and its path, without checks or audit: for actions that did both."""
    unit = Unit.objects.create(
        organisation=organisation,
        name=name,
        parent=parent,
        posts=posts,
        valid_from=timezone.localdate(timezone=organisation.zone),
    )
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


@transaction.atomic
def change_unit(*, unit: Unit, name: str, posts: int | None, by: User | None) -> Unit:
    """Another name or another number of posts. Surveys that are running keep the old ones."""
    lock_tree(unit.organisation)
    unit.refresh_from_db()
    if (unit.name, unit.posts) == (name, posts):
        return unit
    _check_open(unit)
    _check_name(unit.organisation, name, unit.parent, apart_from=unit)
    if unit.name != name:
        record(action="unit renamed", on=unit, organisation=unit.organisation, by=by)
    if unit.posts != posts:
        record(
            action="unit posts changed",
            on=unit,
            organisation=unit.organisation,
            by=by,
            was=unit.posts,
            now=posts,
        )
    unit.name, unit.posts = name, posts
    unit.save(update_fields=["name", "posts"])
    return unit


@transaction.atomic
def move_unit(*, unit: Unit, parent: Unit | None, by: User | None) -> Unit:
    """The unit, with all below it, under another parent or to the top."""
    lock_tree(unit.organisation)
    unit.refresh_from_db()
    if parent is not None:
        parent.refresh_from_db()
    if unit.parent_id == (parent.pk if parent else None):
        return unit
    _check_open(unit)
    if parent is not None and parent.path.startswith(unit.path):
        raise Refused("You cannot move a unit into itself.", field="parent")
    _check_place(unit.organisation, parent, depth=_depth_below(unit))
    _check_name(unit.organisation, unit.name, parent, apart_from=unit)
    was = unit.parent_id
    _put_under(unit, parent)
    record(
        action="unit moved",
        on=unit,
        organisation=unit.organisation,
        by=by,
        from_unit=was,
        to_unit=unit.parent_id,
    )
    return unit


@transaction.atomic
def merge_unit(*, unit: Unit, into: Unit, by: User | None) -> Unit:
    """Closes the unit today in favour of `into`, which takes its units and its people's roles.

    The people keep their role at the old unit too, so that they still reach its results.
    """
    lock_tree(unit.organisation)
    unit.refresh_from_db()
    into.refresh_from_db()
    if unit.successor_id == into.pk:
        return unit
    _check_open(unit)
    if into.organisation_id != unit.organisation_id or not is_open(into):
        raise Refused("Choose a unit that is open.", field="into")
    if into.path.startswith(unit.path):
        raise Refused("A unit cannot merge into itself or a unit in it.", field="into")
    for child in open_units(unit.organisation).filter(parent=unit):
        _check_place(unit.organisation, into, depth=_depth_below(child))
        _check_name(unit.organisation, child.name, into, field="into")
        _put_under(child, into)
    Membership.objects.bulk_create(
        (
            Membership(
                user_id=held.user_id,
                organisation_id=held.organisation_id,
                role=held.role,
                unit=into,
            )
            for held in Membership.objects.filter(unit=unit, is_active=True)
        ),
        update_conflicts=True,
        unique_fields=["user", "organisation", "role", "unit"],
        update_fields=["is_active"],
    )
    unit.successor = into
    _end(unit)
    record(action="unit merged", on=unit, organisation=unit.organisation, by=by, into_unit=into.pk)
    return unit


@transaction.atomic
def close_unit(*, unit: Unit, by: User | None) -> Unit:
    """Closes the unit today. Its results stay."""
    lock_tree(unit.organisation)
    unit.refresh_from_db()
    if not is_open(unit):
        return unit
    still_open = open_units(unit.organisation).filter(parent=unit).count()
    if still_open:
        raise Refused(
            f"Close or move the units in it first: {still_open} of them are open."
            if still_open > 1
            else "Close or move the unit in it first."
        )
    _end(unit)
    record(action="unit closed", on=unit, organisation=unit.organisation, by=by)
    return unit


@transaction.atomic
def reopen_unit(*, unit: Unit, by: User | None) -> Unit:
    """Opens a unit that was closed by mistake; a merged one stays closed."""
    lock_tree(unit.organisation)
    unit.refresh_from_db()
    if is_open(unit):
        return unit
    if unit.successor_id is not None:
        raise Refused("You cannot reopen this unit because it was merged. Add a new unit instead.")
    _check_place(unit.organisation, unit.parent)
    _check_name(unit.organisation, unit.name, unit.parent, apart_from=unit)
    unit.valid_to = None
    unit.save(update_fields=["valid_to"])
    record(action="unit reopened", on=unit, organisation=unit.organisation, by=by)
    return unit


def refuse_closed(unit: Unit, *, more: str = NOTHING_MORE) -> None:
    """`Refused` where the unit has closed, with what follows from it: nothing is added to it. What
    it has is closed, answered and erased as before.
    """
    if closed := no_more_words(unit, more=more):
        raise Refused(closed)


def _end(unit: Unit) -> None:
    unit.valid_to = max(unit.valid_from, timezone.localdate(timezone=unit.organisation.zone))
    unit.save(update_fields=["valid_to", "successor"])


def _put_under(unit: Unit, parent: Unit | None) -> None:
    old = unit.path
    unit.parent = parent
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    below_it = Unit.objects.filter(organisation=unit.organisation_id, path__startswith=old)
    below_it.exclude(pk=unit.pk).update(path=Concat(Value(unit.path), Substr("path", len(old) + 1)))
    unit.save(update_fields=["parent", "path"])


def _depth_below(unit: Unit) -> int:
    """How many levels the unit and what lies below it fill."""
    own = unit.path.count("/")
    return (
        max(
            (path.count("/") - own for path in below(unit).values_list("path", flat=True)),
            default=0,
        )
        + 1
    )


def _check_open(unit: Unit) -> None:
    if not is_open(unit):
        raise Refused("This unit is closed. Reopen it first.")


def _check_place(organisation: Organisation, parent: Unit | None, depth: int = 1) -> None:
    if parent is None:
        return
    if parent.organisation_id != organisation.pk or not is_open(parent):
        raise Refused("Choose a unit that is open.", field="parent")
    if parent.path.count("/") - 1 + depth > DEEPEST:
        raise Refused(f"You can have up to {DEEPEST} levels of units", field="parent")


def _check_name(
    organisation: Organisation,
    name: str,
    parent: Unit | None,
    apart_from: Unit | None = None,
    field: str = "name",
) -> None:
    same = open_units(organisation).filter(parent=parent, name__iexact=name)
    if apart_from is not None:
        same = same.exclude(pk=apart_from.pk)
    if same.exists():
        where = f"in {parent.name}" if parent else "at the top"
        raise Refused(f"There is already a unit called {name} {where}.", field=field)
