"""What the launch page shows beside its form: the live sentence, the summary, what happens next.

Over 300 lines: all of it is about one form, and the script is told the same.
"""

import csv
import io
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone

from fieldwork.actions.launch import MOST_STAFF
from fieldwork.forms.date_fields import boxes_of
from fieldwork.forms.launch import LaunchForm
from fieldwork.presenters.cautions import caution_texts
from fieldwork.presenters.planned_messages import planned_messages, reminder_days_of
from fieldwork.queries.launching import Caution
from fieldwork.queries.repeating import Repeated
from instruments.rules.answering_time import in_words
from organisations.models import Unit
from organisations.rules import typed
from organisations.words.dates import day, in_days
from surveys.exchange.addresses import read_pasted
from surveys.forms.staff_emails import field_name
from surveys.rules import comments, minimum_group, odds, wall_clock

# Beyond so many units a page without script does not list every unit's caution.
MANY = 15
IF_FEWER = (
    "If fewer people answer, we keep the survey open for 7 more days. If it is still too "
    "few, we delete the answers unopened."
)
IF_JOINT = (
    "In a team of fewer than 8, people could be recognised. Fill in one form together, out loud."
)


@dataclass(frozen=True, slots=True)
class Live:
    """`12 staff: at least 7 must answer`, how likely that is, and what follows if they do not."""

    head: str
    odds: str
    text: str
    joint: bool


def live_sentence(staff: object, k: object, share: Fraction | None) -> Live | None:
    """The sentence for what stands in the box; None until it is a number of staff."""
    headcount = typed.whole_number(str(staff or ""))
    if headcount is None or not 2 <= headcount <= MOST_STAFF:
        return None
    wanted = typed.whole_number(str(k or "")) or minimum_group.default(headcount)
    if not minimum_group.is_allowed(headcount=headcount, minimum_group=wanted):
        wanted = minimum_group.default(headcount)
    joint = minimum_group.is_joint(headcount)
    head = minimum_group.sentence(headcount=headcount, minimum_group=wanted)
    if joint:
        return Live(head, "", IF_JOINT, joint)
    likely = odds.sentence(headcount=headcount, minimum_group=wanted, share=share)
    return Live(head, likely, IF_FEWER, joint)


def odds_by_minimum(share: Fraction | None) -> dict[int, list[tuple[int, str]]]:
    """For the script: by k, the sentence about the odds from which headcount on."""
    first = {k: headcount for headcount, _, ks in reversed(bands()) for k in ks}
    return {
        k: odds.steps(minimum_group=k, share=share, smallest=headcount, largest=MOST_STAFF)
        for k, headcount in first.items()
        if k != minimum_group.JOINT
    }


def bands() -> list[tuple[int, int, list[int]]]:
    """The rule of `minimum_group` as ranges, for the script: from, to, the choices of k."""
    found: list[tuple[int, int, list[int]]] = []
    for headcount in range(2, 41):
        choices = list(minimum_group.choices(headcount))
        if found and found[-1][2] == choices:
            found[-1] = (found[-1][0], headcount, choices)
        else:
            found.append((headcount, headcount, choices))
    first, _, choices = found[-1]
    return [*found[:-1], (first, MOST_STAFF, choices)]


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in the table of several."""

    unit: Unit
    checked: bool
    staff: str
    live: Live | None
    emails: BoundField


def rows_of(form: LaunchForm, share: Fraction | None) -> list[Row]:
    """The table of units and staff, as typed or as the units' posts say."""
    ticked = {str(value) for value in form["units"].value() or []}
    given: dict[str, object] = form.initial.get("staff_by_unit", {})
    rows = []
    for unit in form.offer.units:
        key = str(unit.pk)
        if form.is_bound:
            staff = str(form.data.get(f"staff_{key}", ""))
        else:
            staff = str(given.get(key) or unit.posts or "")
        rows.append(
            Row(
                unit,
                key in ticked,
                staff,
                live_sentence(staff, form["minimum_group"].value(), share),
                form[field_name(unit)],
            )
        )
    return rows


def closing_of(form: LaunchForm) -> datetime:
    """The closing time in the boxes, or the usual one while they hold no date."""
    closes = form.initial["closes"]
    if "closes" not in form.errors:
        with suppress(ValidationError):
            closes = form.fields["closes"].clean(boxes_of(form["closes"].value()))
    return wall_clock.at(closes, wall_clock.MORNING, form.offer.zone)


def chosen_unit(form: LaunchForm) -> str:
    """The id of the unit that the page is about, empty where none is chosen yet."""
    if form.offer.several:
        return ""
    if len(form.offer.units) == 1:
        return str(form.offer.units[0].pk)
    return str(form["unit"].value() or "")


def _chosen(form: LaunchForm) -> set[int]:
    """The units whose cautions are shown."""
    if form.offer.several:
        chosen = [str(key) for key in form["units"].value() or []]
    else:
        chosen = [chosen_unit(form)]
    return {key for key in map(typed.key, chosen) if key is not None}


def summary_of(form: LaunchForm, closes_at: datetime) -> str:
    """The folded choices in one line."""
    now = timezone.now()
    opens = "Opens now" if form["opens"].value() != "later" else "Opens later"
    names = {str(one.pk): one.name for one in form.offer.editions}
    edition = names.get(str(form["ward_edition"].value()), "")
    pasted = read_pasted(str(form["leader_emails"].value() or "")).addresses
    invited = len(_invited(form)) + len(pasted)
    leaders = f"{invited} leader{'' if invited == 1 else 's'} invited to the leaders’ form"
    if invited > 1 and form["leaders_form"].value() == "together":
        leaders = f"{invited} leaders invited to agree one leaders’ form"
    days = reminder_days_of(form)
    when = wall_clock.reminders(
        opens_at=now, closes_at=closes_at, days=days, zone=form.offer.zone
    ).values()
    on = [f"{one:%A} {one.day}" for one in when]
    said = " and ".join(filter(None, (", ".join(on[:-1]), *on[-1:])))
    reminders = f"reminders {said}" if on else "no reminders"
    result = form["result"].value()
    counted = "result as soon as the answers are counted" if result != "later" else "result later"
    wording = f"staff form in the {edition[:1].lower()}{edition[1:]}"
    parts = [opens, wording, leaders, reminders, counted]
    if form["comments"].value() in (comments.WHOLE, comments.PARTS):
        parts.append("staff can add comments")
    return " · ".join(parts)


def _invited(form: LaunchForm) -> list[str]:
    ticked = {str(value) for value in form["leaders"].value() or []}
    chosen = chosen_unit(form)
    paths = [unit.path for unit in form.offer.units if str(unit.pk) == chosen]
    return [
        str(one.user.pk)
        for one in form.offer.candidates
        if str(one.user.pk) in ticked
        and (not paths or any(path.startswith(one.path) for path in paths))
    ]


def launch_context(
    form: LaunchForm,
    cautions: dict[int, Caution],
    *,
    statements: int,
    share: Fraction | None,
) -> dict[str, object]:
    """All that the template needs; the chosen wording asks so many statements. `share` of staff
    answered the organisation's past surveys, if there were enough.
    """
    closes_at = closing_of(form)
    offer = form.offer
    chosen = _chosen(form)
    full = {unit for unit, caution in cautions.items() if caution.is_over}
    return {
        "form": form,
        "offer": offer,
        "rows": rows_of(form, share) if offer.several else [],
        **cautions_shown(form, cautions, closes_at),
        "full": sorted(full),
        "asks_why": bool(full & chosen) or bool(form["why_now"].value()),
        "live": live_sentence(form["staff"].value(), form["minimum_group"].value(), share),
        "closes_at": closes_at,
        "closes_in": ""
        if "closes" in form.errors
        else f"{day(closes_at)}, {_from_today(closes_at, offer.today)}",
        "summary": summary_of(form, closes_at),
        "plan": planned_messages(form, closes_at),
        "upload": form.list_state,
        "more_open": form.list_state is not None
        or any(name in FOLDED or name.startswith("emails_") for name in form.errors),
        "statements": statements,
        "minutes": in_words(statements),
        "script": {
            "bands": bands(),
            "odds": odds_by_minimum(share),
            "today": offer.today.isoformat(),
            "ifFewer": IF_FEWER,
            "ifJoint": IF_JOINT,
            "units": {unit.pk: {"posts": unit.posts, "path": unit.path} for unit in offer.units},
            "leaders": {one.user.pk: one.path for one in offer.candidates},
            "initiatives": {
                one.pk: {"title": one.title, "problem": one.problem, "change": one.change}
                for one in offer.initiatives
            },
            "editions": {one.pk: one.name for one in offer.editions},
        },
    }


def cautions_shown(
    form: LaunchForm, cautions: dict[int, Caution], closes_at: datetime
) -> dict[str, object]:
    """What the boxes above the form say for this closing time, and which are open."""
    return {
        "cautions": caution_texts(form.offer.organisation, form.offer.units, cautions, closes_at),
        "chosen": _chosen(form),
        "quiet": len(form.offer.units) > MANY,
    }


FOLDED = (
    *("minimum_group", "opens", "opens_day", "opens_time", "result", "result_day", "result_time"),
    *("talk_day", "talk_time", "ward_edition", "leaders", "leader_emails", "leaders_form"),
    *("staff_emails", "staff_file", "reminders", "remind", "comments"),
)


def _from_today(closes_at: datetime, today: date) -> str:
    days = (closes_at.date() - today).days
    return f"{days} days from today" if days > 1 else in_days(closes_at)


def repeat_of(repeated: Repeated) -> dict[str, object]:
    """The launch page filled in from an earlier survey, but for its dates.

    Addresses that were erased meanwhile are not there.
    """
    survey, units = repeated.survey, repeated.units
    length = timezone.localdate(survey.closes_at) - timezone.localdate(survey.opens_at)
    initial: dict[str, object] = {
        "initiative": str(survey.initiative_id),
        "title": survey.title,
        "problem": survey.problem,
        "change": survey.change,
        "closes": timezone.localdate() + timedelta(days=max(1, min(length.days, 30))),
        "ward_edition": str(survey.ward_edition_id),
        "comments": survey.comments,
        "leaders": [str(user_id) for user_id in repeated.leaders],
        "leader_emails": "\n".join(repeated.leader_emails),
        "leaders_form": "together" if any(one.leaders_together for one in units) else "",
        "reminders": [str(number) for number in survey.reminder_days],
        "remind": "everyone" if survey.reminds_everyone else "",
    }
    chosen = {one.minimum_group for one in units} - {minimum_group.DEFAULT, minimum_group.JOINT}
    if chosen:
        initial["minimum_group"] = str(min(chosen))
    lists = {unit: _pasteable(rows) for unit, rows in repeated.staff.items()}
    if len(units) == 1:
        initial |= {"unit": str(units[0].unit_id), "staff": str(units[0].headcount)}
        initial["staff_emails"] = lists.get(units[0].pk, "")
    else:
        initial["units"] = [str(one.unit_id) for one in units]
        initial["staff_by_unit"] = {str(one.unit_id): one.headcount for one in units}
        initial |= {f"emails_{one.unit_id}": lists.get(one.pk, "") for one in units}
    return initial


def _pasteable(rows: list[tuple[str, ...]]) -> str:
    """A staff list as it can be pasted: bare addresses, or rows with headings."""
    if all(email and not any(rest) for email, *rest in rows):
        return "\n".join(email for email, *_ in rows)
    out = io.StringIO()
    lines = [("email", "mobile", "name", "language", "works nights"), *rows]
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(lines)
    return out.getvalue().strip()
