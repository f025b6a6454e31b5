"""A whole version as it is exchanged, whatever the format of the file. No Django here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from instruments.rules.texts import EditionText, InstrumentText, ReadingText, SectionText

VERBATIM = "verbatim"
NOT_SURE = "I can’t say"
MOST_STATEMENTS = 500
MOST_SECTIONS = 60


@dataclass(frozen=True)
class TranslationText:
    """An edition in a further language. Texts that are missing are empty, and shown in English."""

    edition: str
    language: str
    not_sure_label: str
    not_sure_help: str
    sections: tuple[SectionText, ...]


@dataclass(frozen=True)
class VersionText:
    """An instrument with its editions, its translations and our reading.

    `labels` are the scale's labels in further languages.
    """

    instrument: InstrumentText
    not_sure_label: str = NOT_SURE
    not_sure_help: str = ""
    editions: tuple[EditionText, ...] = ()
    translations: tuple[TranslationText, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reading: ReadingText | None = None

    def turned(self) -> "VersionText":
        """The same with the scale's labels the other way round: the first becomes the highest."""
        of = replace(self.instrument, labels=self.instrument.labels[::-1])
        labels = {language: labels[::-1] for language, labels in self.labels.items()}
        return replace(self, instrument=of, labels=labels)

    @property
    def languages(self) -> tuple[str, ...]:
        """The instrument's own language first, then the others as they come."""
        further = [text.language for text in self.translations]
        return tuple(dict.fromkeys([self.instrument.language, *further, *self.labels]))


@dataclass(frozen=True)
class NotCarried:
    """Something in a file that the question bank has no place for."""

    where: str
    what: str
    why: str


@dataclass(frozen=True)
class Asked:
    """A scale whose numbers were made up: which of two ends is high, the first or the last?"""

    where: str
    question: str
    answers: tuple[str, str]


@dataclass(frozen=True)
class Found:
    """What a file holds. With errors nothing of it may be stored; the version is then a try.

    `said` are sentences on how the file was read. What is `asked` must be answered before storing.
    """

    version: VersionText | None
    not_carried: tuple[NotCarried, ...] = ()
    errors: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()

    def errors_of(self, name: str) -> tuple[str, ...]:
        """The errors, each beginning with the file's name."""
        return tuple(f"{name}: {error.removeprefix(f'{name}: ')}" for error in self.errors)
