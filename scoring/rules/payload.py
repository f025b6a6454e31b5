"""The snapshot payload: plain JSON, and all that pages, exports, the API and charts ever see.

Every number is rounded as released (half up, from exact fractions). A figure that is not released
is None; `withheld` or `why` then holds its reason, and `reason_sentence` the words. Every figure
comes from the statements' columns, but for leaders' own and the sheet that a team agreed aloud.
"""

from typing import Literal, NotRequired, TypedDict

SCHEMA = 2

Tier = Literal["figures", "small", "words", "too_few", "joint"]
"""figures: 11 answers or more. small: 7 to 10, or more but too soon after another survey. words: 5
or 6. too_few: below k, nothing is shown. joint: one sheet, agreed aloud, nothing to protect."""

Level = Literal["low", "middle", "high"]
Caution = Literal["caution", "indicative"]
Agreement = Literal["people differ", "people partly agree", "people agree"]

ChangeWord = Literal[
    "clear rise", "clear fall", "no clear change", "too few answers to tell", "not told"
]

ChangeWhy = Literal["few_people", "few_statements", "wide", "under_least", "low_response"]
"""few_people: under 11 answered in one of the surveys. few_statements: too few statements count in
both. wide: even a whole point could be chance. under_least: beyond chance, but under 0.3 points.
low_response: under 4 in 10 answered in one of them."""

Reason = Literal[
    "below_k",
    "not_sent",
    "corrected",
    "words_only",
    "small_ward",
    "too_soon",
    "below_11",
    "few_answers",
    "no_answer",
    "too_few_statements",
    "short_section",
    "everybody",
    "few_bars",
    "no_headcount",
    "one_unit",
    "units_only",
    "other_wording",
]

REASONS: dict[Reason, str] = {
    "below_k": "Fewer people answered than the minimum number of answers, so there is no result. "
    "Their answers were deleted unopened.",
    "not_sent": "The survey closed before the team sent its joint form, so there is no result.",
    "corrected": "The correction changed too few answers. New figures beside the earlier ones "
    "would show them.",
    "words_only": "5 or 6 people answered. Each section has a word, and no figures.",
    "small_ward": "7 to 10 people answered. Sections have means and a word for agreement; "
    "statements are low, middle or high. Bars begin at 11 people.",
    "too_soon": "This survey closed less than 6 weeks before or after another one. To protect "
    "people who answered only one of them, statements are low, middle or high.",
    "below_11": "Fewer than 11 people scored this statement. Bars are shown from 11.",
    "few_answers": "Fewer than 5 people scored this statement, so their answers are not shown.",
    "no_answer": "Nobody scored this statement.",
    "too_few_statements": "Too many people left statements out here, so this section has no mean.",
    "short_section": "With so few statements, or so few possible answers, figures begin at 11 "
    "people.",
    "everybody": "Everybody answered, so there is no range.",
    "few_bars": "Too few statements here have bars, so there is no range and no word for "
    "agreement.",
    "no_headcount": "There is no range, because the number of staff is not known.",
    "one_unit": "Fewer than 2 units can be added up here, so there is no combined result.",
    "units_only": "Only shown for single units.",
    "other_wording": "The two surveys did not ask the same, so they are not compared.",
}


def reason_sentence(reason: Reason, *, k: int | None = None, n: int | None = None) -> str:
    """The sentence that says why a figure is not shown; exact where the numbers are given."""
    if reason == "below_k" and k is not None:
        return (
            f"Fewer than {k} people answered, so there is no result. Their answers were deleted "
            "unopened."
        )
    if reason == "below_11" and n is not None:
        return f"{n} people scored this statement. Bars are shown from 11."
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
    `distribution` (the bars: whole percents, lowest option first), `mean` (one decimal) and
    `agreement` are there from 11 scores; `level` from 5. On a joint sheet `mean` is the score that
    was agreed. `withheld` is set when there is neither a mean nor a level; `why` says why there are
    no bars. In a sum `people` scored it in the `units` that are in.
    """

    code: str
    text: str
    n: int | None
    people: int | None
    units: int | None
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
    agreement: Reason
    cant_say: Reason


class SectionShown(TypedDict):
    """A section, with its statements in the instrument's order.

    `scored` is by how many people its statements were scored, at least and at most (tier
    "figures"); `statements` how many of them are in the mean, and how many there are. `mean` is the
    average of their means, with one decimal. `word` is the short form of the instrument's own
    anchors ("some to a moderate extent", or "some extent" for a shown mean of exactly 2.0), and
    `anchors` the same as two indexes into the labels. `interval` is the shown mean plus and minus a
    half-width rounded up; it and `agreement` rest on the statements with bars. `cant_say` is the
    share of "I can't say" among all the section's statements; above 30% `cant_say_leads`.
    `withheld` is set when there is not even a word. In a sum `people` answered in its `units`.
    """

    code: str
    title: str
    stem: str
    item_count: int
    scored: list[int] | None
    statements: list[int] | None
    people: int | None
    units: int | None
    mean: float | None
    word: str | None
    anchors: list[int] | None
    interval: list[float] | None
    agreement: Agreement | None
    cant_say: float | None
    cant_say_leads: bool
    relatively_low: bool
    withheld: Reason | None
    why: SectionWhy
    items: list[ItemShown]


class LeadersSection(TypedDict):
    """Each leader's score, lowest first, and their mean from three leaders on."""

    dots: list[float]
    mean: float | None


class LeadersShown(TypedDict):
    """The leaders' sheet, named by consent, by section code and by item code.

    `n` counts sheets: each leader's own or, `together`, the one that they agreed.
    `same_wording` lists the items whose text is the same on both sheets. `in_plainer_words` has
    those that ask the ward the same in plainer words, with the text that the leaders read;
    `worded_differently` the rest of theirs, which are not the same question.
    """

    n: int
    together: bool
    sections: dict[str, LeadersSection]
    items: dict[str, LeadersSection]
    same_wording: list[str]
    in_plainer_words: dict[str, str]
    worded_differently: dict[str, str]


class SectionChange(TypedDict):
    """A section's change since the survey before.

    `before` and `now` are the two means that are compared: as shown or, where other statements
    count in the two surveys, of those with bars in both. `statements` says how many, of how many.
    `difference` is the difference of the two, `interval` it plus and minus the difference from
    which it is clear. `why` says more of the word; `withheld` is set where there is no word.
    """

    code: str
    before: float | None
    before_interval: list[float] | None
    now: float | None
    now_interval: list[float] | None
    statements: list[int] | None
    difference: float | None
    interval: list[float] | None
    word: ChangeWord | None
    why: ChangeWhy | None
    withheld: Reason | None


class ChangeShown(TypedDict):
    """Change since the unit's survey before: `since` is its survey unit, `closed_on` its day.

    `detectable` is the true change that a section in the middle would show as clear in 4 of 5
    surveys. `rounds` are all earlier surveys about the same improvement that ask the same
    throughout, oldest first: a line may join only these.
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
    """For a parent: how many of its units that were asked have a result."""

    released: int
    asked: int


class SnapshotPayload(TypedDict):
    """Everything that was released of one unit, or of a parent (`units` is then set).

    `answered` is None and `sections` is empty when the tier is "too_few", for the reason in
    `withheld`. `why` says why there are no bars at all, `kept` why a correction left the earlier
    figures as they were. `most_cant_say` and `furthest_apart` hold item codes, most extreme first:
    three, and up to five when the third place is shared; both are empty outside the tier "figures".
    `change` is there from a unit's second survey on.
    """

    schema: int
    tier: Tier
    withheld: Reason | None
    why: Reason | None
    kept: Reason | None
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
    most_cant_say: list[str]
    leaders: LeadersShown | None
    furthest_apart: list[str]
    change: NotRequired[ChangeShown | None]
