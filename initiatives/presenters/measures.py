"""A measure as its pages show it: a sentence, the chart, the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from initiatives.actions.measures import Typed
from initiatives.models import Commitment, Measure, Point
from initiatives.presenters.measure_chart import measure_chart
from initiatives.rules import status
from initiatives.rules.individuals_chart import Counted, read_chart
from initiatives.words.measures import lines_words, point_words, reading_words
from organisations.words.dates import day

# Before these it has not begun, so that whatever is counted is from before.
NOT_BEGUN = (status.PROPOSED, status.PLANNED)


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number in words; `is_signal`: it is one of those that show a change."""

    day: str
    number: str
    note: str
    is_signal: bool


@dataclass(frozen=True, slots=True)
class MeasureView:
    """`chart` is None before the first number; `rows` are the latest first."""

    measure: Measure
    says: str
    chart: Markup | None
    lines: str
    rows: tuple[NumberRow, ...]
    restarted: str

    @property
    def counted_since(self) -> str:
        """How often, since when."""
        if not self.rows:
            return self.measure.get_every_display()
        return f"{self.measure.get_every_display()} since {self.rows[-1].day}"


def shown_measures(
    measures: Sequence[tuple[Measure, Sequence[Point]]], here: Commitment
) -> list[MeasureView]:
    """Those of a unit that it counts now, each with its numbers. No query."""
    return [measure_view(one, points, here) for one, points in measures]


def measure_view(measure: Measure, points: Sequence[Point], commitment: Commitment) -> MeasureView:
    """The measure with its numbers in order of their days. No query."""
    is_share = bool(points) and points[0].of is not None
    numbers = [Counted(one.day, value_of(one)) for one in points]
    began_on = commitment.begins_on if has_begun(commitment) else None
    reading = read_chart(
        numbers,
        began_on=began_on,
        restarted_on=measure.restarted_on,
        most=100.0 if is_share else None,
    )
    shown = reading.signal.days if reading.signal else frozenset()
    return MeasureView(
        measure=measure,
        says=reading_words(reading, measure, has_begun=has_begun(commitment)),
        chart=measure_chart(
            numbers,
            reading,
            every=measure.every,
            began_on=began_on,
            title=measure.name,
            is_share=is_share,
            is_small=measure.is_watch,
        )
        if numbers
        else None,
        lines=lines_words(reading, measure=measure, is_share=is_share),
        rows=tuple(
            NumberRow(day(one.day), point_words(one), one.note, one.day in shown)
            for one in reversed(points)
        ),
        restarted=f"Restarted on {day(measure.restarted_on)}: {measure.restart_why}"
        if measure.restarted_on
        else "",
    )


def has_begun(commitment: Commitment) -> bool:
    """Whether it has begun on the unit, so that what is counted from now on is from after."""
    return commitment.state not in NOT_BEGUN


def value_of(point: Point) -> float:
    """How many, or how many percent."""
    value = float(point.value)
    return value if point.of is None else value / point.of * 100


def typed_rows(numbers: Sequence[Typed]) -> list[tuple[str, str]]:
    """Day and number in words, as they were read."""
    return [
        (day(one.day), point_words(Point(day=one.day, value=one.value, of=one.of)))
        for one in numbers
    ]
