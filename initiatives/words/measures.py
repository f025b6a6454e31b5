"""What the chart of a measure says, and how its numbers are written."""

from initiatives.models import Measure, Point
from initiatives.rules.individuals_chart import BEFORE, Reading
from organisations.words.dates import day

PERIODS = {Measure.Every.WEEK: "weeks", Measure.Every.MONTH: "months"}
NO_NUMBERS = "No numbers yet."
COUNT_BEFORE = " Count for at least 2 weeks before the improvement starts."
NONE_SINCE = "No numbers since the chart was restarted."
BY_CHANCE = (
    "By chance alone, about 1 chart in 10 shows a change like this in its first 3 months of "
    "weekly numbers."
)


def number_words(value: float, *, is_share: bool = False) -> str:
    """`12`, `12.1`, `1,200`; `75%` for a share."""
    text = f"{value:,.1f}".removesuffix(".0")
    return f"{text}%" if is_share else text


def axis_words(value: float, *, is_share: bool = False) -> str:
    """The same, short enough to stand beside a chart on a phone: `12.5k`, `3m`."""
    for size, mark in ((1_000_000, "m"), (1_000, "k")):
        if abs(value) >= 10 * size or (mark == "m" and abs(value) >= size):
            return f"{value / size:.1f}".removesuffix(".0") + mark
    return number_words(value, is_share=is_share)


def point_words(point: Point) -> str:
    """`9`, or `9 of 12 (75%)`."""
    if point.of is None:
        return _plain(point)
    share = number_words(float(point.value) / point.of * 100, is_share=True)
    return f"{_plain(point)} of {point.of} ({share})"


def saved_words(instead_of: Point | None) -> str:
    """What is said when a number is saved, with the one of that day that it replaced."""
    if instead_of is None:
        return "Number saved"
    return f"Number saved. It replaces {point_words(instead_of)} for {day(instead_of.day)}."


def _plain(point: Point) -> str:
    return f"{point.value.normalize():f}"


def reading_words(reading: Reading, measure: Measure, *, has_begun: bool) -> str:
    """One sentence about what the chart shows, before its lines are explained.

    `has_begun`: the improvement has, so that nobody can count before it any more.
    """
    periods = PERIODS[Measure.Every(measure.every)]
    if reading.middle is None:
        if measure.restarted_on is not None:
            return NONE_SINCE
        return NO_NUMBERS if has_begun else NO_NUMBERS + COUNT_BEFORE
    if reading.usual is None:
        return _too_few(reading, periods)
    signal = reading.signal
    if signal is None:
        return "No clear change yet."
    where = "above" if signal.is_above else "below"
    if signal.is_above is None:
        return (
            f"Something has changed since {day(signal.since)}: {signal.outside} of the last 12 "
            f"{periods} are outside the usual range, some above it and some below. "
            "The chart cannot say why it changed."
        )
    if signal.in_a_row:
        shown = f"{signal.in_a_row} {periods} in a row are {where} the usual mean"
    else:
        shown = f"{signal.outside} of the last 12 {periods} are outside the usual range"
    hoped = (measure.better == Measure.Better.MORE) == signal.is_above
    way = "This is the way you hoped for." if hoped else "This is not the way you hoped for."
    return (
        f"Something has changed since {day(signal.since)}: {shown}. {way} "
        "The chart cannot say why it changed."
    )


def _too_few(reading: Reading, periods: str) -> str:
    if reading.is_from_first:
        return f"Too few {periods} counted to see a change ({reading.before} of {BEFORE})."
    return (
        f"Too few {periods} from before it started to see a change ({reading.before} of {BEFORE})."
    )


def lines_words(reading: Reading, *, measure: Measure, is_share: bool) -> str:
    """What the lines are, for who sees the chart and who does not."""
    usual = reading.usual
    if usual is None:
        if reading.middle is None:
            return ""
        middle = number_words(reading.middle, is_share=is_share)
        return f"Dashed line: the median, {middle}."
    periods = PERIODS[Measure.Every(measure.every)]
    mean, low, high = (
        number_words(value, is_share=is_share) for value in (usual.mean, usual.low, usual.high)
    )
    if measure.restarted_on is not None:
        which = f"the first {BEFORE} {periods} from {day(measure.restarted_on)}"
    elif reading.is_from_first:
        which = f"the first {BEFORE} {periods}, as nothing was counted before it started"
    else:
        which = f"the {reading.before} {periods} before it started"
    return (
        f"Solid line: the mean, {mean}. Dashed lines: the usual range, {low} to {high}. "
        f"Both are from {which}. {BY_CHANCE}"
    )
