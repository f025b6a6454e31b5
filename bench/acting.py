"""What the register, the staff hours and the reviews cost at 2,000 improvements on 500 units."""

import io
from datetime import date

from bench.installed import installed

UNITS, IMPROVEMENTS = 500, 2000
STATES = ("active", "proposed", "planned", "on_hold", "finished")


def measure() -> dict[str, float]:
    """Statements and CPU of the pages, as a lead or a reviewer of the whole organisation opens
    them. Of what runs, every fourth is due for a review; at last (`_all_due`) all 1,600.
    """
    with installed():
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("load_instrument", stdout=io.StringIO())
        call_command("collectstatic", interactive=False, verbosity=0)

        from django.db import connection

        from bench.made_up import organisation_of
        from bench.pages import cost_of, lead_of
        from initiatives.models import Commitment, Initiative
        from organisations.models import Role, User

        organisation = organisation_of(units=UNITS, sheets_a_unit=0)
        by = User.objects.earliest("pk")
        units = list(organisation.units.filter(children=None))
        added = Initiative.objects.bulk_create(
            Initiative(
                organisation=organisation, title=f"Improvement {number:04}", problem="P.",
                change="C.", state=STATES[number % 5], added_by=by,
                review_on=date(2026, 11, 2) if number % 4 == 0 else date(2031, 1, 6),
            )
            for number in range(IMPROVEMENTS)
        )  # fmt: skip
        Commitment.objects.bulk_create(
            Commitment(
                initiative=one, unit=units[number % UNITS], state=one.state,
                hours_a_week=None if number % 7 == 0 else number % 6,
                begins_on=date(2027, 1, 11),
            )
            for number, one in enumerate(added)
        )  # fmt: skip
        # As the database does by itself within a minute of so many new rows.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        cookie = lead_of(organisation)
        home = f"/o/{organisation.slug}"
        figures: dict[str, float] = {}
        for name, paths in {
            "register": [f"{home}/initiatives/"],
            "improvement": [f"{home}/initiatives/{one.pk}/" for one in added[:5]],
            "staff_hours": [f"{home}/load/"],
            "add": [f"{home}/initiatives/add"],
        }.items():
            figures[f"{name}_sql"], figures[f"{name}_cpu_ms"] = cost_of(paths, cookie=cookie)
        cookie = lead_of(organisation, Role.REVIEWER)
        for name, paths in {
            "reviews": [f"{home}/reviews/"],
            "review": [f"{home}/initiatives/{one.pk}/review" for one in added[:3]],
            "reviewers_home": [f"{home}/"],
        }.items():
            figures[f"{name}_sql"], figures[f"{name}_cpu_ms"] = cost_of(paths, cookie=cookie)
        Initiative.objects.update(review_on=date(2026, 11, 2))
        for name, path in {"reviews": f"{home}/reviews/", "reviewers_home": f"{home}/"}.items():
            sql, cpu = cost_of([path], cookie=cookie)
            figures |= {f"{name}_all_due_sql": sql, f"{name}_all_due_cpu_ms": cpu}
    return figures
