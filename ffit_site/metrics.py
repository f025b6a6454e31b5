"""Figures for Prometheus: what each web process counts, and what the database says of the rest.

No organisation, unit, person or survey is a label, and all respondents' addresses are one route: a
figure that is read every few seconds must not tell when somebody answered.
"""

import math
import os
import time
import tomllib
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import get_args

from cryptography.x509 import load_pem_x509_certificate
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

# It looks for the folder as soon as it is imported.
if _folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    Path(_folder).mkdir(parents=True, exist_ok=True)

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
    values,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import GaugeMetricFamily, Metric

from ffit_site.health import only_from_inside, probe
from ffit_site.slots import slot
from fieldwork.queries import watch
from fieldwork.queries.lateness import failed_counts, held_messages, waiting_work
from organisations.carriers.failed_attempts import Kind
from organisations.carriers.limits import Limited
from organisations.queries.deployment import held
from organisations.signals import asked_too_often, redis_away, wrong_attempt
from reports.queries.documents import slowest_files
from responses.middleware import RESPONDENT_PREFIXES
from surveys.queries.numbers import messages_by_outcome, surveys_by_state

if _folder:
    values.ValueClass = values.MultiProcessValue(partial(slot, Path(_folder)))  # type: ignore[no-untyped-call]
_OWN = CollectorRegistry()
REQUESTS = Counter(
    "ffit_requests", "Answered requests.", ["route", "method", "status"], registry=_OWN
)
SECONDS = Histogram(
    "ffit_request_seconds",
    "Seconds until a request was answered.",
    ["route"],
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=_OWN,
)
DATABASE_AWAY = Counter(
    "ffit_database_away", "Requests refused while the database was away.", registry=_OWN
)
WRONG = Counter("ffit_wrong", "Wrong links, codes and tokens.", ["kind"], registry=_OWN)
_LIMITED = Counter("ffit_limited", "Who asked too often, by what.", ["kind"], registry=_OWN)
_REDIS_AWAY = Counter("ffit_redis_away", "Times Redis did not answer.", registry=_OWN)
_NO_ADDRESS = Counter(
    "ffit_without_forwarded_for",
    "Requests without X-Forwarded-For where a proxy should have set it.",
    registry=_OWN,
)
_PROJECT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))["project"]
# What monitoring asks inside, past the proxy.
_INSIDE = frozenset({"/readyz", "/watchz", "/metrics"})


def _label(words: str) -> str:
    return words.lower().replace(",", "").replace(" ", "_")


# From 0 on, or the first few would not show as more.
for _kind in get_args(Kind):
    WRONG.labels(_kind)
for _what in get_args(Limited):
    _LIMITED.labels(_label(_what))


@receiver(wrong_attempt)
def count_wrong(kind: str, **_: object) -> None:
    """One more that was wrong; of whom, nobody keeps."""
    WRONG.labels(kind).inc()


@receiver(asked_too_often)
def count_limited(what: str, **_: object) -> None:
    """One more who must wait."""
    _LIMITED.labels(_label(what)).inc()


@receiver(redis_away)
def count_redis_away(**_: object) -> None:
    """Once in some seconds for each process, as long as it lasts."""
    _REDIS_AWAY.inc()


class MetricsMiddleware:
    """Counts every answer by the name of its route, never by its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        route = route_of(request)
        method = request.method if request.method in ("GET", "HEAD", "POST") else "other"
        requests, seconds = _of(route, method, response.status_code // 100)
        requests.inc()
        seconds.observe(time.perf_counter() - began)
        if settings.ALLAUTH_TRUSTED_PROXY_COUNT and _came_past_the_proxy(request):
            _NO_ADDRESS.inc()
        return response


@cache
def _of(route: str, method: str, hundreds: int) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(route, method, f"{hundreds}xx"), SECONDS.labels(route)


def _came_past_the_proxy(request: HttpRequest) -> bool:
    return "HTTP_X_FORWARDED_FOR" not in request.META and request.path_info not in _INSIDE


def route_of(request: HttpRequest) -> str:
    """The name of its address; one for all that respondents ask."""
    if request.path_info.startswith(RESPONDENT_PREFIXES):
        return "respondent"
    found = request.resolver_match
    return (found.url_name if found else None) or "none"


class SiteFigures:
    """What the database and the certificate say, asked at each scrape: workers open no port."""

    def collect(self) -> Iterator[Metric]:
        """Each figure anew; only whether the database answers, while it does not."""
        answers = probe.answers()
        yield GaugeMetricFamily("ffit_database_answers", "1 if it does.", value=float(answers))
        yield _by("ffit_build_info", "Which version runs.", "version", {_PROJECT["version"]: 1})
        if settings.CERTIFICATE_FILE:
            yield GaugeMetricFamily(
                "ffit_certificate_seconds",
                "How long the certificate is good for; 0 if it cannot be read.",
                value=_certificate_seconds(Path(settings.CERTIFICATE_FILE)),
            )
        if not answers:
            return
        now = timezone.now()
        work = waiting_work(now)
        due = {kind: waits.number for kind, waits in work.items()}
        yield _by("ffit_due", "Work that is due.", "kind", due)
        yield _by(
            "ffit_late_seconds",
            "How long the oldest work that is due has waited.",
            "kind",
            {kind: waits.seconds for kind, waits in work.items()},
        )
        yield _by("ffit_messages_held", "Messages held.", "kind", held_messages())
        yield _by("ffit_messages", "Messages by outcome.", "outcome", messages_by_outcome())
        yield _by("ffit_surveys", "Surveys by state.", "state", surveys_by_state())
        yield GaugeMetricFamily(
            "ffit_counts_failed", "Surveys that cannot be counted.", value=failed_counts()
        )
        yield GaugeMetricFamily(
            "ffit_count_seconds",
            "From closing to counted, the slowest survey of the last hour; 0 without any.",
            value=watch.slowest_count(now),
        )
        yield _by(
            "ffit_document_seconds",
            "From asked for to ready, the slowest file of the last hour; 0 without any.",
            "kind",
            slowest_files(now),
        )
        yield _by(
            "ffit_oldest_due_message_seconds",
            "How long the oldest message due has waited.",
            "carrier",
            watch.oldest_due(now),
        )
        ages = watch.heartbeat_ages(now)
        signs = {process: math.inf if age is None else age for process, age in ages.items()}
        yield _by(
            "ffit_heartbeat_age_seconds",
            "Since a sign of life; endless without any.",
            "process",
            signs,
        )
        yield _by("ffit_process_problem", "1 if it has one.", "process", watch.problems())
        yield GaugeMetricFamily(
            "ffit_restore_hold", "1 while records that were restored wait.", value=bool(held())
        )
        yield GaugeMetricFamily(
            "ffit_keys_waiting_seconds",
            "How long the oldest key of a counted survey has waited to be destroyed.",
            value=watch.oldest_key_wait(now),
        )
        if settings.KEY_WAITS_FOR_BACKUP:
            backup = watch.backup_age(now)
            yield GaugeMetricFamily(
                "ffit_backup_age_seconds",
                "Since the newest recorded backup began; endless without any.",
                value=math.inf if backup is None else backup,
            )
        yield GaugeMetricFamily(
            "ffit_watch_reasons",
            "How many things must wake somebody.",
            value=len(watch.reasons(now)),
        )


def _certificate_seconds(file: Path) -> float:
    try:
        ends = load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        return 0.0
    return (ends - timezone.now()).total_seconds()


@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures of all web processes of this machine, as text."""
    only_from_inside(request)
    registry = CollectorRegistry()
    registry.register(SiteFigures())
    if _folder:
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        text = generate_latest(registry)
    else:
        text = generate_latest(registry) + generate_latest(_OWN)
    return HttpResponse(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _by(name: str, said: str, label: str, values: dict[str, int] | dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, said, labels=[label])
    for value, number in values.items():
        family.add_metric([_label(value)], number)
    return family
