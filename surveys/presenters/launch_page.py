"""What the launch page shows beside its form: the live sentence, the summary, what happens next."""

import csv
import io
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone

from organisations.dates import day, in_days
from organisations.models import Unit
from surveys import comments, minimum_group, wall_clock
from surveys.addresses import read_pasted
from surveys.answering_time import in_words
from surveys.forms.launch import LaunchForm
from surveys.forms.parts import boxes_of
from surveys.forms.staff_emails import field_name
from surveys.models import Contact, NamedSheet, Survey, SurveyUnit
from surveys.presenters.cautions import caution_text
from surveys.presenters.launch_plan import launch_plan
from surveys.queries.launching import Caution
from surveys.queries.wording import statement_count

# Beyond so many units a page without script does not list every unit's caution.
MANY = 15
IF_FEWER = (
    "If fewer do, the survey stays open 7 more days. If it is still fewer, the answers are "
    "deleted unopened."
)
IF_JOINT = (
    "A team of fewer than 8 is too small to stay unnamed. You open one sheet and score it "
    "together, aloud."
)


@dataclass(frozen=True, slots=True)
class Live:
    """`12 staff: 7 must answer`, and what follows if they do not."""

    head: str
    text: str
    joint: bool


def live_sentence(typed: object, k: object) -> Live | None:
    """The sentence for what stands in the box; None until it is a number of staff."""
    text = str(typed or "").strip()
    if not text.isascii() or not text.isdigit() or not 2 <= int(text) <= 2000:
        return None
    headcount = int(text)
    wanted = int(str(k)) if str(k or "").isdigit() else minimum_group.default(headcount)
    if not minimum_group.is_allowed(headcount=headcount, minimum_group=wanted):
        wanted = minimum_group.default(headcount)
    joint = minimum_group.is_joint(headcount)
    head = minimum_group.sentence(headcount=headcount, minimum_group=wanted)
    return Live(head, IF_JOINT if joint else IF_FEWER, joint)


def bands() -> list[list[Any]]:
    """The rule of `minimum_group` as ranges, for the script: from, to, the choices of k."""
    found: list[list[Any]] = []
    for headcount in range(2, 41):
        choices = list(minimum_group.choices(headcount))
        if found and found[-1][2] == choices:
            found[-1][1] = headcount
        else:
            found.append([headcount, headcount, choices])
    found[-1][1] = 2000
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in the table of several."""

    unit: Unit
    checked: bool
    staff: str
    live: Live | None
    emails: BoundField


def rows_of(form: LaunchForm) -> list[Row]:
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
                live_sentence(staff, form["minimum_group"].value()),
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
        return {int(key) for key in form["units"].value() or [] if str(key).isdigit()}
    chosen = chosen_unit(form)
    return {int(chosen)} if chosen.isdigit() else set()


def summary_of(form: LaunchForm, closes_at: datetime) -> str:
    """The folded choices in one line."""
    now = timezone.now()
    opens = "Opens now" if form["opens"].value() != "later" else "Opens later"
    names = {str(one.pk): one.name for one in form.offer.editions}
    edition = names.get(str(form["ward_edition"].value()), "")
    pasted = read_pasted(str(form["leader_emails"].value() or "")).addresses
    invited = len(_invited(form)) + len(pasted)
    leaders = f"{invited} leader{'' if invited == 1 else 's'} invited to the leaders’ sheet"
    days = [int(day) for day in form["reminders"].value() or [] if str(day).isdigit()]
    when = wall_clock.reminders(
        opens_at=now, closes_at=closes_at, days=days, zone=form.offer.zone
    ).values()
    on = [f"{one:%A} {one.day}" for one in when]
    said = " and ".join(filter(None, (", ".join(on[:-1]), *on[-1:])))
    reminders = f"reminders {said}" if on else "no reminders"
    result = form["result"].value()
    counted = "result as soon as it is counted" if result != "later" else "result later"
    wording = f"ward sheet in the {edition[:1].lower()}{edition[1:]}"
    parts = [opens, wording, leaders, reminders, counted]
    if form["comments"].value() in (comments.WHOLE, comments.PARTS):
        parts.append("staff may write comments")
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


def launch_context(form: LaunchForm, cautions: dict[int, Caution]) -> dict[str, Any]:
    """All that the template needs."""
    closes_at = closing_of(form)
    offer = form.offer
    chosen = _chosen(form)
    full = {unit for unit, caution in cautions.items() if caution.is_over}
    statements = statement_count(int(form["ward_edition"].value() or offer.editions[0].pk))
    return {
        "form": form,
        "offer": offer,
        "rows": rows_of(form) if offer.several else [],
        "chosen": chosen,
        "full": sorted(full),
        "asks_why": bool(full & chosen) or bool(form["why_now"].value()),
        "quiet": len(offer.units) > MANY,
        "cautions": [
            caution_text(
                organisation=offer.organisation,
                unit=unit,
                caution=cautions[unit.pk],
                named=len(offer.units) > 1,
            )
            for unit in offer.units
            if unit.pk in cautions
        ],
        "live": live_sentence(form["staff"].value(), form["minimum_group"].value()),
        "closes_at": closes_at,
        "closes_in": ""
        if "closes" in form.errors
        else f"{day(closes_at)}, {_from_today(closes_at, offer.today)}",
        "summary": summary_of(form, closes_at),
        "plan": launch_plan(form, closes_at),
        "brought": form.list_state,
        "more_open": form.list_state is not None
        or any(name in FOLDED or name.startswith("emails_") for name in form.errors),
        "statements": statements,
        "minutes": in_words(statements),
        "script": {
            "bands": bands(),
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


FOLDED = (
    *("minimum_group", "opens", "opens_day", "opens_time", "result", "result_day", "result_time"),
    *("talk_day", "talk_time", "ward_edition", "leaders", "leader_emails", "staff_emails"),
    *("staff_file", "reminders", "remind", "comments"),
)


def _from_today(closes_at: datetime, today: date) -> str:
    days = (closes_at.date() - today).days
    return f"{days} days from today" if days > 1 else in_days(closes_at)


def repeat_of(survey: Survey, units: list[SurveyUnit]) -> dict[str, Any]:
    """The launch page filled in from an earlier survey, but for its dates.

    Addresses that were erased meanwhile are not there.
    """
    sheets = NamedSheet.objects.filter(survey_unit__in=units, kind=NamedSheet.Kind.LEADERS)
    pasted = sorted({sheet.email for sheet in sheets if sheet.user_id is None and sheet.email})
    length = timezone.localdate(survey.closes_at) - timezone.localdate(survey.opens_at)
    initial: dict[str, Any] = {
        "initiative": str(survey.initiative_id),
        "problem": survey.problem,
        "change": survey.change,
        "closes": timezone.localdate() + timedelta(days=max(1, min(length.days, 30))),
        "ward_edition": str(survey.ward_edition_id),
        "comments": survey.comments,
        "leaders": [str(sheet.user_id) for sheet in sheets if sheet.user_id is not None],
        "leader_emails": "\n".join(pasted),
        "reminders": [str(number) for number in survey.reminder_days],
        "remind": "everyone" if survey.reminds_everyone else "",
    }
    chosen = {one.minimum_group for one in units} - {minimum_group.DEFAULT, minimum_group.JOINT}
    if chosen:
        initial["minimum_group"] = str(min(chosen))
    if len(units) == 1:
        initial |= {"unit": str(units[0].unit_id), "staff": str(units[0].headcount)}
        initial["staff_emails"] = _addresses(units).get(units[0].pk, "")
    else:
        initial["units"] = [str(one.unit_id) for one in units]
        initial["staff_by_unit"] = {str(one.unit_id): one.headcount for one in units}
        addresses = _addresses(units)
        initial |= {f"emails_{one.unit_id}": addresses.get(one.pk, "") for one in units}
    return initial


def _addresses(units: list[SurveyUnit]) -> dict[int, str]:
    """Each unit's staff list as it can be pasted: bare addresses, or rows with headings."""
    found: dict[int, list[tuple[str, ...]]] = {}
    for key, email, mobile, name, language, nights in (
        Contact.objects.filter(survey_unit__in=units)
        .order_by("email", "mobile")
        .values_list("survey_unit", "email", "mobile", "name", "language", "works_nights")
    ):
        row = (email, mobile, name, language, "yes" if nights else "")
        found.setdefault(key, []).append(row)
    return {key: _pasteable(rows) for key, rows in found.items()}


def _pasteable(rows: list[tuple[str, ...]]) -> str:
    if all(email and not any(rest) for email, *rest in rows):
        return "\n".join(email for email, *_ in rows)
    out = io.StringIO()
    lines = [("email", "mobile", "name", "language", "works nights"), *rows]
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(lines)
    return out.getvalue().strip()
