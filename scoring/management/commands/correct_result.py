"""`./dev manage correct_result UNIT --reason "…" [--headcount N]`: counts a unit's result again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from organisations.rules.refusal import Refused
from scoring.actions.correct import ask_correction, correct_result
from scoring.queries.released import latest_snapshot
from surveys.models import SurveyUnit


class Command(BaseCommand):
    """For the operator who mended a fault; members correct the number of staff on the page."""

    help = (
        "Recounts one released unit and replaces its result, if the release rules allow it. "
        "The earlier result is kept. The page shows when and why it was corrected."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("survey_unit", type=int, help="The number in the result's address.")
        parser.add_argument(
            "--reason", required=True, help="The reason the team will see. Do not include names."
        )
        parser.add_argument(
            "--headcount", type=int, help="The right number of staff, if it was not."
        )

    def handle(
        self, *args: object, survey_unit: int, reason: str, headcount: int | None, **options: object
    ) -> None:
        unit = SurveyUnit.objects.filter(pk=survey_unit).first()
        snapshot = None if unit is None else latest_snapshot(unit)
        if snapshot is None:
            raise CommandError(f"No result of unit {survey_unit} was released.")
        try:
            correction = ask_correction(
                snapshot=snapshot, reason=reason, headcount=headcount, by=None
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        created = correct_result(correction=correction)
        if created is None:
            self.stdout.write("It was corrected already.")
        else:
            withheld = (
                " The corrected figures cannot be shown." if created.payload["withheld"] else ""
            )
            self.stdout.write(f"Corrected: snapshot {created.number}.{withheld}")
