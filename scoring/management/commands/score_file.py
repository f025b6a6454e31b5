"""`./dev manage score_file FILE [--roster FILE] [--instrument FILE] [--json]`."""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from instruments.exchange.read_file import SHIPPED_FFIT, read_path
from scoring.exchange.answer_file import BadFile
from scoring.exchange.score_file import Rows, score_file
from scoring.rules.layout import Layout

UNSUPPRESSED = (
    "For analysts only. Shows every figure, even if it is based on very few people. Do not "
    "share it as a result."
)


class Command(BaseCommand):
    """Reads files and prints; the database is never touched."""

    help = "Scores a CSV file of answers. " + UNSUPPRESSED
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="respondent, round, unit, role, q01, q02 …")
        parser.add_argument("--roster", type=Path, help="unit, role, N")
        parser.add_argument(
            "--instrument",
            type=Path,
            help="any file that import_instrument takes; default: the FFIT",
        )
        parser.add_argument("--json", action="store_true", help="everything, as one JSON object")

    def handle(
        self,
        *args: object,
        file: Path,
        roster: Path | None,
        instrument: Path | None,
        **options: object,
    ) -> None:
        path = instrument or SHIPPED_FFIT
        found = read_path(path)
        if found.version is None or found.errors:
            raise CommandError("\n".join(found.errors_of(path.name)))
        try:
            scored = score_file(
                file,
                Layout.of(found.version.instrument),
                roster=roster,
                by_number=instrument is None,
            )
        except BadFile as error:
            raise CommandError(str(error)) from error
        self.stderr.write(UNSUPPRESSED)
        if options["json"]:
            self._write_json(scored)
            return
        for cell in scored["cells"]:
            self.stdout.write(
                f"{cell['unit'] or 'all units'}, {cell['role'] or 'all roles'}, "
                f"{'all rounds' if cell['round'] is None else cell['round']}: "
                f"{cell['respondents']} answered"
            )
            for name, figures in [*cell["sections"].items(), ("total", cell["total"])]:
                mean = figures["mean"]
                shown = "not available" if mean is None else f"{mean:.2f}"
                self.stdout.write(f"  {name}: {shown} (n {figures['n']})")

    def _write_json(self, scored: dict[str, Rows]) -> None:
        """One object, written row by row: a large file's figures do not fit into memory."""
        for number, (name, rows) in enumerate(scored.items()):
            self.stdout.write(f'{", " if number else "{"}"{name}": [', ending="")
            for place, row in enumerate(rows):
                text = json.dumps(row, allow_nan=False)
                self.stdout.write(f", {text}" if place else text, ending="")
            self.stdout.write("]", ending="")
        self.stdout.write("}")
