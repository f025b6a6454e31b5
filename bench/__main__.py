"""`./dev bench [NAME] [--json]`: measure one group or all, and print the figures."""

import argparse
import importlib
import json
import sys

from devtools.steps import Refused

# A group is a module of this package; its figures are named for what they are about, here or in
# the module.
GROUPS = {
    "run": "run",
    "answer": "answer",
    "lighthouse": "answer",
    "sending": "sending",
    "scoring": "scoring",
    "results": "results",
    "release": "release",
    "signing_in": "signing_in",
    "acting": "acting",
    "counting": "counting",
}
Figures = dict[str, int | float]


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("name", nargs="?", choices=GROUPS, help="one group instead of all")
    parser.add_argument("--teams", type=int, metavar="N", help="release: made-up teams a line")
    parser.add_argument(
        "--against", metavar="REV", help="answer, counting, release, results: REV and this tree"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    chosen = parser.parse_args()
    if chosen.teams and chosen.name != "release":
        parser.error("--teams is for release.")
    if chosen.against and chosen.name not in {"answer", "counting", "release", "results"}:
        parser.error("--against is for answer, counting, release and results.")
    if chosen.teams is not None and chosen.teams < 4:
        parser.error("--teams needs 4 or more.")
    figures: Figures = {}
    try:
        for group in [chosen.name] if chosen.name else GROUPS:
            print(f"Measuring: {group}", file=sys.stderr, flush=True)
            module = importlib.import_module(f"bench.{group}")
            measured: Figures
            if chosen.against:
                measured = module.against(chosen.against)
            elif chosen.teams:
                measured = module.measure(teams=chosen.teams)
            else:
                measured = module.measure()
            figures |= {
                name if "." in name else f"{GROUPS[group]}.{name}": value
                for name, value in measured.items()
            }
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    if chosen.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            print(f"{name:<28} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
