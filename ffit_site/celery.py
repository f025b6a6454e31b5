"""The Celery application: queues `default` and `counting`, late acknowledgement."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ffit_site.settings")

app = Celery("ffit")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["fieldwork"], related_name="counting")
