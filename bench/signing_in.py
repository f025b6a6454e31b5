"""What a stranger could learn from the time that signing in takes: known and unknown addresses."""

import logging
import time
from statistics import median

from bench.installed import installed

TURNS = 60


def measure() -> dict[str, float]:
    """Medians in milliseconds of asking for a code and of entering a wrong one, and their ratios.

    Each turn takes one address that has an account and one as long that has none.
    """
    with installed():
        from django.core.management import call_command
        from django.test import Client

        logging.disable(logging.WARNING)  # a line for each wrong code
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)

        from organisations.models import User

        User.objects.bulk_create(User(email=f"known-{n:03}@made-up.example") for n in range(TURNS))

        def spent(client: Client, path: str, **fields: str) -> float:
            began = time.perf_counter()
            client.post(path, fields, headers={"x-forwarded-for": "192.0.2.1"}, secure=True)
            return (time.perf_counter() - began) * 1000

        asked: dict[str, list[float]] = {"known": [], "other": []}
        wrong: dict[str, list[float]] = {"known": [], "other": []}
        for number in range(TURNS):
            for kind in ("known", "other") if number % 2 else ("other", "known"):
                client = Client(headers={"host": "127.0.0.1"})
                email = f"{kind}-{number:03}@made-up.example"
                asked[kind].append(spent(client, "/account/login", login=email))
                wrong[kind].append(spent(client, "/account/login/code", code="BCDFG-HJKLM"))
    found = {
        f"{what}_{kind}_ms": round(median(times), 1)
        for what, kinds in (("asked", asked), ("wrong", wrong))
        for kind, times in kinds.items()
    }
    return found | {
        "asked_ratio": round(median(asked["known"]) / median(asked["other"]), 2),
        "wrong_ratio": round(median(wrong["known"]) / median(wrong["other"]), 2),
    }
