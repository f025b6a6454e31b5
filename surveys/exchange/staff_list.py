"""Checks a staff list row by row: people, rows to correct, questions. No Django models here.

Every problem says where it is, what is wrong and how to correct it; where a guess is safe it is
filled in, and a person looks at it. What only a person can know is asked, with the answers to
choose from. Parts of cells that are not used are kept to be named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from organisations.exchange.tables import NotUsed
from organisations.rules.mobile import national
from surveys.exchange.addresses import Address
from surveys.exchange.nearest_name import NearestName
from surveys.exchange.same_person import clash
from surveys.exchange.staff_problem import Person, Problem
from surveys.exchange.staff_row import StaffRow
from surveys.exchange.staff_table import CELLS, COLUMNS, SAME, Record

ONE_OR_SEVERAL = (("yes", "The same person"), ("no", "Different people"))


@dataclass(slots=True)
class StaffList:
    """What the rows say. `joined` holds the row of each duplicate and the row it is the same as."""

    people: list[Person] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    joined: list[tuple[int, int]] = field(default_factory=list)
    not_used: list[NotUsed] = field(default_factory=list)
    rows: int = 0

    @property
    def bad_places(self) -> list[int]:
        """The records with something to correct or to answer, in order."""
        return sorted({problem.place for problem in self.problems})


def check_staff(
    records: Sequence[Record], *, units: Sequence[str], there: Sequence[Address] = ()
) -> StaffList:
    """The list for a survey of these units, whose staff list has the people `there` already.

    With one unit the column is not needed; with none named its text is taken as it is.
    """
    found = StaffList(rows=len(records))
    nearest = NearestName(units)
    people: list[tuple[int, Person]] = []
    above: dict[str, str] = {}  # by sheet, the unit that a row of its own names for those below
    last = ""
    for place, record in enumerate(records):
        alone = [text for text in map(record.text, record.cells) if text]
        if len(alone) == 1 and (unit := nearest.exactly(alone[0])):
            above[record.sheet] = unit
            found.not_used.append(NotUsed(alone[0], record.line, sheet=record.sheet))
            continue
        said = next(filter(None, map(nearest.exactly, reversed(record.titles))), "")
        row = StaffRow(place, record)
        person = row.read(nearest, above=above.get(record.sheet, said), last=last)
        if written := record.text("unit"):
            last = nearest.exactly(written) or nearest.nearest(written)
        found.problems += row.problems
        found.not_used += row.unused
        if person is not None:
            people.append((place, person))
    _join(_beside_those(there, people, records, found), records, found)
    found.problems.sort(key=lambda problem: problem.place)
    return found


def corrected(records: Sequence[Record], mends: Mapping[tuple[int, str], str]) -> list[Record]:
    """The rows with the corrected cells, by place and column, put in."""
    found = list(records)
    for (place, column), text in mends.items():
        if place < len(found) and column in CELLS:
            found[place] = replace(found[place], cells=found[place].cells | {column: text})
    return found


def _beside_those(
    there: Sequence[Address],
    people: Sequence[tuple[int, Person]],
    records: Sequence[Record],
    found: StaffList,
) -> list[tuple[int, Person]]:
    """Who of these goes on; who has an address of somebody there, and another name, is asked about.

    Different people are reached by what is their own alone.
    """
    owners = {key: one for one in there for key in (one.email, one.mobile) if key}
    kept: list[tuple[int, Person]] = []
    for place, person in people:
        one = person.address
        shared = {
            key for key in (one.email, one.mobile) if key in owners and clash(owners[key], one)
        }
        answer = records[place].text(SAME)
        if not shared or answer == "yes":
            kept.append((place, person))
        elif answer != "no":
            _ask(place, one, owners[min(shared)], "Somebody on the list", records, found)
        elif alone := _without_shared(person, shared, shared):
            kept.append((place, alone))
        else:
            _needs_its_own(place, person, records, found)
    return kept


def _join(
    people: Sequence[tuple[int, Person]], records: Sequence[Record], found: StaffList
) -> None:
    """One person for each address; whose rows differ in name or address is asked about."""
    kept: list[tuple[int, Person]] = []
    by_address: dict[str, int] = {}
    apart: set[str] = set()
    for place, person in people:
        keys = [key for key in (person.address.email, person.address.mobile) if key]
        owners = {key: by_address[key] for key in keys if key in by_address}
        clashes = {
            key: owner for key, owner in owners.items()
            if clash(kept[owner][1].address, person.address)
        }  # fmt: skip
        answer = records[place].text(SAME)
        if clashes and answer not in dict(ONE_OR_SEVERAL):
            first = kept[next(iter(clashes.values()))][1]
            _ask(place, person.address, first.address, f"Row {first.line}", records, found)
            continue
        joins = [owner for key, owner in owners.items() if key not in clashes or answer == "yes"]
        apart |= clashes.keys() if answer == "no" else set()
        if joins:
            owner = joins[0]
            first_place, first = kept[owner]
            found.joined.append((person.line, first.line))
            if person.unit and person.unit != first.unit:
                found.not_used.append(
                    NotUsed(person.unit, person.line, COLUMNS["unit"], records[place].sheet)
                )
            free = [key for key in keys if by_address.get(key, owner) == owner]
            kept[owner] = (
                first_place,
                replace(first, address=_together(first.address, person.address, free)),
            )
        else:
            owner = len(kept)
            kept.append((place, person))
        for key in keys:
            by_address.setdefault(key, owner)
    taken: set[str] = set()
    for place, person in kept:
        alone = _without_shared(person, apart, taken)
        if alone is None:
            _needs_its_own(place, person, records, found)
        else:
            found.people.append(alone)


def _needs_its_own(place: int, person: Person, records: Sequence[Record], found: StaffList) -> None:
    shared = person.address.email or person.address.mobile
    row = StaffRow(place, records[place])
    row.problem(
        "email" if person.address.email else "mobile",
        f"Another person has {shared} too.",
        "Write this person’s own email address or mobile number, or skip this row.",
    )
    found.problems += row.problems


def _ask(
    place: int,
    other: Address,
    one: Address,
    who: str,
    records: Sequence[Record],
    found: StaffList,
) -> None:
    is_email = bool(one.email) and one.email == other.email
    what = "email address" if is_email else "mobile number"
    shared = one.email if is_email else national(one.mobile)
    differs = "name" if one.name and other.name and one.name != other.name else "contact details"
    row = StaffRow(place, records[place])
    row.problem(
        SAME,
        f"{who} has the same {what} but {'another' if differs == 'name' else 'other'} {differs}.",
        "Choose if they are the same person.",
        choices=ONE_OR_SEVERAL,
    )
    found.problems += [replace(asked, wrote=shared) for asked in row.problems]


def _without_shared(person: Person, apart: set[str], taken: set[str]) -> Person | None:
    """Different people are reached where each is alone; the first keeps what is the only way."""
    one = person.address
    shared = {one.email, one.mobile} & apart
    if not shared:
        return person
    own = {one.email, one.mobile} - apart - {""}
    if own:
        email = "" if one.email in shared else one.email
        mobile = "" if one.mobile in shared else one.mobile
        return replace(person, address=replace(one, email=email, mobile=mobile))
    if shared & taken:
        return None
    taken |= shared
    return person


def _together(first: Address, other: Address, free: Sequence[str]) -> Address:
    return Address(
        first.email or (other.email if other.email in free else ""),
        max(first.name, other.name, key=len),
        first.mobile or (other.mobile if other.mobile in free else ""),
        first.language or other.language,
        first.works_nights or other.works_nights,
    )
