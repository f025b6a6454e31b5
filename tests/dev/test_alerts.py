"""What wakes somebody, and the board: of figures that exist; each alert at its threshold, with its
way out.
"""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from devtools import ROOT
from organisations.models import Heartbeat
from surveys.actions.distribution import invite_staff
from surveys.exchange.addresses import Address
from tests.responses.ballots import open_unit

ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
BOARD = ROOT / "deploy" / "grafana" / "ffit.json"
RULES: list[dict[str, Any]] = [
    rule for group in yaml.safe_load(ALERTS.read_text("utf-8"))["groups"] for rule in group["rules"]
]
# Prometheus itself says whether it could scrape.
OF_PROMETHEUS = {"up"}


def names_in(expression: str) -> set[str]:
    """The figures that an expression asks for."""
    return set(re.findall(r"\b(?:ffit_\w+|up)\b", expression))


@dataclass
class Tried:
    """Inputs by the minute, as promtool writes them, and when to look."""

    fires: dict[str, str]
    stays_quiet: dict[str, str]
    minute: int = 1


def steady(series: str, number: float, less: float) -> Tried:
    """A figure that stays above its threshold, and one that stays at it."""
    return Tried({series: f"{number}x60"}, {series: f"{less}x60"})


REQUESTS = 'ffit_requests_total{route="start",method="GET",status="%s"}'
TRIED = {
    "SiteAway": Tried({'up{job="ffit",instance="web:8000"}': "0x60"},
                      {'up{job="ffit",instance="web:8000"}': "0 0 1x60"}, minute=2),
    "DatabaseAway": Tried({"ffit_database_answers": "0x60"},
                          {"ffit_database_answers": "0 0 1x60"}, minute=2),
    "WorkIsLate": steady('ffit_late_seconds{kind="closing"}', 181, 180),
    "MessagesWait": steady('ffit_oldest_due_message_seconds{carrier="email"}', 1801, 1800),
    "CountFailed": steady("ffit_counts_failed", 1, 0),
    "KeysInDanger": steady('ffit_process_problem{process="counting"}', 1, 0),
    "RecordsRestored": steady("ffit_restore_hold", 1, 0),
    "ProcessSilent": steady('ffit_heartbeat_age_seconds{process="worker"}', 121, 120),
    "Faults": Tried({REQUESTS % "2xx": "0+98x60", REQUESTS % "5xx": "0+2x60"},
                    {REQUESTS % "2xx": "0+99x60", REQUESTS % "5xx": "0+1x60"}, minute=30),
    "KeyWaits": steady("ffit_keys_waiting_seconds", 172801, 172800),
    "BackupOld": steady("ffit_backup_age_seconds", 93601, 93600),
    "MessagesHeld": steady('ffit_messages_held{kind="invitations"}', 1, 0),
    "DatabaseWasAway": Tried({"ffit_database_away_total": "0x60 21x60"},
                             {"ffit_database_away_total": "0x60 19x60"}, minute=90),
    "RedisAway": Tried({"ffit_redis_away_total": "0x20 11x40"},
                       {"ffit_redis_away_total": "0x20 9x40"}, minute=25),
    "NoAddresses": Tried({"ffit_without_forwarded_for_total": "0x60 101x60"},
                         {"ffit_without_forwarded_for_total": "0x60 98x60"}, minute=90),
    "ManyWrong": Tried({'ffit_wrong_total{kind="code"}': "0+17x120"},
                       {'ffit_wrong_total{kind="code"}': "0+16x120"}, minute=90),
    "CertificateEnds": steady("ffit_certificate_seconds", 1209599, 1209600),
    "WatchHasReasons": Tried({"ffit_watch_reasons": "1x60"},
                             {"ffit_watch_reasons": "1x4 0x60"}, minute=5),
}  # fmt: skip
# These must last so many minutes; of the others one moment is enough.
LAST = {
    **{"SiteAway": 2, "DatabaseAway": 2, "WorkIsLate": 1, "ProcessSilent": 1},
    **{"Faults": 5, "WatchHasReasons": 5},
}


def test_each_alert_is_tried() -> None:
    assert [rule["alert"] for rule in RULES] == list(TRIED)
    assert {rule["alert"]: rule["for"] for rule in RULES if "for" in rule} == {
        name: f"{minutes}m" for name, minutes in LAST.items()
    }
    assert {rule["labels"]["severity"] for rule in RULES} == {"page", "ticket"}


def anchors(paper: Path) -> set[str]:
    """Where a link into a page can lead, as GitHub names its headings."""
    headings = re.findall(r"^#+ (.+)$", paper.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_each_alert_leads_to_a_section_of_the_runbook(rule: dict[str, Any]) -> None:
    page, _, section = rule["annotations"]["runbook"].partition("#")
    assert section in anchors(ROOT / page)


def board() -> list[tuple[str, list[str]]]:
    """The rows of the board by title, and what each asks Prometheus."""
    rows: list[tuple[str, list[str]]] = []
    for panel in json.loads(BOARD.read_text("utf-8"))["panels"]:
        if panel["type"] == "row":
            rows.append((panel["title"], []))
        else:
            rows[-1][1].extend(target["expr"] for target in panel["targets"])
    return rows


def test_the_board_has_four_rows_and_every_panel_its_place() -> None:
    assert [title for title, _ in board()] == ["People", "Messages", "Counting", "Machine"]
    assert all(queries for _, queries in board())
    taken: set[tuple[int, int]] = set()
    for panel in json.loads(BOARD.read_text("utf-8"))["panels"]:
        at = panel["gridPos"]
        place = {(x, y) for x in range(at["x"], at["x"] + at["w"])
                 for y in range(at["y"], at["y"] + at["h"])}  # fmt: skip
        assert not place & taken and at["x"] + at["w"] <= 24, panel["title"]
        taken |= place


@pytest.mark.django_db
def test_every_figure_that_an_alert_or_the_board_asks_for_is_exported(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.KEY_WAITS_FOR_BACKUP = True
    settings.CERTIFICATE_FILE = str(tmp_path / "missing")
    for process in Heartbeat.Process.values:
        Heartbeat.objects.create(process=process, at=timezone.now())
    invite_staff(survey_unit=open_unit(), addresses=[Address("one@merrowfield.example")])
    client.get("/privacy")
    exported = {
        sample.name
        for family in text_string_to_metric_families(client.get("/metrics").text)
        for sample in family.samples
    }
    asked = {rule["alert"]: names_in(rule["expr"]) for rule in RULES}
    asked |= {query: names_in(query) for _, queries in board() for query in queries}
    assert all(asked.values())
    missing = {name: figures - exported - OF_PROMETHEUS for name, figures in asked.items()}
    assert not {name: figures for name, figures in missing.items() if figures}


by_promtool = pytest.mark.skipif(
    shutil.which("promtool") is None, reason="promtool is missing: apt-get install prometheus"
)


@pytest.mark.long
@pytest.mark.sqlite
@by_promtool
def test_prometheus_can_read_what_the_board_asks(tmp_path: Path) -> None:
    queries = [query for _, queries in board() for query in queries]
    rules = [{"record": f"board:{number}", "expr": one} for number, one in enumerate(queries)]
    file = tmp_path / "board.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "board", "rules": rules}]}))
    done = subprocess.run(["promtool", "check", "rules", file], capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


@pytest.mark.long
@pytest.mark.sqlite
@by_promtool
@pytest.mark.parametrize("name", TRIED)
def test_it_fires_beyond_its_threshold_and_not_at_it(name: str, tmp_path: Path) -> None:
    tried = TRIED[name]
    # One minute before it has lasted long enough it does not fire either.
    moments = {tried.minute: True, **({LAST[name] - 1: False} if name in LAST else {})}
    for series, fires in ((tried.fires, True), (tried.stays_quiet, False)):
        file = tmp_path / f"{fires}.yml"
        looks = [
            {
                "eval_time": f"{minute}m",
                "expr": f'count(ALERTS{{alertname="{name}",alertstate="firing"}}) or vector(0)',
                "exp_samples": [{"labels": "{}", "value": int(fires and has_lasted)}],
            }
            for minute, has_lasted in moments.items()
        ]
        test = {
            "rule_files": [str(ALERTS)],
            "evaluation_interval": "1m",
            "tests": [
                {
                    "interval": "1m",
                    "input_series": [
                        {"series": one, "values": values} for one, values in series.items()
                    ],
                    "promql_expr_test": looks,
                }
            ],
        }
        file.write_text(yaml.safe_dump(test))
        done = subprocess.run(
            ["promtool", "test", "rules", file], capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
