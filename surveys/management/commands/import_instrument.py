"""`./dev manage import_instrument FILE [--dry-run] [--json]`: a draft from a file that one has."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisations.models import Organisation
from surveys.actions.import_instrument import import_instrument, newest_version
from surveys.exchange_file import read_path
from surveys.exchange_version import Found, VersionText
from surveys.presenters.exchange_summary import differences, summary
from surveys.queries.stored_version import stored_version


def organisation_named(slug: str | None) -> Organisation | None:
    """The organisation with this short name; none is named for what is shared by all."""
    if slug is None:
        return None
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise CommandError(f"There is no organisation {slug!r}.")
    return organisation


class Command(BaseCommand):
    """All or nothing: with an error nothing is stored and the exit code is 1."""

    help = "Reads an instrument (JSON, XLSX or LimeSurvey’s structure) into the question bank."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be stored")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--organisation", help="its short name; without it, shared by all")

    def handle(self, *args: Any, **options: Any) -> None:
        found = read_path(options["file"])
        version = found.version
        if version is None or found.errors:
            self._say(found, options["json"])
            sys.exit(1)
        if options["dry_run"]:
            self._say(found, options["json"])
            if not options["json"]:
                self._compare(version, options["organisation"])
            return
        organisation = organisation_named(options["organisation"])
        stored, is_new = import_instrument(text=version, organisation=organisation, by=None)
        self._say(found, options["json"])
        if not options["json"]:
            self.stdout.write(f"{stored} is {'now a draft' if is_new else 'as it was'}.")

    def _say(self, found: Found, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(summary(found), indent=1))
            return
        for one in found.not_carried:
            self.stdout.write(f"Not carried: {one.where}: {one.what}. {one.why}")
        for error in found.errors:
            self.stderr.write(error)

    def _compare(self, version: VersionText, organisation: str | None) -> None:
        before = newest_version(
            organisation=organisation_named(organisation), code=version.instrument.code
        )
        changes = differences(stored_version(before) if before else None, version)
        for kind, rows in changes.items():
            self.stdout.write(f"{len(rows)} {kind}")
            for row in rows:
                self.stdout.write(
                    f"  {row['where']}: {row['was'] or '–'} → {row['becomes'] or '–'}"
                )
