"""What a page costs its lead: statements and CPU of the web process, without a network."""

import time
from collections.abc import Sequence
from statistics import median

from django.conf import settings
from django.test import Client

from bench.requests import call, statements
from devtools.steps import Refused
from ffit_site.wsgi import application
from organisations.models import Membership, Organisation, Role, User

REQUESTS = 40


def lead_of(organisation: Organisation, role: Role = Role.LEAD) -> str:
    """The cookie of a lead of this organisation, or of another member."""
    address = f"reading-{role}-{organisation.pk}@made-up.example"
    lead = User.objects.create(email=address, name=role.label)
    Membership.objects.create(user=lead, organisation=organisation, role=role)
    client = Client()
    client.force_login(lead)
    return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"


def cost_of(paths: Sequence[str], *, cookie: str) -> tuple[int, float]:
    """SQL statements of the first page and median CPU milliseconds of all, read in turn."""

    def read(path: str) -> float:
        began = time.process_time()
        status = call(application, path, cookie=cookie)
        if status != "200 OK":
            raise Refused(f"{path} was answered with {status}.")
        return time.process_time() - began

    for path in paths:
        read(path)
    with statements() as sent:
        read(paths[0])
    spent = [read(paths[turn % len(paths)]) for turn in range(REQUESTS)]
    return len(sent), round(median(spent) * 1000, 2)
