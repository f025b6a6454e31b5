"""The Celery application: queues `default` and `counting`, late acknowledgement.

A task that a request asked for carries its name, and leaves a line when it has ended.
"""

import logging
import os
import time
from contextvars import ContextVar
from logging.config import dictConfig

from celery import Celery, Task, signals
from django.conf import settings

from ffit_site.logs import asked

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ffit_site.settings")

app = Celery("ffit")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["fieldwork"], related_name="counting")

log = logging.getLogger(__name__)
_HEADER = "asked"
_began: ContextVar[float] = ContextVar("began", default=0.0)


@signals.setup_logging.connect
def log_as_the_site(**_: object) -> None:
    """Worker and beat write the site's lines, not Celery's."""
    dictConfig(settings.LOGGING)


@signals.before_task_publish.connect
def pass_the_name_on(headers: dict[str, object], **_: object) -> None:
    """What a respondent's request brings about has no name, so nothing leads back to it."""
    headers[_HEADER] = asked.get()


@signals.task_prerun.connect
def take_the_name(task: "Task[..., object]", **_: object) -> None:
    """Every line about this task has it."""
    asked.set(str(task.request.get(_HEADER) or ""))
    _began.set(time.perf_counter())


@signals.task_postrun.connect
def say_how_it_ended(task: "Task[..., object]", state: str | None = None, **_: object) -> None:
    """Sweeps were asked for by nobody, run several times a minute and leave no line."""
    if asked.get():
        ms = round((time.perf_counter() - _began.get()) * 1000)
        log.info("%s ended", task.name, extra={"status": state, "ms": ms})
        asked.set("")
