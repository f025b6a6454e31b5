"""Our reading of statements: tasks, sides of the pyramid, challenges."""

from dataclasses import dataclass, field

from surveys.models import Item, ItemWording, Reading, Section, Version


@dataclass(frozen=True)
class Spoken:
    """What one statement speaks to: codes of SOFFT tasks, sides of the pyramid."""

    tasks: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()


def spoken_of(version: Version) -> dict[str, Spoken]:
    """What each statement of a version speaks to. No query where its reading was read with it."""
    reading: Reading | None = getattr(version, "reading", None)
    return {
        code: Spoken(tuple(one.get("sofft_tasks", ())), tuple(one.get("pyramid_sides", ())))
        for code, one in (reading.maps.get("items", {}) if reading else {}).items()
    }


@dataclass(frozen=True)
class ItemReading:
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


def readings_of(section: Section) -> list[ItemReading]:
    """Every statement of a section in its order. Three queries."""
    version = section.version
    reading = Reading.objects.filter(version=version).first()
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
            ItemReading(
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


def reading_of_item(item: Item) -> ItemReading:
    """One statement's reading."""
    section = item.section
    section.version = item.version
    return next(one for one in readings_of(section) if one.item.pk == item.pk)
