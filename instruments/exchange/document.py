"""The exchange format: a version of an instrument as a tree of rows. No Django here.

A field that is added here and, under the same name, to the row's values in `rules/texts.py` is read
and written by that. `docs/instrument-exchange.schema.json` is made of this module; a test compares.
The docstrings and descriptions are for those who write such files: they stand in the schema.
Over 300 lines: the format is one tree, and is read as one.
"""

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from instruments.exchange.faults import (
    CODE,
    LANGUAGE,
    code_fault,
    language_fault,
    odd_character,
    on_lines,
    one_line,
)
from instruments.rules.originals import NO_CLAIM, says_verbatim
from instruments.rules.version_text import MOST_SECTIONS, MOST_STATEMENTS, NOT_SURE, VERBATIM


def _refuse(sentence: str | None) -> None:
    """Our own sentence as pydantic's error."""
    if sentence:
        raise PydanticCustomError("sentence", "{sentence}", {"sentence": sentence})


def _readable(given: object) -> object:
    if isinstance(given, str):
        _refuse(odd_character(given))
        return on_lines(given)
    return given


def _on_one_line(given: object) -> object:
    readable = _readable(given)
    return one_line(readable) if isinstance(readable, str) else readable


def _a_code(code: str) -> str:
    _refuse(code_fault(code))
    return code


def _a_language(language: str) -> str:
    _refuse(language_fault(language))
    return language


def _pattern(pattern: str, longest: int, **more: str) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": "string", "pattern": f"^{pattern}$", "maxLength": longest, **more}
    )


OneLine, Lines = BeforeValidator(_on_one_line), BeforeValidator(_readable)
# The longest first: a constraint stands inside what tidies the text before.
Label = Annotated[str, StringConstraints(min_length=1, max_length=80), OneLine]
Title = Annotated[str, StringConstraints(max_length=120), OneLine]
Text = Annotated[str, StringConstraints(min_length=1, max_length=400), OneLine]
TextOrNone = Annotated[str, StringConstraints(max_length=400), OneLine]
Question = Annotated[
    str,
    StringConstraints(max_length=240),
    OneLine,
    Field(description="What a debrief asks about it. A statement without one has its section's."),
]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80), OneLine]
Note = Annotated[str, StringConstraints(max_length=200), OneLine]
Passage = Annotated[str, StringConstraints(max_length=2000), Lines]
LongPassage = Annotated[str, StringConstraints(max_length=4000), Lines]
Code = Annotated[
    str,
    StringConstraints(min_length=1, max_length=20),
    OneLine,
    AfterValidator(_a_code),
    _pattern(CODE.pattern, 20),
]
LongCode = Annotated[
    str,
    StringConstraints(min_length=1, max_length=30),
    OneLine,
    AfterValidator(_a_code),
    _pattern(CODE.pattern, 30),
]
Language = Annotated[
    str,
    StringConstraints(min_length=1, max_length=12),
    OneLine,
    AfterValidator(_a_language),
    _pattern(LANGUAGE.pattern, 12, description="Such as en-GB or cy."),
]
# How many labels a scale has is said of the whole file, in a better sentence.
Labels = Annotated[list[Label], Field(json_schema_extra={"minItems": 2, "maxItems": 11})]


class Row(BaseModel):
    """An object in braces. What it has no field for is refused here and named by the reader."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_nothing(cls, given: Any) -> Any:
        """A required field that is missing is null, so that its type says what is expected."""
        if not isinstance(given, dict):
            return given
        fields = {field.alias or name: field for name, field in cls.model_fields.items()}
        return {name: None for name, field in fields.items() if field.is_required()} | {
            name: value for name, value in given.items() if value is not None or name not in fields
        }


class Scale(Row):
    """The numbers from which one is chosen for each statement."""

    min: int
    max: int
    labels: Labels = Field(description="One label for each number from min to max, lowest first.")


class TranslatedItem(Row):
    """A statement in a further language."""

    code: Code
    text: TextOrNone = ""
    help: TextOrNone = ""
    question: Question = ""


class TranslatedSection(Row):
    """A section in a further language."""

    code: Code
    title: Title = ""
    stem: TextOrNone = ""
    question: Question = ""
    items: list[TranslatedItem] = Field([], min_length=1, max_length=MOST_STATEMENTS)


class Item(TranslatedItem):
    """A statement."""

    text: Text


class Section(TranslatedSection):
    """Statements under one stem. Without a title its code is its title."""

    stem: Text
    asks_about: Literal["change", "place"] = Field(
        "change", description="Only what asks about the place is shown beside another improvement."
    )
    items: list[Item] = Field(  # type: ignore[assignment]
        min_length=1, max_length=MOST_STATEMENTS
    )


class Instrument(Row):
    """An instrument in its own language. Without a code it gets one from its title."""

    code: LongCode = ""
    title: Annotated[str, StringConstraints(min_length=1, max_length=120), OneLine]
    version: Annotated[str, StringConstraints(min_length=1, max_length=20), OneLine] = "1"
    language: Language = "en-GB"
    source: Passage = ""
    purpose: LongPassage = ""
    notice: Passage = Field("", description="Shown with every result.")
    recommended_respondents: Note = ""
    section_titles_are: Note = Field("", description="Whose the section titles are.")
    scale: Scale
    sections: list[Section] = Field(min_length=1, max_length=MOST_SECTIONS)


class NotSure(Row):
    """The words for “I can’t say”."""

    label: Annotated[str, StringConstraints(max_length=40), OneLine] = NOT_SURE
    help: Annotated[str, StringConstraints(max_length=160), OneLine] = ""


class Translation(Row):
    """An edition in a further language. What is missing or empty is shown in the own language."""

    edition: Annotated[str, StringConstraints(max_length=30), OneLine] = VERBATIM
    language: Language
    not_sure: NotSure = NotSure()
    sections: list[TranslatedSection] = Field([], max_length=MOST_SECTIONS)


class AdaptedItem(TranslatedItem):
    """A statement in other words. What is missing is as in the instrument."""

    left_out: bool = Field(False, description="This edition does not ask the statement.")


class AdaptedSection(TranslatedSection):
    """A section in other words. What is missing is as in the instrument."""

    items: list[AdaptedItem] = Field(  # type: ignore[assignment]
        [], min_length=1, max_length=MOST_STATEMENTS
    )


def _no_claim(text: str) -> str:
    _refuse(NO_CLAIM if says_verbatim(text) else None)
    return text


class Edition(Row):
    """An adapted wording of the same statements. What is missing is as in the instrument."""

    code: LongCode
    name: Annotated[Name, AfterValidator(_no_claim)]
    label: Annotated[str, StringConstraints(max_length=40), OneLine, AfterValidator(_no_claim)] = (
        Field("adapted wording", description="Such as: adapted wording.")
    )
    why: Passage = ""
    not_sure: NotSure = NotSure()
    sections: list[AdaptedSection] = Field([], max_length=MOST_SECTIONS)


class Links(Row):
    """What one statement speaks to."""

    sofft_tasks: list[Name] = Field([], max_length=99)
    pyramid_sides: list[Name] = Field([], max_length=99)
    challenges: list[Annotated[int, Field(ge=1, le=99)]] = Field([], max_length=99)


class Task(Row):
    """A task: something that front-line teams do to make an improvement work."""

    code: Name
    title: Note = ""


class TaskSet(Row):
    """A set of tasks."""

    code: Name
    title: Note = ""
    tasks: list[Task] = Field([], max_length=99)


class Challenge(Row):
    """A challenge that improvements meet."""

    number: Annotated[int, Field(ge=1, le=99)]
    title: Note = ""
    theme: Note = ""


class Reading(Row):
    """Our reading of the statements, by statement code; it may change after publishing."""

    what: Passage = ""
    items: dict[str, Links] = Field({}, max_length=MOST_STATEMENTS)
    same_meaning: dict[str, list[Code]] = Field(
        {},
        description="By edition code: statements that ask the same as the verbatim ones in plainer "
        "words. The others are looked at together, and never listed as the same.",
        max_length=60,
    )
    sofft_sets: list[TaskSet] = Field([], max_length=99)
    pyramid_sides: list[Name] = Field([], max_length=99)
    challenges: list[Challenge] = Field([], max_length=99)
    terms: Passage = ""


class Document(Row):
    """One version of an instrument with its editions, translations and our reading.

    Codes are unique in a version. Texts are plain text: markup in them is shown as it is written.
    """

    schema_address: str = Field("", alias="$schema")
    instrument: Instrument
    not_sure: NotSure = Field(
        NotSure(), description="The words for “I can’t say” in the verbatim edition."
    )
    labels: dict[Language, Labels] = Field(
        {}, description="The scale's labels in further languages.", max_length=60
    )
    editions: list[Edition] = Field([], max_length=60)
    translations: list[Translation] = Field([], max_length=600)
    reading: Reading | None = None


def exchange_schema() -> dict[str, Any]:
    """The JSON Schema of the format."""
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": draft, **Document.model_json_schema(), "title": "Instrument exchange"}
