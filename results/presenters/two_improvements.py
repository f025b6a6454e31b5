"""Two surveys of one unit about two improvements: no verdict, and what may be side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from markupsafe import Markup

from results.access import Result
from results.presenters import charts
from results.presenters.context_notes import NoteView, notes_on_change
from results.presenters.sections import axis_of
from results.words.change_sentences import ANSWERS_HAVE_NO_NAMES, grown, low_shares
from results.words.phrases import capital, listed, plural, within
from scoring.models import Snapshot
from scoring.rules.payload import ChangeShown, SectionShown, SnapshotPayload
from surveys.models import SurveyUnit
from surveys.rules.between_surveys import ASK_AGAIN_AFTER


@dataclass(frozen=True)
class SurveyLine:
    """One survey's line under a section: when, about which improvement, how far in words."""

    month: str
    improvement: str
    words: str
    mark: Markup | None


@dataclass(frozen=True)
class PlaceSection:
    """A section about the place, in both surveys."""

    title: str
    lines: tuple[SurveyLine, SurveyLine]


@dataclass(frozen=True)
class TwoImprovements:
    """The page. `others` are the sections about the improvement, in a sentence."""

    earlier: SurveyUnit
    months: tuple[str, str]
    warnings: tuple[str, ...]
    lede: str
    places: tuple[PlaceSection, ...]
    others_head: str
    others: str
    title: str
    again_from: date
    notes: tuple[NoteView, ...]
    notice: str


def two_improvements(
    result: Result,
    snapshot: Snapshot,
    earlier: Snapshot,
    places: Sequence[tuple[SectionShown, SectionShown]],
) -> TwoImprovements | None:
    """Both surveys without a verdict; `places` are the sections that may be side by side."""
    payload, unit = snapshot.payload, result.survey_unit
    change = payload.get("change")
    if change is None:
        return None
    days = date.fromisoformat(change["closed_on"]), timezone.localdate(unit.closes_at)
    months = f"{days[0]:%B %Y}", f"{days[1]:%B %Y}"
    titles = change["improvement"], unit.survey.title
    beside = {now["code"] for _, now in places}
    others = [one["title"] for one in payload["sections"] if one["code"] not in beside]
    return TwoImprovements(
        earlier=earlier.survey_unit,
        months=months,
        warnings=_warnings(payload, change, months, titles, len(others)),
        lede=_lede(len(places)),
        places=tuple(
            PlaceSection(
                now["title"],
                (
                    _line(earlier.payload, before, months[0], titles[0]),
                    _line(payload, now, months[1], titles[1]),
                ),
            )
            for before, now in places
        ),
        others_head=f"The {plural(len(others), 'section')} about the improvement",
        others=capital(listed([within(title) for title in others])),
        title=unit.survey.title,
        again_from=days[1] + ASK_AGAIN_AFTER,
        notes=notes_on_change(result.notes, unit, change),
        notice=payload["notice"],
    )


def _line(
    payload: SnapshotPayload, section: SectionShown, month: str, improvement: str
) -> SurveyLine:
    words = section["word"] or ""
    mean = section["mean"]
    mark = None
    if mean is not None:
        marks = charts.SectionMarks(mean, None)
        mark = charts.section_marks(axis_of(payload), marks, title=section["title"], lanes=1)
    return SurveyLine(month, improvement, capital(words) if words else "Not shown", mark)


def _warnings(
    payload: SnapshotPayload,
    change: ChangeShown,
    months: tuple[str, str],
    titles: tuple[str, str],
    others: int,
) -> tuple[str, ...]:
    """At most four: that they are two, staff, answers, and that answers have no names."""
    all_of_them = len(payload["sections"])
    some = f"{others} of the {all_of_them}" if others < all_of_them else f"All {all_of_them}"
    verb = "asks" if others == 1 else "ask"
    about = f"“{titles[0]}” in {months[0]}, “{titles[1]}” in {months[1]}"
    if titles[0] == titles[1]:
        about = f"two with the same title, “{titles[0]}”"
    first = (
        f"The surveys asked about different improvements: {about}. {some} sections {verb} about "
        "the improvement itself, so they are not put beside each other."
    )
    further = [
        *grown(payload, change),
        *low_shares(payload, months),
        ANSWERS_HAVE_NO_NAMES,
    ]
    return (first, *further[:3])


def _lede(places: int) -> str:
    said = "There is no “rise” or “fall” here."
    if not places:
        return f"{said} No section asks about the team in the same words, so none is shown twice."
    if places == 1:
        return f"{said} 1 section asks about the team, so it is shown for both."
    return f"{said} {places} sections ask about the team, so they are shown for both."
