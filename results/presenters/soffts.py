"""What a change takes: the SOFFTs and the pyramid, beside what the ward's statements say of them.

In words that were released and no others; which statement speaks to which task is our reading.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from initiatives.presenters.suggestions import SuggestionView, shown
from initiatives.rules.soffts import Layer, Task, TaskSet, soffts
from initiatives.rules.suggestions import catalogue, what_could_help
from instruments.queries.item_mappings import StatementMapping
from results.queries.suggestions import Helps
from results.words.phrases import SHORT, listed, plural, within
from scoring.rules.payload import ItemShown, SectionShown, SnapshotPayload

# So many statements are quoted in a sentence, then it counts the rest.
MOST_QUOTED = 2
OFTEN = "often “I can’t say”"


@dataclass(frozen=True)
class StatementResult:
    """A statement and the word that was released of it; without one `word` says why."""

    code: str
    text: str
    word: str
    level: str
    is_often_unsaid: bool

    @property
    def stands_out(self) -> bool:
        """Whether it gives its task attention: it lies low, or many can't say."""
        return self.level == "low" or self.is_often_unsaid


@dataclass(frozen=True)
class TaskView:
    """A task with the ward's statements about it."""

    task: Task
    heard: tuple[StatementResult, ...]
    suggestions: tuple[SuggestionView, ...] = ()

    @property
    def stands_out(self) -> bool:
        """Whether the team should look at it."""
        return any(one.stands_out for one in self.heard)


@dataclass(frozen=True)
class SetView:
    """A set of tasks and one sentence on what the ward says about it."""

    set: TaskSet
    sentence: str
    tasks: tuple[TaskView, ...]


@dataclass(frozen=True)
class LayerView:
    """A layer of the pyramid; `said` are short sentences, each with the words that lead it."""

    layer: Layer
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SofftView:
    """All of it. `beside` names statements that speak to no task."""

    document: str
    sets: tuple[SetView, ...]
    layers: tuple[LayerView, ...]
    no_scores: str
    beside: str
    has_words: bool


def sofft_view(
    payload: SnapshotPayload, read: Mapping[str, StatementMapping], helps: Helps | None = None
) -> SofftView | None:
    """None where our reading ties no statement to a task. With `helps` also what could help."""
    if not payload["sections"] or not any(spoken.tasks for spoken in read.values()):
        return None
    heard = [_heard(payload, item) for item in _items(payload)]
    return SofftView(
        document=catalogue().documents[soffts().document].short,
        sets=tuple(_set(payload, one, heard, read, helps) for one in soffts().sets),
        layers=tuple(_layer(payload, one, heard, read) for one in soffts().pyramid),
        no_scores=_no_scores(heard, read),
        beside=_beside(heard, read),
        has_words=payload["tier"] != "words",
    )


def _items(payload: SnapshotPayload) -> Iterator[ItemShown]:
    for section in payload["sections"]:
        yield from section["items"]


def _heard(payload: SnapshotPayload, item: ItemShown) -> StatementResult:
    scale, mean = payload["scale"], item["mean"]
    word: str = item["level"] or ""
    if payload["tier"] == "joint" and mean is not None:
        word = within(scale["labels"][round(mean) - scale["min"]])
    elif not word:
        word = SHORT[item["withheld"]] if item["withheld"] else "not shown"
    if item["cant_say_often"]:
        word = f"{word}, {OFTEN}" if payload["tier"] != "joint" else "“I can’t say”"
    return StatementResult(
        item["code"],
        item["text"].removesuffix("?"),
        word,
        item["level"] or "",
        item["cant_say_often"],
    )


def _set(
    payload: SnapshotPayload,
    one: TaskSet,
    heard: Sequence[StatementResult],
    read: Mapping[str, StatementMapping],
    helps: Helps | None,
) -> SetView:
    tasks = []
    for task in one.tasks:
        about = tuple(said for said in heard if task.code in _spoken(read, said.code).tasks)
        out = next((said for said in about if said.stands_out), None)
        helpful = () if helps is None or out is None else _helpful(task, out, helps)
        tasks.append(TaskView(task, about, helpful))
    if payload["tier"] == "words":
        codes = {said.code for task in tasks for said in task.heard}
        return SetView(one, _by_section(payload, codes), tuple(tasks))
    return SetView(one, _sentence(tasks), tuple(tasks))


def _spoken(read: Mapping[str, StatementMapping], code: str) -> StatementMapping:
    return read.get(code, StatementMapping())


def _helpful(task: Task, heard: StatementResult, helps: Helps) -> tuple[SuggestionView, ...]:
    found = what_could_help(
        instrument=helps.instrument, item=heard.code, tasks=[task.code], local=helps.local
    )
    return tuple(shown(one) for one in found)


def _sentence(tasks: Sequence[TaskView]) -> str:
    """Which of its tasks need attention; else how its statements lie."""
    out = [f"“{one.task.plain}”" for one in tasks if one.stands_out]
    heard = list({said.code: said for one in tasks for said in one.heard}.values())
    levels = [said.level for said in heard]
    if out:
        verb = "needs" if len(out) == 1 else "need"
        why = " ".join(f"{strong} {_quoted(ones)}" for strong, ones in _lists(heard)[:2] if ones)
        return f"{listed(out)} {verb} attention. {why}"
    if not any(levels):
        return "We cannot show any statements about this."
    if all(level == "high" for level in levels):
        return "All statements about this scored high. You can build on this."
    return "No statements about this scored low."


def _by_section(payload: SnapshotPayload, codes: set[str]) -> str:
    """For the smallest groups: the words of the sections that ask about it."""
    asking: list[SectionShown] = [
        section
        for section in payload["sections"]
        if any(item["code"] in codes for item in section["items"])
    ]
    said = [f"{section['title']}: {section['word'] or 'not shown'}." for section in asking]
    return " ".join(said) or "No statements are about this."


def _layer(
    payload: SnapshotPayload,
    layer: Layer,
    heard: Sequence[StatementResult],
    read: Mapping[str, StatementMapping],
) -> LayerView:
    about = [said for said in heard if layer.side in _spoken(read, said.code).sides]
    if not about:
        return LayerView(layer, (("", "No statements relate to this."),))
    if payload["tier"] == "words":
        asks = f"{plural(len(about), 'statement')} {'is' if len(about) == 1 else 'are'} about it"
        return LayerView(
            layer, (("", f"{asks}. With 5 or 6 answers, we do not show single statements."),)
        )
    said = [(strong, _quoted(ones)) for strong, ones in _lists(about) if ones]
    hidden = sum(not one.level for one in about)
    if not any(one.level == "low" for one in about) and hidden < len(about):
        said.insert(0, ("", "None of its statements shown here scored low."))
    if hidden:
        said.append(("Not shown:", f"{plural(hidden, 'statement')}."))
    return LayerView(layer, tuple(said))


def _lists(heard: Sequence[StatementResult]) -> tuple[tuple[str, list[StatementResult]], ...]:
    return (
        ("Low:", [said for said in heard if said.level == "low"]),
        ("“I can’t say”:", [said for said in heard if said.is_often_unsaid]),
        ("High:", [said for said in heard if said.level == "high"]),
    )


def _quoted(heard: Sequence[StatementResult]) -> str:
    quotes = [f"“{one.text}”" for one in heard[:MOST_QUOTED]]
    more = len(heard) - len(quotes)
    return f"{listed([*quotes, f'{more} more'] if more else quotes)}."


def _no_scores(heard: Sequence[StatementResult], read: Mapping[str, StatementMapping]) -> str:
    technical = sum("technical" in _spoken(read, said.code).sides for said in heard)
    return (
        "We do not score the pyramid. The survey was not designed to measure its sides: "
        f"{technical} of its {len(heard)} statements relate to technical skills. We decided which "
        "statement relates to which side, not the authors."
    )


def _beside(heard: Sequence[StatementResult], read: Mapping[str, StatementMapping]) -> str:
    """The statements that our reading ties to no task."""
    alone = [said for said in heard if not _spoken(read, said.code).tasks]
    if not alone:
        return ""
    if len(alone) > MOST_QUOTED:
        return f"{len(alone)} statements do not relate to a single task."
    verb = "does" if len(alone) == 1 else "do"
    words = listed([f"“{one.text}” ({one.word})" for one in alone])
    return f"{words} {verb} not relate to a single task."
