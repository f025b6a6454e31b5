"""What results cost where people read them: a unit's page, 500 units, a PDF, a table."""

import io
import time

from bench.installed import installed

UNITS, SHEETS = 500, 14
TABLE_ROWS = 100_000

# Each page of a lead and the team's own, of 20 wards whose results are out.
PAGES_IN_TURNS = """
import io, json, sys
from bench.installed import installed

with installed():
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_instrument", stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)

    from bench.made_up import organisation_of
    from bench.pages import cost_of, lead_of
    from scoring.actions.publish import publish_result
    from surveys.models import SurveyUnit

    organisation = organisation_of(units=20, sheets_a_unit=14)
    units = list(SurveyUnit.objects.filter(survey__organisation=organisation))
    for unit in units:
        publish_result(survey_unit=unit)
    home, some, cookie = f"/o/{organisation.slug}", units[:5], lead_of(organisation)
    pages = {
        "unit": [f"{home}/results/{unit.pk}/" for unit in some],
        "section": [f"{home}/results/{unit.pk}/sections/RES" for unit in some],
        "team": [f"/w/{unit.ward_page_code}" for unit in some],
        "list": [f"{home}/results/"],
        "organisation": [f"{home}/overview/"],
    }
    print("ready", flush=True)
    for line in sys.stdin:
        figures = {}
        for name, paths in pages.items():
            sql, spent = cost_of(paths, cookie="" if name == "team" else cookie)
            figures |= {f"dashboard.{name}_sql": sql, f"dashboard.{name}_cpu_ms": spent}
        print(json.dumps(figures), flush=True)
"""


def against(revision: str) -> dict[str, float]:
    """What pages cost in a commit and in this tree, measured in turns."""
    from bench.paired import paired

    return paired(revision, PAGES_IN_TURNS)


def measure() -> dict[str, float]:
    """All figures, on one organisation of 500 wards whose results are all out."""
    with installed():
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("load_instrument", stdout=io.StringIO())
        call_command("collectstatic", interactive=False, verbosity=0)

        from bench.made_up import organisation_of
        from bench.pages import cost_of, lead_of
        from reports.presenters.csv_table import csv_lines
        from reports.presenters.pdf import full_pdf
        from reports.presenters.source import source_of
        from reports.queries.beside import beside
        from scoring.actions.publish import publish_result
        from scoring.models import Snapshot
        from surveys.models import SurveyUnit

        organisation = organisation_of(units=UNITS, sheets_a_unit=SHEETS)
        units = SurveyUnit.objects.filter(survey__organisation=organisation)
        for unit in units:
            publish_result(survey_unit=unit)
        cookie = lead_of(organisation)
        home = f"/o/{organisation.slug}"
        some = [f"{home}/results/{unit.pk}/" for unit in units[:5]]
        unit_sql, unit_ms = cost_of(some, cookie=cookie)
        all_sql, all_ms = cost_of([f"{home}/overview/"], cookie=cookie)

        related = ("survey_unit__survey__organisation", "survey_unit__survey__leaders_edition")
        snapshots = Snapshot.objects.select_related(*related)
        sources = [source_of(one, beside(one.survey_unit)) for one in snapshots]
        began = time.process_time()
        full_pdf(sources[0])
        pdf = time.process_time() - began

        rows, size = 0, 0
        began = time.process_time()
        while rows < TABLE_ROWS:
            for text in csv_lines(iter(sources)):
                rows += text.count("\r\n")
                size += len(text.encode())
                if rows >= TABLE_ROWS:
                    break
        table = time.process_time() - began
    return {
        "dashboard.unit_sql": unit_sql,
        "dashboard.unit_cpu_ms": unit_ms,
        "dashboard.organisation_sql": all_sql,
        "dashboard.organisation_cpu_ms": all_ms,
        "report.pdf_cpu_s": round(pdf, 2),
        "export.csv_100k_s": round(table, 2),
        "export.csv_100k_mb": round(size / 1_000_000, 1),
    }
