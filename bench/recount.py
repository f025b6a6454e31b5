"""`python -m bench.recount ORGANISATION`: counts an organisation anew as the worker does, adds the
wards up their tree, works out every section's figures of every ward and parent, verifies all of it,
and prints what it took.

A process of its own, so that the peak of its memory is that of this work alone.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench.installed import set_up

if TYPE_CHECKING:
    from scoring.rules.columns import Columns
    from scoring.rules.layout import Layout
    from surveys.models import Survey


def up_the_tree(
    wards: Iterator[tuple[str, "Columns"]],
) -> Iterator[tuple[str, "Columns"]]:
    """Every ward and every sum of wards by its path; wards come in the order of their paths.

    Only one sum a level is held.
    """
    sums: list[tuple[str, Columns | None]] = []

    def add(columns: "Columns") -> None:
        path, before = sums[-1]
        sums[-1] = path, columns if before is None else before + columns

    def ended(path: str) -> Iterator[tuple[str, "Columns"]]:
        while sums and not path.startswith(sums[-1][0]):
            parent, columns = sums.pop()
            assert columns is not None
            yield parent, columns
            if sums:
                add(columns)

    for path, columns in wards:
        yield from ended(path)
        for end, letter in enumerate(path[:-1]):
            if letter == "/" and (not sums or len(sums[-1][0]) <= end):
                sums.append((path[: end + 1], None))
        add(columns)
        yield path, columns
    yield from ended("")


def every_figure(survey: "Survey", layout: "Layout") -> tuple[int, int]:
    """How many wards and parents had the figures of their sections worked out."""
    from scoring.models import Aggregate
    from scoring.rules.column_statistics import column_statistics
    from scoring.rules.columns import Columns

    kept = (
        Aggregate.objects.filter(survey_unit__survey=survey)
        .order_by("survey_unit__unit_path")
        .values_list("survey_unit__unit_path", "survey_unit__headcount", "counts")
        .iterator(chunk_size=500)
    )
    headcounts: dict[str, int] = {}

    def wards() -> Iterator[tuple[str, Columns]]:
        for path, headcount, data in kept:
            headcounts[path] = headcount
            yield path, Columns.from_json(layout, data)

    done, parents = 0, 0
    for path, columns in up_the_tree(wards()):
        headcount = headcounts.pop(path, None)
        for section in range(len(layout.sections)):
            column_statistics(layout, columns.section(layout, section), headcount)
        done += headcount is not None
        parents += headcount is None
    return done, parents


def peak_mb() -> float:
    """The most memory that this process has held."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("The kernel does not say how much memory was held.")


def main() -> None:
    set_up()
    from organisations.models import Organisation
    from responses.queries.verify import box_differences
    from scoring.actions.recount import ask_recount, recount_next
    from scoring.queries.recount import aggregate_differences
    from scoring.queries.version_layout import sheet_layout
    from surveys.models import Survey

    organisation = Organisation.objects.get(pk=int(sys.argv[1]))
    survey = Survey.objects.select_related("version", "ward_edition").get(organisation=organisation)
    began, cpu = time.monotonic(), time.process_time()
    ask_recount(of=organisation, by=None)
    while recount_next():
        pass
    counted = time.process_time()
    layout = sheet_layout(survey.version, survey.ward_edition).layout
    wards, parents = every_figure(survey, layout)
    done, ended = time.process_time(), time.monotonic()
    if differences := [*box_differences(survey=survey), *aggregate_differences(survey=survey)]:
        raise SystemExit("\n".join(differences))
    print(
        json.dumps(
            {
                "wards": wards,
                "parents": parents,
                "count_cpu_s": counted - cpu,
                "cpu_s": done - cpu,
                "verify_cpu_s": time.process_time() - done,
                "wall_s": ended - began,
                "peak_mb": peak_mb(),
            }
        )
    )


if __name__ == "__main__":
    main()
