"""The survey of another program as a version of ours. No Django here.

Questions on one common scale are carried; everything else is named in `not_carried`.
`survey_scale` reads a question's scale, `survey_blocks` finds what becomes a section; here they get
their codes and words in each language.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from instruments.exchange.faults import Faults, code_from
from instruments.exchange.limesurvey_rows import MOST_LANGUAGES
from instruments.exchange.survey import Structure
from instruments.exchange.survey_blocks import Block, BlockReader
from instruments.exchange.survey_scale import WORDED, Numbers, Scale
from instruments.rules.texts import InstrumentText, ItemText, SectionText
from instruments.rules.version_text import (
    MOST_STATEMENTS,
    NOT_SURE,
    Asked,
    Found,
    TranslationText,
    VersionText,
)


@dataclass(frozen=True)
class Planned:
    """A section to be: where each of its words is found, by language."""

    code: str
    place: str
    titles: dict[str, str]
    stems: dict[str, str]
    items: tuple[tuple[str, str, dict[str, str], dict[str, str]], ...]


def _planned(blocks: Sequence[Block]) -> Iterator[Planned]:
    names = Counter(name for block in blocks if block.is_array for name in block.questions[0].parts)
    names += Counter(q.code for block in blocks if not block.is_array for q in block.questions)
    repeated = any(count > 1 for count in names.values())
    sections = Counter(block.group.key for block in blocks)
    taken = {block.questions[0].code.lower() for block in blocks if block.is_array}
    for place, block in enumerate(blocks, start=1):
        group = block.group
        if block.is_array:
            question = block.questions[0]
            items = tuple(
                (
                    f"{question.code}_{part.code}" if repeated else part.code,
                    part.place,
                    part.texts,
                    part.helps,
                )
                for part in question.parts.values()
            )
            stems = question.texts
            yield Planned(question.code, question.place, group.names, stems, items)
        else:
            first = block.questions[0]
            alone = sections[group.key] == 1
            name = next(iter(group.names.values()), "")
            code = code_from(name, 20) if alone and name else ""
            if not code or code.lower() in taken:
                code = f"S{place:02}"
            taken.add(code.lower())
            stems = {lang: group.texts.get(lang) or title for lang, title in group.names.items()}
            yield Planned(
                code, first.place, group.names, stems,
                tuple((q.code, q.place, q.texts, q.helps) for q in block.questions),
            )  # fmt: skip


def _sections(
    planned: Sequence[Planned], language: str, faults: Faults, *, own: bool
) -> tuple[SectionText, ...]:
    """The sections in one language; only the survey's own language must be complete."""
    codes, seen, found = set[str](), set[str](), []
    for plan in planned:
        if own:
            faults.code(f"{plan.place}, name", plan.code, codes)
        items = []
        for code, place, texts, helps in plan.items:
            if own:
                faults.code(f"{place}, name", code, seen)
            text, help_ = texts.get(language, ""), helps.get(language, "")
            items.append(
                ItemText(
                    code,
                    faults.text(f"{place}, text", text, 400, required=own),
                    faults.text(f"{place}, help", help_, 400, required=False),
                )
            )
        where = f"{plan.place}, text"
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
            options = {
                code: option for (row, code), option in question.options.items() if row == "0"
            }
            if question.kind in WORDED or not options:
                continue
            labels = [
                " ".join(options[code].texts.get(language, "").split()) if code in options else ""
                for code in block.scale.codes
            ]
            if all(labels):
                return tuple(labels)
    return ()


def _not_sure(blocks: Sequence[Block], language: str) -> str:
    """The words for “I can’t say” in a language, of the first question that has them."""
    for block in blocks:
        for question in block.questions:
            option = question.options.get(("0", block.scale.not_sure_code))
            if option is not None and option.texts.get(language):
                return " ".join(option.texts[language].split())
    return ""


def _told(scale: Scale, place: str) -> tuple[tuple[str, ...], tuple[Asked, ...]]:
    """What must be said of a scale that was read, and what must be asked."""
    said, asked = [], []
    if scale.not_sure:
        said.append(f"“{scale.not_sure}” is read as “I can’t say” and is no point of the scale.")
    if scale.numbers is Numbers.RANKED:
        said.append(f"The file’s numbers leave gaps. They were numbered again: {scale.span}.")
    elif scale.numbers is Numbers.COUNTED:
        said.append(f"The numbers were taken from the options’ codes: {scale.span}.")
    elif scale.numbers is Numbers.MADE:
        asked.append(
            Asked(
                place,
                "The file gives its answer options no values. The numbers were made up from the "
                f"order of the options: {scale.span}. Which end is high?",
                (scale.labels[0], scale.labels[-1]),
            )
        )
    return tuple(said), tuple(asked)


def version_of(structure: Structure, name: str, faults: Faults) -> Found:
    """What a survey holds; with errors its version is a try, never to be stored."""
    reader = BlockReader(structure)
    found = reader.blocks()
    blocks = reader.on_one_scale(found)
    reader.leave_the_rest(blocks)
    own = reader.language
    if not blocks and not faults.sentences:
        faults.add("row 1", "no question in this file is an array or a list on a scale.")
    planned = list(_planned(blocks))
    sections = _sections(planned, own, faults, own=True)
    scale = blocks[0].scale if blocks else Scale(0, (), ())
    said: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    if blocks:
        where = f"{blocks[0].questions[0].place}, answer options"
        for label in scale.labels:
            faults.text(where, label, 80)
        faults.size(len(sections), sum(len(section.items) for section in sections))
        # What one question says of the scale holds for all that share it.
        numbers = min((block.scale.numbers for block in blocks), key=list(Numbers).index)
        unsure = _not_sure(blocks, own)
        said, asked = _told(replace(scale, numbers=numbers, not_sure=unsure), where)
    title = structure.texts.get(own, {}).get("surveyls_title", "") or name.rpartition(".")[0]
    described = structure.texts.get(own, {}).get("surveyls_description", "")
    not_sure = _not_sure(blocks, own) or NOT_SURE
    translations, labels = _translated(structure, planned, blocks, faults)
    version = VersionText(
        InstrumentText(
            code=code_from(title),
            title=faults.text("title", title, 120),
            version="1",
            language=faults.language("language", own),
            source="",
            purpose=faults.text("description", described, 4000, required=False, lines=True),
            notice="",
            recommended_respondents="",
            section_titles_are="",
            minimum=scale.minimum,
            maximum=scale.minimum + max(len(scale.labels) - 1, 0),
            labels=scale.labels,
            sections=sections,
        ),
        not_sure_label=faults.text("answer options", not_sure, 40),
        translations=translations,
        labels=labels,
    )
    return Found(version, tuple(reader.not_carried), faults.sentences, said, asked)


def _translated(
    structure: Structure, planned: Sequence[Planned], blocks: Sequence[Block], faults: Faults
) -> tuple[tuple[TranslationText, ...], dict[str, tuple[str, ...]]]:
    """The further languages: their words of the sections and of the scale."""
    own = structure.language
    languages = dict.fromkeys(
        [*structure.texts, *structure.settings.get("additional_languages", "").split()]
        + [language for plan in planned for language in plan.titles]
    )
    further = [language for language in languages if language != own]
    if len(further) >= MOST_LANGUAGES:
        faults.add("language", f"more than {MOST_LANGUAGES} languages.")
        return (), {}
    if sum(len(plan.items) for plan in planned) > MOST_STATEMENTS:
        return (), {}
    translations, labels = [], {}
    for language in further:
        faults.language(f"language {language[:40]}", language)
        texts = _sections(planned, language, faults, own=False)
        not_sure = _not_sure(blocks, language) or NOT_SURE
        not_sure = faults.text("answer options", not_sure, 40)
        translations.append(TranslationText("verbatim", language, not_sure, "", texts))
        if found_labels := _labels(blocks, language):
            labels[language] = found_labels
    return tuple(translations), labels
