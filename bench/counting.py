"""What pages of actions, requests, measures, checks and ideas cost: 20,000 actions, 100,000
numbers; and Home of each role.
"""

import io
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench.installed import installed

UNITS, IMPROVEMENTS = 500, 2000
ACTIONS, POINTS, TESTS, CHECKS, IDEAS = 10, 50, 2, 5, 10
# How requests stand: two wait, one of them past its day; one was answered, one returned.
STANDING = ("waiting", "late", "yes", "not_ours")


# One team's plan, one measure of ten years, and its ideas.
PLANNED, YEARS = 60, 10


@dataclass(frozen=True, slots=True)
class Pages:
    """Addresses with the cookie of who opens them, by the name of their figures."""

    paths: list[str]
    cookie: str


# What `against` measures in turns.
IN_TURNS = (
    "home",
    "reviewers_home",
    "administrators_home",
    "every_roles_home",
    "actions",
    "requests",
)


def measure() -> dict[str, float]:
    """Statements and CPU of each page."""
    with installed():
        return _costs(_seeded())


def against(revision: str) -> dict[str, float]:
    """What Home and two lists cost in a commit and in this tree, measured in turns."""
    from bench.paired import paired

    return paired(
        revision, f"{Path(__file__).read_text(encoding='utf-8')}\n\n{_in_turns.__name__}()\n"
    )


def _in_turns() -> None:
    import json
    import sys

    with installed():
        pages = {name: one for name, one in _seeded().items() if name in IN_TURNS}
        print("ready", flush=True)
        for _ in sys.stdin:
            print(json.dumps(_costs(pages)), flush=True)


def _costs(pages: dict[str, Pages]) -> dict[str, float]:
    from bench.pages import cost_of

    figures: dict[str, float] = {}
    for name, one in pages.items():
        figures[f"{name}_sql"], figures[f"{name}_cpu_ms"] = cost_of(one.paths, cookie=one.cookie)
    return figures


def _seeded() -> dict[str, Pages]:
    """Each improvement runs on one unit, with so many actions, numbers, small tests and answers,
    and a request of each standing; each unit has so many ideas, every other one answered. Pages
    are those of a lead of the whole organisation, if their name does not say another's.
    """
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_instrument", stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)

    from django.db import connection
    from django.utils import timezone

    from bench.made_up import organisation_of
    from bench.pages import lead_of
    from initiatives.models import (
        Action,
        CheckAnswer,
        Commitment,
        DepartmentRequest,
        Idea,
        Initiative,
        Measure,
        Point,
        SmallTest,
    )
    from organisations.models import Membership, Role, User
    from organisations.rules.personal_links import token_hash
    from surveys.models import SurveyUnit

    organisation = organisation_of(units=UNITS, sheets_a_unit=0)
    by, today = User.objects.earliest("pk"), timezone.localdate()
    units = list(organisation.units.filter(children=None))
    results = dict(SurveyUnit.objects.values_list("unit", "pk"))
    added = Initiative.objects.bulk_create(
        Initiative(
            organisation=organisation, title=f"Improvement {number:04}", problem="P.",
            change="C.", state="active", added_by=by,
        )
        for number in range(IMPROVEMENTS)
    )  # fmt: skip
    on = [(one, units[number % UNITS]) for number, one in enumerate(added)]
    Commitment.objects.bulk_create(
        Commitment(
            initiative=one, unit=unit, state="active", hours_a_week=1,
            begins_on=today - timedelta(weeks=30),
        )
        for one, unit in on
    )  # fmt: skip
    days = [timedelta(days=13 * number - 90) for number in range(ACTIONS)]
    Action.objects.bulk_create(
        (
            Action(
                initiative=one, unit=unit, result=results[unit.pk], is_promise=True,
                what=f"Action {number}", owner="Ward clerk", due_on=today + day,
                first_due_on=today + day, added_by=by,
                state="done" if number % 2 else "planned", outcome="It hangs.",
                closed_on=today + day if number % 2 else None,
            )
            for one, unit in on
            for number, day in enumerate(days)
        ),
        batch_size=2000,
    )  # fmt: skip
    requests = [
        DepartmentRequest(
            initiative=one, unit=unit, whom="Estates", email="estates@made-up.example",
            seed=f"{one.pk}-{standing}", needs=f"Lamp {standing}", asked_by=by,
            answer_by=today + timedelta(days=9 if standing == "waiting" else -9),
            answer="" if standing in STANDING[:2] else standing,
            answered_at=None if standing in STANDING[:2] else timezone.now(),
            promised_on=today - timedelta(days=2) if standing == "yes" else None,
        )
        for one, unit in on
        for standing in STANDING
    ]  # fmt: skip
    for request in requests:
        request.token_hash = token_hash(request.link_token)
    DepartmentRequest.objects.bulk_create(requests, batch_size=2000)
    measures = Measure.objects.bulk_create(
        Measure(initiative=one, unit=unit, name="Falls", every="week", better="less", added_by=by)
        for one, unit in on
    )
    Point.objects.bulk_create(
        (
            Point(measure=one, day=today - timedelta(weeks=week), value=(week * 7) % 9)
            for one in measures
            for week in range(POINTS)
        ),
        batch_size=5000,
    )
    SmallTest.objects.bulk_create(
        SmallTest(
            initiative=one, unit=unit, number=number, what="A sign", expects="Fewer",
            until=today + timedelta(days=9), added_by=by,
        )
        for one, unit in on
        for number in range(TESTS)
    )  # fmt: skip
    CheckAnswer.objects.bulk_create(
        CheckAnswer(initiative=one, number=number + 1, answer="So.", answered_by=by)
        for one in added
        for number in range(CHECKS)
    )
    Idea.objects.bulk_create(
        Idea(
            unit=unit, words=f"Idea {number}", shown_on=today,
            answer="have" if number % 2 else "", answer_words="There is one.",
            answered_on=today if number % 2 else None,
        )
        for unit in units
        for number in range(IDEAS)
    )  # fmt: skip
    team = _team()
    # As the database does by itself within a minute of so many new rows.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    home = f"/o/{organisation.slug}"
    first = [f"{home}/initiatives/{one.pk}/" for one in added[:5]]
    here = [f"{home}/initiatives/{one.pk}/units/{unit.pk}/" for one, unit in on[:5]]
    idea = Idea.objects.filter(answer="").earliest("pk")
    of_lead = {
        "actions": [f"{home}/actions/"],
        "actions_missed": [f"{home}/actions/?show=missed"],
        "actions_closed": [f"{home}/actions/?show=closed"],
        "on_unit": here,
        "add_number": [f"{here[0]}measures/{measures[0].pk}/add"],
        "small_test": [f"{one}tests/add" for one in here],
        "checks": [f"{one}checks/" for one in first],
        "check": [f"{one}checks/2" for one in first],
        "ideas": [f"{home}/ideas/"],
        "idea": [f"{home}/ideas/{idea.pk}"],
        "ideas_close": [f"{home}/ideas/close"],
        "requests": [f"{home}/requests/"],
        "request": [f"{home}/requests/{one.pk}" for one in requests[:5]],
        "register": [f"{home}/initiatives/"],
        "home": [f"{home}/"],
    }
    lead, reviewer = lead_of(organisation), lead_of(organisation, Role.REVIEWER)
    pages = {name: Pages(paths, lead) for name, paths in of_lead.items()}
    pages |= {
        "ask": Pages([f"/ask/{one.link_token}" for one in requests[:5]], ""),
        "reviewers_home": Pages([f"{home}/"], reviewer),
        "reviews": Pages([f"{home}/reviews/"], reviewer),
        "administrators_home": Pages([f"{home}/"], lead_of(organisation, Role.ADMINISTRATOR)),
        "every_roles_home": Pages([f"{home}/"], lead_of(organisation, Role.EDITOR)),
    }
    everybody = User.objects.latest("pk")
    for role in set(Role) - {Role.EDITOR}:
        Membership.objects.create(user=everybody, organisation=organisation, role=role)
    return pages | team


def _team() -> dict[str, Pages]:
    """One team whose result is out and discussed: its plan, its measure, “You said, we did”."""
    from django.utils import timezone

    from bench.made_up import organisation_of
    from bench.pages import lead_of
    from debriefs.models import Debrief
    from initiatives.models import Action, Commitment, Idea, Measure, Point, Priority
    from organisations.models import User
    from scoring.actions.publish import publish_result
    from surveys.models import SurveyUnit

    organisation = organisation_of(units=1, sheets_a_unit=14)
    by, today, now = User.objects.earliest("pk"), timezone.localdate(), timezone.now()
    result = SurveyUnit.objects.select_related("survey", "unit").latest("pk")
    publish_result(survey_unit=result)
    month = now - timedelta(days=30)
    SurveyUnit.objects.filter(pk=result.pk).update(published_at=month, debriefed_at=month)
    Debrief.objects.create(
        survey_unit=result, name="Team", started_by=by, choice="go_ahead", ended_at=month
    )
    here = {"initiative": result.survey.initiative, "unit": result.unit}
    Commitment.objects.create(state="active", hours_a_week=1, begins_on=month.date(), **here)
    priority = Priority.objects.create(result=result.pk, title="Lamps", chosen_at=month, **here)
    Action.objects.bulk_create(
        Action(
            priority=priority, result=result.pk, what=f"Action {number}", owner="Ward clerk",
            due_on=today + timedelta(days=number - 30), added_by=by,
            first_due_on=today + timedelta(days=number - 30),
            state=Action.State.DONE if number % 2 else Action.State.PLANNED, outcome="It hangs.",
            closed_on=today if number % 2 else None, **here,
        )
        for number in range(PLANNED)
    )  # fmt: skip
    measure = Measure.objects.create(name="Falls", every="week", better="less", added_by=by, **here)
    Point.objects.bulk_create(
        Point(measure=measure, day=today - timedelta(weeks=week), value=(week * 7) % 9)
        for week in range(52 * YEARS)
    )
    Idea.objects.bulk_create(
        Idea(
            unit=result.unit, words=f"Idea {number}", shown_on=month.date(), answer="have",
            answer_words="There is one.", answered_on=today,
        )
        for number in range(20)
    )  # fmt: skip
    home, lead = f"/o/{organisation.slug}", lead_of(organisation)
    on = f"{home}/initiatives/{result.survey.initiative_id}/units/{result.unit_id}/"
    return {
        "plan": Pages([f"{home}/results/{result.pk}/plan/"], lead),
        "ten_years": Pages([on], lead),
        "said": Pages([f"/w/{result.ward_page_code}/you-said-we-did"], ""),
    }
