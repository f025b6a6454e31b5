"""Our reading of statements: tasks, sides of the pyramid, challenges."""

from dataclasses import dataclass, field

from instruments.models import Edition, Item, ItemMapping, ItemWording, Section, Version


@dataclass(frozen=True)
class StatementMapping:
    """What one statement speaks to: codes of SOFFT tasks, sides of the pyramid."""

    tasks: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()


def mappings_of(version: Version) -> dict[str, StatementMapping]:
    """What each statement of a version speaks to. No query where its reading was read with it."""
    reading: ItemMapping | None = getattr(version, "reading", None)
    return {
        code: StatementMapping(
            tuple(one.get("sofft_tasks", ())), tuple(one.get("pyramid_sides", ()))
        )
        for code, one in (reading.maps.get("items", {}) if reading else {}).items()
    }


def same_meaning_of(edition: Edition) -> frozenset[str]:
    """The statements that an adapted edition asks in plainer words only. One query."""
    maps = (
        ItemMapping.objects.filter(version=edition.version_id)
        .values_list("maps", flat=True)
        .first()
    )
    return frozenset((maps or {}).get("same_meaning", {}).get(edition.code, ()))


@dataclass(frozen=True)
class MappedItem:
    """What we read in one statement; `helps` are its help texts by edition."""

    item: Item
    text: str
    help: str
    helps: dict[int, str]
    tasks: list[str]
    sides: list[str]
    challenges: list[int]
    task_titles: list[str] = field(default_factory=list)
    all_challenges: list[tuple[str, str]] = field(default_factory=list)


def mapped_items(section: Section) -> list[MappedItem]:
    """Every statement of a section in its order. Three queries."""
    version = section.version
    reading = ItemMapping.objects.filter(version=version).first()
    maps = reading.maps if reading else {}
    read = maps.get("items", {})
    titles = {
        task["code"]: f"{task['code']} {task['title']}"
        for one in maps.get("sofft_sets", [])
        for task in one.get("tasks", [])
    }
    challenges = [
        (str(one["number"]), f"{one['number']} {one['title']}")
        for one in maps.get("challenges", [])
    ] or [(str(number), str(number)) for number in range(1, 11)]
    wordings: dict[int, list[ItemWording]] = {}
    for wording in ItemWording.objects.filter(
        item__section=section, language=version.language
    ).select_related("edition"):
        wordings.setdefault(wording.item_id, []).append(wording)
    found = []
    for item in Item.objects.filter(section=section).order_by("position"):
        item.section, item.version = section, version
        its = wordings.get(item.pk, [])
        verbatim = next((one for one in its if one.edition.is_verbatim), None)
        spoken = read.get(item.code, {})
        tasks = [str(task) for task in spoken.get("sofft_tasks", [])]
        found.append(
            MappedItem(
                item=item,
                text=verbatim.text if verbatim else "",
                help=next((one.help for one in its if one.help), ""),
                helps={one.edition_id: one.help for one in its},
                tasks=tasks,
                sides=list(spoken.get("pyramid_sides", [])),
                challenges=list(spoken.get("challenges", [])),
                task_titles=[titles.get(task, task) for task in tasks],
                all_challenges=challenges,
            )
        )
    return found


def mapped_item(item: Item) -> MappedItem:
    """One statement's reading."""
    section = item.section
    section.version = item.version
    return next(one for one in mapped_items(section) if one.item.pk == item.pk)
