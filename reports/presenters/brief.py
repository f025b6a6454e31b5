"""What documents say of the decision about a result, its priorities and actions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from debriefs.forms.debrief import CHOICES
from debriefs.presenters.plan import ActionRow, PriorityCard, Said, you_said
from debriefs.queries.debriefs import Plan
from reports.queries.beside import Followed
from reports.words import papers
from results.presenters.context_notes import NoteView
from results.presenters.decision import DecidedView
from results.presenters.now import NowView, now_view
from results.presenters.page import to_come
from results.words.decision import DECIDED
from surveys.models import SurveyUnit

# A page for a board has room for so many priorities.
MOST_ROWS = 6


@dataclass(frozen=True)
class PlanRow:
    """A priority and its first open action, or a promise of the leaders'.

    `is_alone`: the team cannot do it alone. `more` actions of it are left out.
    """

    title: str
    is_alone: bool
    what: str
    owner: str
    due: str
    state: str
    more: int


@dataclass(frozen=True)
class Brief:
    """All of it, as far as the team reads it on its own page.

    `now` is the last word, where the debriefs do not have it: it then stands in the place of
    `decided`. `to_decide` is what the team can decide while it has not, `next` is empty of what
    is over; `before` is what earlier plans leave open. `moment` is a real moment and `notes`
    all notes that debriefs agreed to show; `counts` are the team's own.
    """

    title: str
    choice: str
    now: NowView | None
    decided: DecidedView | None
    undecided: tuple[str, ...]
    to_decide: tuple[tuple[str, str], ...]
    hours: str
    counts: tuple[str, ...]
    meetings: tuple[Said, ...]
    priorities: tuple[PriorityCard, ...]
    promises: tuple[ActionRow, ...]
    rows: tuple[PlanRow, ...]
    before: tuple[str, ...]
    help_wanted: tuple[str, ...]
    moment: str
    notes: tuple[str, ...]
    next: str

    @property
    def alone(self) -> int:
        """How many priorities the team cannot do alone."""
        return sum(bool(card.help_from) for card in self.priorities)


def brief_of(unit: SurveyUnit, followed: Followed) -> Brief:
    """The same that “You said, we did” says, in the shape of a page."""
    said = you_said(followed.plan, followed.debriefs, followed.decision, unit)
    decision = followed.decision if said and said.decision else None
    debrief_at, now = to_come(unit.survey.debrief_at), followed.now
    last = now_view(now)
    is_over = now is not None and now.is_over
    is_decided = decision is not None or (now is not None and now.decision is not None)
    notes = [note for meeting in (said.meetings if said else ()) for note in meeting.notes]
    priorities = tuple(
        replace(card, actions=tuple(_undated(one) for one in card.actions))
        for card in (said.priorities if said else ())
    )
    promises = tuple(_undated(one) for one in (said.promises if said else ()))
    return Brief(
        title=papers.headline(unit, decision, debrief_at)
        if last is None
        else papers.headline_of(unit, last.heading),
        choice=DECIDED[type(decision).Choice(decision.choice)] if decision else "",
        now=last,
        decided=said.decision if said else None,
        undecided=said.undecided if said and not is_over else (),
        to_decide=()
        if is_decided or is_over
        else tuple(_choice(str(words)) for _, words in CHOICES),
        hours=papers.hours_in_words(followed.hours),
        counts=tuple(one.count for one in said.meetings if one.count) if said else (),
        meetings=said.meetings if said else (),
        priorities=priorities,
        promises=promises,
        rows=(*map(_row, priorities), *map(_promise, promises)),
        before=tuple(one.words for one in said.before) if said else (),
        help_wanted=_help_wanted(followed.plan, priorities),
        moment=next((note.text for note in notes if note.step == "moment"), ""),
        notes=tuple(note.text for note in notes),
        next="" if is_over else papers.what_is_next(unit, debrief_at, is_decided=is_decided),
    )


def fingerprint(brief: Brief, notes: Sequence[NoteView]) -> str:
    """The same as long as a document that was created would say the same again."""
    said = (brief, tuple(notes))
    return sha256(repr(said).encode()).hexdigest()


def _choice(words: str) -> tuple[str, str]:
    choice, meaning = words.split(". ", 1)
    return choice, meaning


def _undated(action: ActionRow) -> ActionRow:
    """Without “in 4 days”: a document is read on another day."""
    return replace(action, since="")


def _row(card: PriorityCard) -> PlanRow:
    first = next((one for one in card.actions if one.is_open), None)
    shown = first or next(iter(reversed(card.actions)), None)
    if shown is None:
        return PlanRow(card.title, bool(card.help_from), "No action yet", "", "", "", 0)
    return PlanRow(
        *(card.title, bool(card.help_from), shown.what, shown.owner, shown.due, shown.state),
        len(card.actions) - 1,
    )


def _promise(action: ActionRow) -> PlanRow:
    return PlanRow(
        "Our leaders promise", False, action.what, action.owner, action.due, action.state, 0
    )


def _help_wanted(plan: Plan, cards: Sequence[PriorityCard]) -> tuple[str, ...]:
    asked = {card.pk for card in cards if card.help_from}
    return tuple(
        papers.help_wanted(one.title, one.help_from) for one in plan.priorities if one.pk in asked
    )
