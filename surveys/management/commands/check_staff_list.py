"""`./dev manage check_staff_list FILE [--unit NAME …] [--json]`: what a list would do."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import NoReturn

from django.core.management.base import BaseCommand

from organisations.exchange.tables import Unreadable
from surveys.exchange.staff_list import check_staff
from surveys.exchange.staff_table import LARGEST_FILE, read_upload
from surveys.presenters.staff_summary import refused, sentences, summary


class Command(BaseCommand):
    """Reads as the page does and stores nothing; with rows to correct the exit code is still 0."""

    help = "Checks a staff list (XLSX, CSV or text) as the page for staff lists does."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--unit", action="append", default=[], help="a unit that the list may name; repeatable"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: object, **options: object) -> None:
        path = Path(str(options["file"]))
        units = [str(name) for name in options["unit"]]  # type: ignore[attr-defined]
        try:
            with path.open("rb") as file:
                table = read_upload(file.read(LARGEST_FILE + 1), path.name)
        except OSError as error:
            self._refuse((f"{path.name}: cannot be read ({error.strerror})",), options)
        except Unreadable as unreadable:
            self._refuse(unreadable.sentences, options)
        found = check_staff(table.records, units=units)
        if options["json"]:
            self.stdout.write(json.dumps(summary(table, found), indent=1, ensure_ascii=False))
        else:
            for line in sentences(table, found):
                self.stdout.write(line)

    def _refuse(self, why: tuple[str, ...], options: dict[str, object]) -> NoReturn:
        if options["json"]:
            self.stdout.write(json.dumps(refused(why), indent=1, ensure_ascii=False))
        for sentence in why:
            self.stderr.write(sentence)
        sys.exit(1)
