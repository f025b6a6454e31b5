"""Made-up organisations of any size, stored in bulk."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice

from django.db import connection
from django.utils import timezone

from initiatives.models import Initiative
from instruments.models import Edition
from organisations.models import Organisation, Unit, User
from responses.models import Tally
from responses.models.response import Response
from surveys.models import Survey, SurveyUnit

ITEMS = 45
SHEETS = 20_000
WARDS_A_DIVISION = 20
DIVISIONS_A_HOSPITAL = 10
KEYS = count(1)


def organisation_of(*, units: int, sheets_a_unit: int) -> Organisation:
    """An organisation with one counted survey of so many wards, each with so many sheets."""
    number = next(KEYS)
    random.seed(number)
    organisation = Organisation.objects.create(name=f"Made-up {number}", slug=f"made-up-{number}")
    user = User.objects.create(email=f"lead-{number}@made-up.example")
    wards = _units(organisation, units)
    survey = _survey(organisation, user)
    asked = SurveyUnit.objects.bulk_create(
        (
            SurveyUnit(
                survey=survey, unit=ward, state=SurveyUnit.State.COUNTED, unit_name=ward.name,
                unit_path=ward.path, headcount=60, minimum_group=7, closes_at=survey.closes_at,
                answer_code=f"C{ward.pk}", ward_page_code=f"P{ward.pk}",
            )
            for ward in wards
        ),
        batch_size=2000,
    )  # fmt: skip
    Tally.objects.bulk_create(
        (Tally(survey_unit=unit, channel="qr", count=sheets_a_unit) for unit in asked),
        batch_size=5000,
    )
    _store([unit.pk for unit in asked], sheets_a_unit)
    return organisation


def _units(organisation: Organisation, wards: int) -> list[Unit]:
    """Hospitals, their divisions and, returned, the wards of these."""
    first = max(Unit.objects.values_list("pk", flat=True), default=0) + 1
    keys = count(first)
    made: list[Unit] = []
    bottom: list[Unit] = []

    def unit(name: str, parent: Unit | None) -> Unit:
        key = next(keys)
        made.append(
            Unit(
                pk=key, organisation=organisation, parent=parent, name=f"{name} {key}",
                path=f"{parent.path if parent else '/'}{key}/", posts=60,
                valid_from=date(2020, 1, 1),
            )
        )  # fmt: skip
        return made[-1]

    hospital = division = None
    for number in range(wards):
        if number % (WARDS_A_DIVISION * DIVISIONS_A_HOSPITAL) == 0:
            hospital = unit("Hospital", None)
        if number % WARDS_A_DIVISION == 0:
            division = unit("Division", hospital)
        bottom.append(unit("Ward", division))
    Unit.objects.bulk_create(made, batch_size=2000)
    return bottom


def _survey(organisation: Organisation, user: User) -> Survey:
    edition = Edition.objects.get(code="front-line-2")
    words = {"title": "Fewer falls at night", "problem": "Patients fall.", "change": "We help."}
    initiative = Initiative.objects.create(organisation=organisation, added_by=user, **words)
    now = timezone.now()
    return Survey.objects.create(
        organisation=organisation, initiative=initiative, version=edition.version,
        ward_edition=edition, leaders_edition=edition.version.editions.get(is_verbatim=True),
        state=Survey.State.COUNTED, opens_at=now - timedelta(days=14),
        closes_at=now - timedelta(days=1), launched_by=user, **words,
    )  # fmt: skip


def _sheet() -> str:
    """One person's answers around a level of their own; three in ten leave some out."""
    level = random.gauss(2.5, 1)
    answers = [str(min(5, max(0, round(random.gauss(level, 1))))) for _ in range(ITEMS)]
    if random.random() < 0.3:
        for place in random.sample(range(ITEMS), random.randint(1, 12)):
            answers[place] = random.choice("-?")
    return "".join(answers)


def _store(units: list[int], sheets_a_unit: int) -> None:
    sheets = [_sheet() for _ in range(SHEETS)]

    def lines() -> Iterator[str]:
        for unit in units:
            for sheet in random.choices(sheets, k=sheets_a_unit):
                yield f"{random.getrandbits(128):032x}\t{unit}\t{sheet}\n"

    table = Response._meta.db_table
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} (key, survey_unit_id, answers) FROM STDIN") as copy:
            rows = lines()
            while chunk := "".join(islice(rows, 5000)):
                copy.write(chunk)
        cursor.execute(f"ANALYZE {table}")


def bytes_per_response() -> float:
    """What the table takes with its indexes and everything else, a row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_total_relation_size('{Response._meta.db_table}')")
        whole: int = cursor.fetchone()[0]
    return whole / Response.objects.count()
