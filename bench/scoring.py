"""What counting costs at the size of a hospital, of many, and of a nation; and a unit's page.

Answers are stored in bulk first. Counting is one process on one core; seconds are those of its CPU,
`wall` beside them is what the clock said, the database's work included.
"""

import json
import os
import subprocess
import sys
import time

from bench.installed import Installed, installed
from devtools import ROOT
from devtools.steps import Refused
from tests import servers

# Wards and sheets a ward.
SIZES = {"10k": (250, 40), "100k": (2500, 40), "1m": (25_000, 40), "national": (40_000, 35)}
PUBLISHED = 5


def recount(here: Installed, organisation: int) -> dict[str, float]:
    """What a process of its own took to count this organisation, and what its connection took."""
    before = here.database_cpu()
    done = subprocess.run(
        [sys.executable, "-m", "bench.recount", str(organisation)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    if done.returncode:
        raise Refused("The recount failed; what it said is above.")
    found: dict[str, float] = json.loads(done.stdout)
    found["database_cpu_s"] = here.database_cpu() - before
    print(f"  {found}", file=sys.stderr, flush=True)
    return found


def dashboard(organisation: int) -> tuple[int, float]:
    """SQL statements and median CPU milliseconds of a unit's result as its lead reads it."""
    from bench.pages import cost_of, lead_of
    from organisations.models import Organisation
    from scoring.actions.publish import publish_result
    from surveys.models import SurveyUnit

    found = Organisation.objects.get(pk=organisation)
    units = SurveyUnit.objects.filter(survey__organisation=found).order_by("pk")[:PUBLISHED]
    for unit in units:
        publish_result(survey_unit=unit)
    paths = [f"/o/{found.slug}/results/{unit.pk}/" for unit in units]
    return cost_of(paths, cookie=lead_of(found))


def close_to_published(here: Installed) -> float:
    """Seconds from a ward's close to its result, 40 sheets in the box, with a real worker."""
    from celery import current_app
    from django.utils import timezone

    from bench.open_survey import open_survey_codes
    from bench.requests import body, call
    from ffit_site.wsgi import application
    from scoring.models import Snapshot
    from surveys.models import SurveyUnit

    code = open_survey_codes()[0]
    for _ in range(40):
        call(application, f"/q/{code}", body())
    worker = servers.worker(here.folder, dict(os.environ))
    worker.start()
    try:
        now = timezone.now()
        SurveyUnit.objects.filter(answer_code=code).update(closes_at=now)
        began = time.monotonic()
        current_app.send_task("fieldwork.sweep")
        servers.wait_until(Snapshot.objects.exists, what="the result is released", seconds=120)
        return time.monotonic() - began
    finally:
        worker.stop()


def measure() -> dict[str, float]:
    """All figures; the organisations stay beside each other, the small ones measured first."""
    figures: dict[str, float] = {}
    took: dict[str, dict[str, float]] = {}
    with installed() as here:
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)
        figures["close_to_published_s"] = round(close_to_published(here), 2)

        from bench.made_up import bytes_per_response, organisation_of

        for size, (units, sheets) in SIZES.items():
            print(f"  {units} units, {units * sheets} answers", file=sys.stderr, flush=True)
            made = organisation_of(units=units, sheets_a_unit=sheets).pk
            took[size] = recount(here, made)
            sql, cpu_ms = dashboard(made)
            name = size if size == "national" else f"recount_{size}"
            figures[f"{name}_s"] = round(took[size]["cpu_s"], 2)
            figures[f"{name}_database_s"] = round(took[size]["database_cpu_s"], 2)
            figures[f"{name}_wall_s"] = round(took[size]["wall_s"], 2)
            if size in ("10k", "national"):
                beside = "" if size == "national" else f"_{size}"
                figures[f"dashboard.unit_sql{beside}"] = sql
                figures[f"dashboard.unit_cpu_ms{beside}"] = cpu_ms
        figures["verify_national_s"] = round(took["national"]["verify_cpu_s"], 2)
        figures["peak_mb"] = round(took["national"]["peak_mb"], 1)
        figures["bytes_per_response"] = round(bytes_per_response(), 1)
    for less, more in (("10k", "100k"), ("100k", "1m")):
        # 1 is linear: ten times the answers in ten times the seconds.
        growth = took[more]["cpu_s"] / took[less]["cpu_s"] / 10
        figures[f"growth_{less}_to_{more}"] = round(growth, 2)
    return figures
