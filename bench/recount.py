"""`python -m bench.recount ORGANISATION`: counts an organisation anew as the worker does, adds the
wards up their tree, works out every statistic of every ward and parent, verifies all of it, and
prints what it took.

A process of its own, so that the peak of its memory is that of this work alone.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from scoring.counts import Counts
    from scoring.layout import Layout
    from surveys.models import Survey


def up_the_tree(
    wards: Iterator[tuple[str, "Counts"]],
) -> Iterator[tuple[str, "Counts"]]:
    """Every ward and every sum of wards by its path; wards come in the order of their paths.

    Only one sum a level is held.
    """
    sums: list[tuple[str, Counts | None]] = []

    def add(counts: "Counts") -> None:
        path, before = sums[-1]
        sums[-1] = path, counts if before is None else before + counts

    def ended(path: str) -> Iterator[tuple[str, "Counts"]]:
        while sums and not path.startswith(sums[-1][0]):
            parent, counts = sums.pop()
            assert counts is not None
            yield parent, counts
            if sums:
                add(counts)

    for path, counts in wards:
        yield from ended(path)
        for end, letter in enumerate(path[:-1]):
            if letter == "/" and (not sums or len(sums[-1][0]) <= end):
                sums.append((path[: end + 1], None))
        add(counts)
        yield path, counts
    yield from ended("")


def every_statistic(survey: "Survey", layout: "Layout") -> tuple[int, int]:
    """How many wards and parents had their whole table worked out."""
    from scoring.comparison import unit_spread
    from scoring.counts import Counts, ScoreSums
    from scoring.models import Aggregate
    from scoring.statistics import item_statistics, score_statistics

    kept = (
        Aggregate.objects.filter(survey_unit__survey=survey)
        .order_by("survey_unit__unit_path")
        .values_list("survey_unit__unit_path", "survey_unit__headcount", "counts")
        .iterator(chunk_size=500)
    )
    headcounts: dict[str, int] = {}
    scores: list[tuple[ScoreSums, ...]] = []

    def wards() -> Iterator[tuple[str, Counts]]:
        for path, headcount, data in kept:
            headcounts[path] = headcount
            counts = Counts.from_json(layout, data)
            scores.append(counts.scores)
            yield path, counts

    parents = 0
    for path, counts in up_the_tree(wards()):
        headcount = headcounts.pop(path, None)
        score_statistics(layout, counts, headcount)
        for item in range(len(layout.items)):
            item_statistics(layout, counts, item)
        parents += headcount is None
    for of_section in zip(*scores, strict=True):
        unit_spread(of_section)
    return len(scores), parents


def peak_mb() -> float:
    """The most memory that this process has held."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("The kernel does not say how much memory was held.")


def main() -> None:
    django.setup()
    from organisations.models import Organisation
    from scoring.actions.recount import ask_recount, recount_next
    from scoring.queries.recount import aggregate_differences
    from scoring.queries.version_layout import sheet_layout
    from surveys.models import Survey
    from surveys.queries.verify import box_differences

    organisation = Organisation.objects.get(pk=int(sys.argv[1]))
    survey = Survey.objects.select_related("version", "ward_edition").get(organisation=organisation)
    began, cpu = time.monotonic(), time.process_time()
    ask_recount(of=organisation, by=None)
    while recount_next():
        pass
    counted = time.process_time()
    layout = sheet_layout(survey.version, survey.ward_edition).layout
    wards, parents = every_statistic(survey, layout)
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
