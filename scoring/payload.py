"""The snapshot payload: plain JSON, and all that pages, exports, the API and charts ever see.

Every number is rounded as released (half up, from exact counts). A figure that is not released is
None; `withheld` or `why` then holds its reason code, and `reason_sentence` the words.
"""

from typing import Literal, NotRequired, TypedDict

SCHEMA = 1

Tier = Literal["figures", "small", "words", "too_few", "joint"]
"""figures: 11 answers or more. small: 7 to 10. words: 5 or 6. too_few: below k, nothing is shown,
or a correction that would show a few people's answers (`withheld` says which).
joint: one sheet, agreed aloud, nothing to protect."""

Level = Literal["low", "middle", "high"]
Caution = Literal["caution", "indicative"]
Agreement = Literal["none", "weak", "moderate", "strong", "very strong"]

ChangeWord = Literal["clear rise", "clear fall", "no clear change", "too few answers to tell"]

Reason = Literal[
    "below_k",
    "corrected",
    "few_answers",
    "small_group",
    "words_only",
    "small_tier",
    "below_11",
    "few_full_sheets",
    "subtraction",
    "no_answer",
    "other_headcount",
    "no_headcount",
    "units_only",
    "other_wording",
]

REASONS: dict[Reason, str] = {
    "below_k": "Fewer people answered than the smallest group we show. "
    "Their answers were deleted unopened.",
    "corrected": "So few answers changed in this correction that new figures, beside the earlier "
    "ones, would show them.",
    "few_answers": "Fewer than 5 people scored this. We show a score from 5, so that nobody’s "
    "answer can be worked out.",
    "small_group": "Fewer than 7 people scored this, so it is shown in words.",
    "words_only": "With 5 or 6 answers we show words only.",
    "small_tier": "With 7 to 10 answers we show the means of sections, and the rest in words.",
    "below_11": "Shown only where 11 people or more scored it.",
    "few_full_sheets": "Too few full sheets to tell: fewer than 10 people scored every statement.",
    "subtraction": "Not shown, because a few people’s answers could be worked out from it. "
    "Seldom we leave a figure out by chance, so that its absence tells nothing.",
    "no_answer": "Nobody scored this.",
    "other_headcount": "Not shown in this correction: ranges for two numbers of staff would "
    "together tell too much.",
    "no_headcount": "Not available, because the number of staff is not known or too small.",
    "units_only": "Shown for single units only.",
    "other_wording": "The two audits did not ask the same, so they are not compared.",
}


def reason_sentence(reason: Reason) -> str:
    """The sentence that says why a figure is not shown."""
    return REASONS[reason]


class ScaleShown(TypedDict):
    """The ends of the scale and a label for each option, lowest first."""

    min: int
    max: int
    labels: list[str]


class EditionShown(TypedDict):
    """The wording people answered; the label is such as `adapted wording`, or empty."""

    name: str
    label: str


class ItemShown(TypedDict):
    """A statement.

    `n` counts those who scored it and `cant_say` is of all who answered (a share, 0 to 1); both are
    None outside the tier "figures", where only `cant_say_often` (above 30%) remains.
    `mean` (one decimal), `distribution` (whole percents, lowest option first) and `agreement` are
    there from 11 scores; `level` from 5. On a joint sheet `mean` is the score that was agreed.
    `withheld` is set when there is neither a mean nor a level; `why` says why there are no figures.
    """

    code: str
    text: str
    n: int | None
    mean: float | None
    level: Level | None
    distribution: list[int] | None
    agreement: Agreement | None
    cant_say: float | None
    cant_say_count: int | None
    cant_say_often: bool
    withheld: Reason | None
    why: Reason | None


class SectionWhy(TypedDict, total=False):
    """Why a figure of a section that is itself shown is not: only the figures missing."""

    mean: Reason
    interval: Reason
    sd: Reason
    agreement: Reason
    cant_say: Reason


class SectionShown(TypedDict):
    """A section, with its statements in the instrument's order.

    `n` counts people with a score by the half rule; None in the tier "words". `mean` has one
    decimal, from 7. `word` is in the instrument's own anchors ("between to some extent and to a
    moderate extent", or "to some extent" for a shown mean of exactly 2.0), and `anchors` the same
    as two indexes into the labels. `interval` and `sd` from 11; the interval is the shown mean
    plus and minus a half-width rounded up. `agreement` from 10 complete sheets (`agreement_n`).
    `cant_say` is the share of "I can't say" among all the section's statements; above 30%
    `cant_say_leads`. `withheld` is set when there is not even a word.
    """

    code: str
    title: str
    stem: str
    item_count: int
    n: int | None
    mean: float | None
    word: str | None
    anchors: list[int] | None
    interval: list[float] | None
    sd: float | None
    agreement: Agreement | None
    agreement_n: int | None
    cant_say: float | None
    cant_say_leads: bool
    relatively_low: bool
    withheld: Reason | None
    why: SectionWhy
    items: list[ItemShown]


class TotalShown(TypedDict):
    """The mean over all sections, of people with a score in each; the instrument defines none."""

    n: int | None
    mean: float | None
    withheld: Reason | None


class LeadersSection(TypedDict):
    """Each leader's score, lowest first, and their mean from three leaders on."""

    dots: list[float]
    mean: float | None


class LeadersShown(TypedDict):
    """The leaders' sheet, named by consent, by section code and by item code.

    `same_wording` lists the items whose text is the same on both sheets.
    """

    n: int
    sections: dict[str, LeadersSection]
    items: dict[str, LeadersSection]
    same_wording: list[str]


class SectionChange(TypedDict):
    """A section's change since the audit before. `before` is that audit's mean as it was shown.

    `difference` is the difference of the two shown means, and `interval` it plus and minus the
    half-width of Welch's 95% interval rounded up. `withheld` is set where there is no word.
    """

    code: str
    before: float | None
    before_interval: list[float] | None
    difference: float | None
    interval: list[float] | None
    word: ChangeWord | None
    withheld: Reason | None


class ChangeShown(TypedDict):
    """Change since the unit's audit before: `since` is its survey unit, `closed_on` its day.

    `detectable` is the difference that a section in the middle could have shown as clear. `rounds`
    are all earlier audits that ask the same throughout, oldest first: a line may join only these.
    """

    since: int
    closed_on: str
    improvement: str
    answered: int | None
    headcount: int | None
    version: str
    edition: EditionShown
    detectable: float | None
    sections: list[SectionChange]
    rounds: list[int]


class UnitsShown(TypedDict):
    """For a parent: how many of its units that were asked are in the sum."""

    released: int
    asked: int


class SnapshotPayload(TypedDict):
    """Everything that was released of one unit, or of a parent (`units` is then set, and any n may
    be None where it would tell what a unit below does not show).

    `answered` is None and `sections` is empty when the tier is "too_few". `highest`, `lowest`,
    `most_cant_say` and `furthest_apart` hold item codes, most extreme first: three, and up to five
    when the third place is shared; all are empty outside the tier "figures". `change` is there from
    a unit's second audit on.
    """

    schema: int
    tier: Tier
    withheld: Reason | None
    answered: int | None
    headcount: int | None
    k: int
    units: UnitsShown | None
    instrument: str
    version: str
    edition: EditionShown
    scale: ScaleShown
    notice: str
    caution: Caution | None
    sections: list[SectionShown]
    total: TotalShown
    highest: list[str]
    lowest: list[str]
    most_cant_say: list[str]
    leaders: LeadersShown | None
    furthest_apart: list[str]
    change: NotRequired[ChangeShown | None]
