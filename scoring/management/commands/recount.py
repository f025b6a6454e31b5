"""`./dev manage recount --unit N | --survey N | --organisation SLUG`: counts answers anew."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from organisations.models import Organisation
from scoring.actions.recount import Counted, ask_recount
from surveys.models import Survey, SurveyUnit


class Command(BaseCommand):
    """For the operator who mended a fault; `verify` says whether it is needed."""

    help = (
        "Recounts units in the background. Released results do not change. Use "
        "correct_result to replace one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        one = parser.add_mutually_exclusive_group(required=True)
        one.add_argument("--unit", type=int, help="The number in a result's address.")
        one.add_argument("--survey", type=int, help="The survey's number.")
        one.add_argument("--organisation", help="The word in its address.")

    def handle(
        self,
        *args: object,
        unit: int | None,
        survey: int | None,
        organisation: str | None,
        **options: object,
    ) -> None:
        of: Counted | None
        if unit is not None:
            of = SurveyUnit.objects.filter(pk=unit).first()
        elif survey is not None:
            of = Survey.objects.filter(pk=survey).first()
        else:
            of = Organisation.objects.filter(slug=organisation).first()
        if of is None:
            raise CommandError("There is no such unit, survey or organisation.")
        asked = ask_recount(of=of, by=None)
        self.stdout.write(f"Recounting {asked} {'unit' if asked == 1 else 'units'}.")
