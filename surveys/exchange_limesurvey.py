"""LimeSurvey's tab-separated structure as a version of ours. No Django here.

Arrays and lists on one common scale are carried: an array is a section and its subquestions are the
statements; lists that follow each other in a group are the statements of one section. Everything
else is named in `not_carried`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from surveys.exchange import InstrumentText, ItemText, SectionText
from surveys.exchange_faults import Faults, code_from
from surveys.exchange_limesurvey_rows import Group, Option, Question, Structure, read_structure
from surveys.exchange_version import NOT_SURE, Found, NotCarried, TranslationText, VersionText

ARRAYS = {"F": None, "H": None, "A": (1, 5), "B": (1, 10)}
LISTS = {"L": None, "!": None, "O": None, "5": (1, 5)}
# Arrays whose answers are always the same words, lowest first.
WORDED = {"C": ("No", "Uncertain", "Yes"), "E": ("Decrease", "Same", "Increase")}
KINDS = {
    "1": "an array with two scales", ":": "an array of numbers", ";": "an array of texts",
    "M": "multiple choice", "P": "multiple choice with comments", "S": "a short text",
    "T": "a long text", "U": "a huge text", "Q": "several short texts", "N": "a number",
    "K": "several numbers", "D": "a date", "G": "gender", "Y": "yes or no", "I": "a language",
    "R": "a ranking", "X": "a text to read", "|": "a file upload", "*": "an equation",
}  # fmt: skip
# What LimeSurvey writes when nothing was chosen.
NOTHING = {"", "0", "N", "I", "inherit"}
BASE = {
    "id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language",
    "validation", "mandatory", "encrypted", "other", "default", "same_default", "same_script",
    "statistics_showgraph", "statistics_graphtype", "public_statistics",
}  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """Numbers from `minimum` on with their labels; `not_sure` is an option apart from them."""

    minimum: int
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    not_sure: str = ""

    @property
    def same(self) -> tuple[int, tuple[str, ...]]:
        """What makes two scales one."""
        return self.minimum, self.labels


def _numbers(options: Sequence[Option]) -> list[int] | None:
    """One number for each option: assessment values, or the numbers in the codes."""
    for values in (
        [option.value for option in options],
        [option.code for option in options],
        [(re.search(r"\d+$", option.code) or [""])[0] for option in options],
    ):
        if all(re.fullmatch(r"-?\d{1,3}", value) for value in values):
            numbers = [int(value) for value in values]
            if sorted(numbers) == list(range(min(numbers), min(numbers) + len(numbers))):
                return numbers
    return None


def _scale(question: Question, language: str) -> Scale | None:
    if question.kind in WORDED:
        labels = WORDED[question.kind]
        return Scale(0, labels, labels)
    ends = ARRAYS.get(question.kind) or LISTS.get(question.kind)
    if ends:
        points = tuple(str(number) for number in range(ends[0], ends[1] + 1))
        return Scale(ends[0], points, points)
    options = [option for (scale, _), option in question.options.items() if scale == "0"]
    if len(options) < 2:
        return None
    not_sure, numbers = None, _numbers(options)
    if numbers is None:
        # One option that stands apart from a row of numbers means that one cannot say.
        for option in options:
            rest = [other for other in options if other is not option]
            numbers = _numbers(rest) if len(rest) > 1 else None
            if numbers is not None:
                not_sure, options = option, rest
                break
    numbers = numbers if numbers is not None else list(range(len(options)))
    ordered = [
        option for _, option in sorted(zip(numbers, options, strict=True), key=lambda p: p[0])
    ]
    return Scale(
        min(numbers),
        tuple(option.code for option in ordered),
        tuple(" ".join(option.texts.get(language, "").split()) for option in ordered),
        "" if not_sure is None else not_sure.texts.get(language, ""),
    )


@dataclass
class Block:
    """What becomes a section: an array, or lists of one group that follow each other."""

    group: Group
    questions: list[Question]
    scale: Scale
    is_array: bool

    @property
    def statements(self) -> int:
        """How many statements it has."""
        return len(self.questions[0].parts) if self.is_array else len(self.questions)


class _Reader:
    def __init__(self, structure: Structure, faults: Faults) -> None:
        self.structure, self.faults = structure, faults
        self.language = structure.language
        self.not_carried: list[NotCarried] = []

    def leave(self, where: str, what: str, why: str) -> None:
        self.not_carried.append(NotCarried(where, " ".join(what.split())[:200], why))

    def blocks(self) -> list[Block]:
        found: list[Block] = []
        for group in self.structure.groups.values():
            for question in group.questions.values():
                where = f"row {question.row}, question {question.code}"
                what = question.texts.get(self.language, "") or question.code
                is_array = question.kind in ARRAYS or question.kind in WORDED
                if not is_array and question.kind not in LISTS:
                    kind = KINDS.get(question.kind, f"a question of type {question.kind!r}")
                    self.leave(where, what, f"It is {kind}; a statement is scored on one scale.")
                    continue
                scale = _scale(question, self.language)
                if scale is None:
                    self.leave(where, what, "It has fewer than two answer options.")
                    continue
                if not 1 <= len(scale.labels) - 1 <= 10:
                    self.leave(where, what, "A scale has from 2 to 11 points.")
                    continue
                if is_array and not question.parts:
                    self.leave(where, what, "It is an array without subquestions.")
                    continue
                last = found[-1] if found else None
                if (
                    last
                    and not is_array
                    and not last.is_array
                    and last.group is group
                    and last.scale.same == scale.same
                ):
                    last.questions.append(question)
                else:
                    found.append(Block(group, [question], scale, is_array))
        return found

    def on_one_scale(self, blocks: list[Block]) -> list[Block]:
        """The blocks on the scale that most statements share; the others are left."""
        votes: Counter[tuple[int, tuple[str, ...]]] = Counter()
        for block in blocks:
            votes[block.scale.same] += block.statements
        if not votes:
            return []
        common = votes.most_common(1)[0][0]
        for block in blocks:
            if block.scale.same != common:
                for question in block.questions:
                    self.leave(
                        f"row {question.row}, question {question.code}",
                        question.texts.get(self.language, "") or question.code,
                        f"Its scale ({', '.join(block.scale.labels)}) is not the one that most "
                        f"statements share ({', '.join(common[1])}).",
                    )
        return [block for block in blocks if block.scale.same == common]

    def leave_the_rest(self, carried: list[Block]) -> None:
        """Names all that the carried questions have and a statement has not."""
        settings = [n for n, v in self.structure.settings.items() if v and n not in _SETTINGS]
        if settings:
            self.leave("survey settings", ", ".join(settings), "LimeSurvey’s own settings.")
        for language, texts in self.structure.texts.items():
            others = [n for n, v in texts.items() if v and n not in _TEXTS]
            if others:
                self.leave(f"survey texts ({language})", ", ".join(others), "We write our own.")
        for number, name, tags in self.structure.undressed:
            self.leave(
                f"row {number}, {name}", f"formatting {tags}", "The words are kept as plain text."
            )
        for number, kind, what in self.structure.others:
            self.leave(
                f"row {number}", what, _OTHERS.get(kind, f"Rows of class {kind} are unknown.")
            )
        for group in dict((id(block.group), block.group) for block in carried).values():
            self._condition(f"row {group.row}, group", group.condition)
            text = group.texts.get(self.language, "")
            if text and all(block.is_array for block in carried if block.group is group):
                self.leave(f"row {group.row}, group", text, "A section has a title and a stem.")
        for block in carried:
            for question in block.questions:
                self._leave_of(question, block)

    def _condition(self, where: str, condition: str) -> None:
        if condition.strip() not in ("", "1"):
            self.leave(where, f"condition {condition}", "Every statement is asked of everybody.")

    def _leave_of(self, question: Question, block: Block) -> None:
        where = f"row {question.row}, question {question.code}"
        fields = question.fields
        self._condition(where, fields.get("relevance", ""))
        for part in question.parts.values():
            self._condition(f"row {part.row}, subquestion {part.code}", part.condition)
        if fields.get("mandatory", "N") not in ("", "N"):
            self.leave(where, "mandatory", "Skipping a statement is always allowed.")
        if fields.get("other", "N") == "Y":
            self.leave(where, "other", "There is no free answer beside the scale.")
        if question.kind == "O":
            self.leave(where, "comment", "A statement has no comment of its own.")
        if block.is_array and question.helps.get(self.language):
            self.leave(where, question.helps[self.language], "A section has no help text.")
        for name in ("validation", "default"):
            if fields.get(name):
                self.leave(where, f"{name} {fields[name]}", "Nothing is preselected or checked.")
        chosen = [f"{n}={v}" for n, v in fields.items() if n not in BASE and v not in NOTHING]
        if chosen:
            self.leave(where, ", ".join(chosen), "LimeSurvey’s own ways of showing a question.")
        known = [c for c in block.scale.codes]
        for (scale, code), option in question.options.items():
            if scale != "0" or (code not in known and not block.scale.not_sure):
                self.leave(
                    f"row {option.row}, answer {code}", option.texts.get(self.language, ""),
                    "It is no point of the scale.",
                )  # fmt: skip


_SETTINGS = {"language", "additional_languages", "sid", "gsid"}
_TEXTS = {
    "surveyls_title", "surveyls_description", "surveyls_survey_id", "surveyls_language",
    "surveyls_dateformat", "surveyls_numberformat",
}  # fmt: skip
_OTHERS = {
    "C": "Every statement is asked of everybody; there are no conditions.",
    "AS": "Scores are shown by our own rules; there are no assessments.",
    "QTA": "There are no quotas.",
    "QTAM": "There are no quotas.",
    "QTALS": "There are no quotas.",
}


@dataclass(frozen=True)
class Planned:
    """A section to be: where each of its words is found, by language."""

    code: str
    row: int
    titles: dict[str, str]
    stems: dict[str, str]
    items: tuple[tuple[str, int, dict[str, str], dict[str, str]], ...]


def _planned(blocks: Sequence[Block]) -> Iterator[Planned]:
    names = Counter(name for block in blocks if block.is_array for name in block.questions[0].parts)
    names += Counter(q.code for block in blocks if not block.is_array for q in block.questions)
    repeated = any(count > 1 for count in names.values())
    sections = Counter(block.group.key for block in blocks)
    for place, block in enumerate(blocks, start=1):
        group = block.group
        if block.is_array:
            question = block.questions[0]
            items = tuple(
                (
                    f"{question.code}_{part.code}" if repeated else part.code,
                    part.row,
                    part.texts,
                    part.helps,
                )
                for part in question.parts.values()
            )
            stems = question.texts
            yield Planned(question.code, question.row, group.names, stems, items)
        else:
            first = block.questions[0]
            alone = sections[group.key] == 1
            name = next(iter(group.names.values()), "")
            code = code_from(name, 20) if alone and name else f"S{place:02}"
            stems = {lang: group.texts.get(lang) or title for lang, title in group.names.items()}
            yield Planned(
                code, first.row, group.names, stems,
                tuple((q.code, q.row, q.texts, q.helps) for q in block.questions),
            )  # fmt: skip


def _sections(
    planned: Sequence[Planned], language: str, faults: Faults, *, own: bool
) -> tuple[SectionText, ...]:
    """The sections in one language; only the survey's own language must be complete."""
    codes, seen, found = set[str](), set[str](), []
    for plan in planned:
        if own:
            faults.code(f"row {plan.row}, name", plan.code, codes)
        items = []
        for code, row, texts, helps in plan.items:
            if own:
                faults.code(f"row {row}, name", code, seen)
            text, help_ = texts.get(language, ""), helps.get(language, "")
            items.append(
                ItemText(
                    code,
                    faults.text(f"row {row}, text", text, 400, required=own),
                    faults.text(f"row {row}, help", help_, 400, required=False),
                )
            )
        where = f"row {plan.row}, text"
        title = plan.titles.get(language, "") or (plan.code if own else "")
        found.append(
            SectionText(
                plan.code,
                faults.text(where, title, 120, required=own),
                faults.text(where, plan.stems.get(language, "") or title, 400, required=own),
                tuple(items),
            )
        )
    return tuple(found)


def _labels(blocks: Sequence[Block], language: str) -> tuple[str, ...]:
    """The scale's labels in one language, from the first question that has them all."""
    for block in blocks:
        for question in block.questions:
            options = {option.code: option for option in question.options.values()}
            if question.kind in WORDED or not options:
                continue
            labels = [
                " ".join(options[code].texts.get(language, "").split()) if code in options else ""
                for code in block.scale.codes
            ]
            if all(labels):
                return tuple(labels)
    return ()


def read_limesurvey(text: str, name: str) -> Found:
    """What a LimeSurvey structure holds; with errors its version is a try, never to be stored."""
    faults = Faults(name)
    structure = read_structure(text, faults)
    reader = _Reader(structure, faults)
    found = reader.blocks()
    blocks = reader.on_one_scale(found)
    reader.leave_the_rest(blocks)
    own = reader.language
    if not blocks and not faults.sentences:
        faults.add("row 1", "no question in this file is an array or a list on a scale.")
    planned = list(_planned(blocks))
    sections = _sections(planned, own, faults, own=True)
    scale = blocks[0].scale if blocks else Scale(0, (), ())
    if blocks:
        for label in scale.labels:
            faults.text(f"row {blocks[0].questions[0].row}, answer options", label, 80)
        faults.size(len(sections), sum(len(section.items) for section in sections))
    title = structure.texts.get(own, {}).get("surveyls_title", "") or name.rpartition(".")[0]
    described = structure.texts.get(own, {}).get("surveyls_description", "")
    not_sure = next((block.scale.not_sure for block in blocks if block.scale.not_sure), NOT_SURE)
    languages = dict.fromkeys(
        [*structure.texts, *structure.settings.get("additional_languages", "").split()]
        + [language for plan in planned for language in plan.titles]
    )
    translations, labels = [], {}
    for language in languages:
        if language == own:
            continue
        faults.language(f"language {language[:40]}", language)
        texts = _sections(planned, language, faults, own=False)
        translations.append(TranslationText("verbatim", language, not_sure, "", texts))
        if found_labels := _labels(blocks, language):
            labels[language] = found_labels
    version = VersionText(
        InstrumentText(
            code=code_from(title),
            title=faults.text("surveyls_title", title, 120),
            version="1",
            language=faults.language("language", own),
            source="",
            purpose=faults.text(
                "surveyls_description", described, 4000, required=False, lines=True
            ),
            notice="",
            recommended_respondents="",
            section_titles_are="",
            minimum=scale.minimum,
            maximum=scale.minimum + max(len(scale.labels) - 1, 0),
            labels=scale.labels,
            sections=sections,
        ),
        not_sure_label=faults.text("answer options", not_sure, 40),
        translations=tuple(translations),
        labels=labels,
    )
    return Found(version, tuple(reader.not_carried), faults.sentences)
