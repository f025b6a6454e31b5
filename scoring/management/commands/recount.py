"""`./dev manage recount --unit N | --survey N | --organisation SLUG`: counts answers anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisations.models import Organisation
from scoring.actions.recount import Counted, ask_recount
from surveys.models import Survey, SurveyUnit


class Command(BaseCommand):
    """For the operator who mended a fault; `verify` says whether it is needed."""

    help = (
        "Lets the workers count units anew. Released results stay as they are; "
        "correct_result replaces one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        one = parser.add_mutually_exclusive_group(required=True)
        one.add_argument("--unit", type=int, help="The number in a result's address.")
        one.add_argument("--survey", type=int, help="The survey's number.")
        one.add_argument("--organisation", help="The word in its address.")

    def handle(self, *args: Any, **options: Any) -> None:
        of: Counted | None
        if options["unit"] is not None:
            of = SurveyUnit.objects.filter(pk=options["unit"]).first()
        elif options["survey"] is not None:
            of = Survey.objects.filter(pk=options["survey"]).first()
        else:
            of = Organisation.objects.filter(slug=options["organisation"]).first()
        if of is None:
            raise CommandError("There is no such unit, survey or organisation.")
        asked = ask_recount(of=of, by=None)
        self.stdout.write(f"The workers count {asked} {'unit' if asked == 1 else 'units'} anew.")
