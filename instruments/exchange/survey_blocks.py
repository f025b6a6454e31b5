"""Which questions of another program become sections, and what is left behind. No Django here.

An array is a section and its subquestions are the statements; lists that follow each other in a
group are the statements of one section. Only one scale is carried: that of most statements.
"""

from collections import Counter
from dataclasses import dataclass

from instruments.exchange.survey import Group, Question, Structure
from instruments.exchange.survey_scale import (
    ARRAYS,
    LISTS,
    MOST_POINTS,
    WORDED,
    Scale,
    scale_of,
)
from instruments.rules.version_text import NotCarried

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
SETTINGS = {"language", "additional_languages", "sid", "gsid"}
TEXTS = {
    "surveyls_title", "surveyls_description", "surveyls_survey_id", "surveyls_language",
    "surveyls_dateformat", "surveyls_numberformat",
}  # fmt: skip


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


class BlockReader:
    """Finds what becomes a section, and names all that a section has no place for."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.language = structure.language
        self.not_carried: list[NotCarried] = []

    def leave(self, where: str, what: str, why: str) -> None:
        """Notes something that is not carried."""
        self.not_carried.append(NotCarried(where, " ".join(what.split())[:200], why))

    def blocks(self) -> list[Block]:
        """What could become a section, in the order of the file."""
        found: list[Block] = []
        for group in self.structure.groups.values():
            for question in group.questions.values():
                where = f"{question.place}, question {question.code}"
                what = question.texts.get(self.language, "") or question.code
                is_array = question.kind in ARRAYS or question.kind in WORDED
                if not is_array and question.kind not in LISTS:
                    kind = KINDS.get(question.kind, f"a question of type {question.kind!r}")
                    self.leave(where, what, f"It is {kind}; a statement is scored on one scale.")
                    continue
                scale = scale_of(question, self.language)
                if scale is None:
                    self.leave(where, what, "It has fewer than two answer options.")
                    continue
                if len(scale.labels) > MOST_POINTS:
                    why = f"It has {len(scale.labels)} options; a scale has from 2 to 11 points."
                    self.leave(where, what, why)
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
                        f"{question.place}, question {question.code}",
                        question.texts.get(self.language, "") or question.code,
                        f"Its scale ({', '.join(block.scale.labels)}) is not the one that most "
                        f"statements share ({', '.join(common[1])}).",
                    )
        return [block for block in blocks if block.scale.same == common]

    def leave_the_rest(self, carried: list[Block]) -> None:
        """Names all that the carried questions have and a statement has not."""
        settings = [n for n, v in self.structure.settings.items() if v and n not in SETTINGS]
        if settings:
            self.leave(
                "survey settings", ", ".join(settings), f"{self.structure.program}’s own settings."
            )
        for language, texts in self.structure.texts.items():
            others = [n for n, v in texts.items() if v and n not in TEXTS]
            if others:
                self.leave(f"survey texts ({language})", ", ".join(others), "We use our own text.")
        for place, name, tags in self.structure.undressed:
            self.leave(
                f"{place}, {name}", f"formatting {tags}", "The words are kept as plain text."
            )
        for place, what, why in self.structure.others:
            self.leave(place, what, why)
        listed = {id(block.group) for block in carried if not block.is_array}
        for group in dict((id(block.group), block.group) for block in carried).values():
            self._condition(f"{group.place}, group", group.condition)
            text = group.texts.get(self.language, "")
            if text and id(group) not in listed:
                self.leave(f"{group.place}, group", text, "A section has a title and a stem.")
        for block in carried:
            for question in block.questions:
                self._leave_of(question, block)

    def _condition(self, where: str, condition: str) -> None:
        if condition.strip() not in ("", "1"):
            self.leave(where, f"condition {condition}", "Everyone answers every statement.")

    def _leave_of(self, question: Question, block: Block) -> None:
        where = f"{question.place}, question {question.code}"
        fields = question.fields
        self._condition(where, fields.get("relevance", ""))
        for part in question.parts.values():
            self._condition(f"{part.place}, subquestion {part.code}", part.condition)
        if fields.get("mandatory", "N") not in ("", "N"):
            self.leave(where, "mandatory", "People can always skip a statement.")
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
            self.leave(
                where,
                ", ".join(chosen),
                f"{self.structure.program}’s own ways of showing a question.",
            )
        own = scale_of(question, self.language)
        for option in own.further_not_sure if own else ():
            self.leave(
                f"{option.place}, answer {option.code}", option.texts.get(self.language, ""),
                "It says “I can’t say” too, which has one wording.",
            )  # fmt: skip
        for (scale, code), option in question.options.items():
            if scale != "0":
                self.leave(
                    f"{option.place}, answer {code}", option.texts.get(self.language, ""),
                    "It is no point of the scale.",
                )  # fmt: skip
