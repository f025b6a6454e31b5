"""`./dev architecture`: draws floors, layers, the way of an answer and the models from the code.

They are written into `docs/architecture.md`, each between its own marks. What stands outside the
marks is written by people.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from devtools import ROOT
from devtools.floors import APPS, LAYERS
from devtools.offline import apps_loaded

PAGE = ROOT / "docs" / "architecture.md"
MARKED = re.compile(r"(<!-- from the code: (\w+) -->\n)(?:.*?\n)??(<!-- end -->)", re.DOTALL)

IN_A_LAYER = {
    "urls": "addresses",
    "sign_in_urls": "addresses of signing in",
    "apps": "what Django is told, and which signals are listened to",
    "views": "a request in, a page out",
    "tasks": "what a worker is asked to do; safe to run twice",
    "counting": "what only the counting worker is asked to do",
    "api": "answers for programs",
    "management": "commands",
    "middleware": "what concerns every request",
    "admin": "the operator's pages",
    "forms": "what people send",
    "presenters": "what a page shows, worked out without the database",
    "actions": "every change of state: atomic and audited",
    "words": "sentences, and what composes messages from rows",
    "queries": "what is read, in few statements",
    "access": "which rows a user may come to: the only way to them",
    "carriers": "what reaches beyond the database: mail, Notify, the queue, the key folder",
    "models": "tables",
    "signals": "news for the floors above",
    "exchange": "files and pasted lists in, files out",
    "rules": "what the field says, in plain Python",
}

# Who does it, to whom, and the function; its first sentence says the rest.
WAY = [
    ("manager", "web", "fieldwork.actions.launch.launch_survey"),
    ("counting", "keys", "responses.actions.keys.prepare_survey"),
    ("worker", "database", "fieldwork.actions.life.open_survey"),
    ("worker", "phone", "surveys.actions.sending.send_due_messages"),
    ("phone", "web", "responses.queries.answer_page.find_by_code"),
    ("web", "database", "responses.actions.submission.submit_sealed"),
    ("worker", "database", "fieldwork.actions.closing.close_survey_unit"),
    ("counting", "database", "responses.actions.count.count_survey_unit"),
    ("worker", "database", "scoring.actions.aggregate.rebuild_aggregate"),
    ("worker", "database", "scoring.actions.publish.publish_result"),
    ("worker", "database", "fieldwork.actions.life.publish_survey_unit"),
    ("manager", "web", "results.access.result_for"),
    ("phone", "web", "results.access.result_by_code"),
    ("counting", "keys", "responses.actions.keys.destroy_key"),
]
WHO = {
    "manager": "a manager or lead",
    "phone": "a phone on the ward",
    "web": "web process",
    "worker": "worker",
    "counting": "counting worker",
    "keys": "key folder",
    "database": "database",
}


def first_sentence(text: str) -> str:
    """What a docstring says before it says more."""
    paragraph = " ".join(text.strip().split("\n\n")[0].split())
    return re.split(r"(?<=\.) (?=[A-Z`])", paragraph)[0]


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), ["---"] * len(list(head)), *map(list, rows)]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def picture(kind: str, lines: Iterable[str]) -> str:
    return "\n".join(["```mermaid", kind, *(f"    {line}" for line in lines), "```"])


def about(app: str) -> str:
    """The app's own sentence."""
    text = ast.get_docstring(ast.parse((ROOT / app / "apps.py").read_text("utf-8")))
    if not text:
        raise ValueError(f"{app}/apps.py does not say what the app is.")
    return first_sentence(text)


def used_by(app: str) -> set[str]:
    """The apps that an app imports from."""
    found: set[str] = set()
    for path in (ROOT / app).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if "migrations" not in path.parts:
                if isinstance(node, ast.Import):
                    found.update(one.name.split(".")[0] for one in node.names)
                elif isinstance(node, ast.ImportFrom):
                    found.add((node.module or "").split(".")[0])
    return found & set(APPS) - {app}


def floors() -> str:
    """Each floor with the next ones below that it uses; what those use is not drawn again."""
    uses = {app: used_by(app) for app in APPS}

    def below(app: str) -> set[str]:
        return uses[app].union(*(below(other) for other in uses[app]))

    lines = [f'{app}["<b>{app}</b>"]' for app in APPS]
    for app in APPS:
        further = set().union(*(below(other) for other in uses[app]))
        lines += [f"{app} --> {other}" for other in APPS if other in uses[app] - further]
    rows = [
        (f"`{app}`", about(app), ", ".join(one for one in APPS if one in uses[app]) or "nothing")
        for app in APPS
    ]
    return picture("flowchart TD", lines) + "\n\n" + table(["floor", "what it is", "imports"], rows)


def layers() -> str:
    """Each layer from the top, what lies there and who has it."""
    return table(
        ["layer", "what is there", "apps"],
        [(f"`{name}`", IN_A_LAYER[name], _having(name)) for line in LAYERS for name in line],
    )


def _having(layer: str) -> str:
    missing = [
        app
        for app in APPS
        if not (ROOT / app / layer).is_dir() and not (ROOT / app / f"{layer}.py").exists()
    ]
    if len(missing) > len(APPS) / 2:
        return ", ".join(app for app in APPS if app not in missing)
    return f"all but {', '.join(missing)}" if missing else "all"


def way() -> str:
    """What happens to an answer, in order, with the function that does it."""
    lines = [f"participant {name} as {words}" for name, words in WHO.items()]
    rows = []
    for number, (who, whom, name) in enumerate(WAY, 1):
        module, function = name.rsplit(".", 1)
        lines.append(f"{who}->>{whom}: {number}. {function.replace('_', ' ')}")
        rows.append((str(number), WHO[who], f"`{name}`", _sentence_of(module, function)))
    return (
        picture("sequenceDiagram", lines)
        + "\n\n"
        + table(["", "who", "where", "what it does"], rows)
    )


def _sentence_of(module: str, function: str) -> str:
    path = ROOT / Path(*module.split(".")).with_suffix(".py")
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return first_sentence(ast.get_docstring(node) or "")
    raise ValueError(f"{module} has no {function}: mend WAY in devtools/architecture.py.")


def models() -> str:
    """Each app's tables: what a row is, and where its keys point."""
    from django.apps import apps

    parts = []
    for app in reversed(APPS):
        own = [
            model
            for model in apps.get_app_config(app).get_models()
            if not model.__name__.startswith("Historical")
        ]
        if own:
            parts.append(_tables(app, own))
    return "\n\n".join(parts)


def _tables(app: str, own: list[Any]) -> str:
    lines, rows = [], []
    for model in own:
        keys = [
            field
            for field in model._meta.get_fields()
            if field.is_relation and not field.auto_created
        ]
        ours = [field for field in keys if field.related_model._meta.app_label in APPS]
        lines += [_arrow(model.__name__, field) for field in ours] or [model.__name__]
        pointed = ", ".join(f"{field.name}: `{field.related_model._meta.label}`" for field in ours)
        rows.append((f"`{model.__name__}`", first_sentence(model.__doc__), pointed))
    return "\n\n".join(
        [
            f"### {app}",
            picture("erDiagram", lines),
            table(["model", "a row is", "points to"], rows),
        ]
    )


def _arrow(name: str, field: Any) -> str:
    many = "|o" if field.one_to_one else "}o"
    one = "o{" if field.many_to_many else "o|" if field.null else "||"
    return f"{name} {many}--{one} {field.related_model.__name__} : {field.name}"


PARTS: dict[str, Callable[[], str]] = {
    "floors": floors,
    "layers": layers,
    "way": way,
    "models": models,
}


def renewed(text: str) -> str:
    """The page with everything between its marks as the code says it now."""
    return MARKED.sub(lambda found: f"{found[1]}{PARTS[found[2]]()}\n{found[3]}", text)


def main() -> int:
    with apps_loaded():
        PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
