"""`./dev manage correct_result UNIT --reason "…" [--headcount N]`: counts a unit's result again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisations.refusal import Refused
from scoring.actions.correct import ask_correction, correct_result
from scoring.queries.released import latest_snapshot
from surveys.models import SurveyUnit


class Command(BaseCommand):
    """For the operator who mended a fault; members correct the number of staff on the page."""

    help = (
        "Counts one released unit again and replaces its result, if the release rules allow it. "
        "The earlier result stays as it was released; the page says when and why it was corrected."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("survey_unit", type=int, help="The number in the result's address.")
        parser.add_argument("--reason", required=True, help="What the ward reads. No names.")
        parser.add_argument(
            "--headcount", type=int, help="The right number of staff, if it was not."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        unit = SurveyUnit.objects.filter(pk=options["survey_unit"]).first()
        snapshot = None if unit is None else latest_snapshot(unit)
        if snapshot is None:
            raise CommandError(f"No result of unit {options['survey_unit']} was released.")
        try:
            correction = ask_correction(
                snapshot=snapshot, reason=options["reason"], headcount=options["headcount"], by=None
            )
        except Refused as refusal:
            raise CommandError(f"{refusal}.") from refusal
        made = correct_result(correction=correction)
        if made is None:
            self.stdout.write("It was corrected already.")
        else:
            withheld = " Its figures are withheld." if made.payload["withheld"] else ""
            self.stdout.write(f"Corrected: snapshot {made.number}.{withheld}")
