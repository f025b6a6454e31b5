"""`./dev manage import_instrument FILE [--dry-run] [--json] [--high first|last]`: a draft of it."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from instruments.actions.import_instrument import import_instrument, newest_version
from instruments.exchange.read_file import read_path
from instruments.presenters.exchange_summary import differences, summary
from instruments.queries.stored_version import stored_version
from instruments.rules.version_text import Found, VersionText
from organisations.models import Organisation


def organisation_named(slug: str | None) -> Organisation | None:
    """The organisation with this short name; none is named for what is shared by all."""
    if slug is None:
        return None
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise CommandError(f"There is no organisation {slug!r}.")
    return organisation


class Command(BaseCommand):
    """All or nothing: with an error, or a question not answered, nothing is stored; exit code 1."""

    help = "Reads an instrument (JSON, XLSX, XLSForm, LimeSurvey) into the question bank."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be stored")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--high",
            choices=("first", "last"),
            help="which end is high where the file gives no values, as “asked” says",
        )
        parser.add_argument("--organisation", help="its short name; without it, shared by all")

    def handle(
        self,
        *args: object,
        file: Path,
        organisation: str | None,
        high: str | None,
        **options: object,
    ) -> None:
        found = read_path(file)
        if found.version and found.asked and high:
            turned = found.version.turned() if high == "first" else found.version
            found = replace(found, version=turned, asked=())
        version = found.version
        if version is None or found.errors:
            self._say(found, as_json=options["json"])
            sys.exit(1)
        if options["dry_run"]:
            self._say(found, as_json=options["json"])
            if not options["json"]:
                self._compare(version, organisation)
            return
        if found.asked:
            self._say(found, as_json=options["json"])
            self.stderr.write("Nothing was stored. Answer with --high first or --high last.")
            sys.exit(1)
        stored, is_new = import_instrument(
            text=version, organisation=organisation_named(organisation), by=None
        )
        self._say(found, as_json=options["json"])
        if not options["json"]:
            self.stdout.write(f"{stored} is {'now a draft' if is_new else 'as it was'}.")

    def _say(self, found: Found, *, as_json: object) -> None:
        if as_json:
            self.stdout.write(json.dumps(summary(found), indent=1))
            return
        for sentence in found.said:
            self.stdout.write(sentence)
        for asked in found.asked:
            self.stdout.write(f"Asked: {asked.where}: {asked.question}")
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
