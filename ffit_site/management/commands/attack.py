"""`./dev manage attack URL`: sends a deployment what any stranger can, and says what gave way."""

import http.client
import sys
import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from ffit_site import attacks

# So long may one answer take.
SECONDS = 2.0


class Command(BaseCommand):
    """Nothing is changed there: every form is one that the site refuses."""

    help = (
        "Sends a site some 200 requests that it must refuse or survive, as a stranger, and ends "
        "with 1 if it did not. They change nothing. About 50 of them are wrong links, which count "
        "for the network of this machine."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", help="such as https://ffit.example.org")

    def handle(self, *args: object, url: str, **options: object) -> None:
        cases = [*attacks.cases(), *attacks.of_a_deployment()]
        gave_way = 0
        for case in cases:
            if said := _tried(url, case):
                gave_way += 1
                self.stdout.write(f"{case.group}, {case.name}: {said}")
        self.stdout.write(f"{len(cases) - gave_way} of {len(cases)} as they should be.")
        if gave_way:
            sys.exit(1)


def _tried(url: str, case: attacks.Case) -> str:
    began = time.monotonic()
    try:
        reply = attacks.answered(url, case)
    except ConnectionRefusedError as error:
        raise CommandError(f"Nobody answers at {url}.") from error
    except (OSError, http.client.HTTPException) as error:
        return f"no answer ({type(error).__name__})"
    took = time.monotonic() - began
    return attacks.wrong(case, reply) or (f"took {took:.1f} s" if took > SECONDS else "")
