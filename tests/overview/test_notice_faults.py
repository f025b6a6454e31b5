"""Messages about improvements with real parts: a mail server, a worker, and SIGKILL."""

from collections import Counter
from datetime import timedelta

import pytest
from celery import current_app
from django.db.models import F
from django.utils import timezone

from initiatives.models import Commitment, Initiative, Review
from initiatives.queries.reviews import seen_of
from organisations.models import Role
from overview.actions.review import review
from surveys.actions import outbox_leases
from surveys.actions.sending import send_due_messages
from surveys.models import Message
from tests import servers
from tests.fieldwork.launching import Trust, a_trust
from tests.overview.actions.test_review import STOP, running
from tests.responses.killed import killed_at
from tests.servers import Mailbox

pytestmark = pytest.mark.django_db(transaction=True)

EVERYBODY = {"manager@merrowfield.example", "lead@merrowfield.example"}
SEND = "from surveys.actions.sending import send_due_messages\nsend_due_messages()"
SWEEP = "from overview.tasks import sweep\nsweep()"
REVIEW = """
from initiatives.models import Initiative
from initiatives.queries.reviews import seen_of
from organisations.models import Membership, Unit
from overview.actions.review import review
from tests.overview.actions.test_review import STOP
one = Initiative.objects.get()
by = Membership.objects.get(role="reviewer").user
unit = Unit.objects.get(name="Ward 7").pk
review(initiative=one, units=[unit], verdict=STOP, seen=seen_of(one), by=by)
"""


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def begins_in_a_week(trust: Trust) -> None:
    begins = timezone.localdate(timezone=trust.organisation.zone) + timedelta(days=7)
    one = running(trust)
    Commitment.objects.filter(initiative=one, unit=trust.ward_9).delete()
    Commitment.objects.update(state="planned", begins_on=begins)
    Initiative.objects.update(added_at=timezone.now() - timedelta(days=60))


def time_passes(wait: timedelta) -> None:
    Message.objects.update(claimed_at=F("claimed_at") - wait, retry_at=F("retry_at") - wait)


def received(mailbox: Mailbox) -> Counter[str]:
    return Counter(str(one["To"]) for one in mailbox.messages)


@pytest.mark.parametrize(
    "point", ["overview.actions.review.tell_of_review", "overview.actions.notices._plan"]
)
def test_killed_in_a_review_nothing_of_it_is_there(trust: Trust, point: str) -> None:
    one = running(trust)
    reviewer = trust.member(Role.REVIEWER)
    killed_at(point, REVIEW)
    assert not Review.objects.exists()
    assert not Message.objects.exists()
    seen = seen_of(one)
    for _ in range(2):
        review(initiative=one, units=[trust.ward_7.pk], verdict=STOP, seen=seen, by=reviewer)
    assert Message.objects.count() == len(EVERYBODY)


def test_killed_while_a_start_is_planned_all_are_told_once(trust: Trust) -> None:
    begins_in_a_week(trust)
    killed_at("overview.actions.notices.enqueue_on_commit", SWEEP)
    assert not Message.objects.exists()
    killed_at("overview.tasks.ask_if_still_done", SWEEP)
    killed_at("overview.tasks.ask_if_still_done", SWEEP)
    assert Message.objects.count() == len(EVERYBODY)


@pytest.mark.parametrize(
    ("point", "arrived", "in_doubt"),
    [
        ("surveys.actions.sending.begin", 0, 0),
        ("surveys.carriers.mail._over", 0, 1),
        ("surveys.actions.sending._record", 1, 1),
    ],
)
def test_killed_while_it_is_sent_nobody_hears_twice(
    trust: Trust, mailbox: Mailbox, point: str, arrived: int, in_doubt: int
) -> None:
    begins_in_a_week(trust)
    killed_at("overview.tasks.ask_if_still_done", SWEEP)
    env = {"FFIT_EMAIL_HOST": "127.0.0.1", "FFIT_EMAIL_PORT": str(mailbox.port)}
    killed_at(point, SEND, **env)
    assert len(mailbox.messages) == arrived
    time_passes(outbox_leases.LEASE)
    assert send_due_messages() == len(EVERYBODY) - in_doubt
    time_passes(outbox_leases.LOST_AFTER)
    assert send_due_messages() == 0
    times = received(mailbox)
    assert set(times.values()) == {1}, "nobody twice"
    held = set(Message.objects.filter(state="held").values_list("user__email", flat=True))
    assert len(held) == in_doubt
    assert set(times) | held == EVERYBODY, "nobody lost"


@pytest.mark.worker
def test_a_real_worker_tells_of_a_review_and_of_a_start(
    trust: Trust, mailbox: Mailbox, worker: servers.Server
) -> None:
    begins_in_a_week(trust)
    other = running(trust, title="Protected mealtimes")
    for _ in range(2):
        current_app.send_task("overview.sweep")
    review(
        initiative=other,
        units=[trust.ward_7.pk],
        verdict=STOP,
        seen=seen_of(other),
        by=trust.member(Role.REVIEWER),
    )
    current_app.send_task("surveys.send_due_messages")
    wanted = 2 * len(EVERYBODY)
    servers.wait_until(lambda: len(mailbox.messages) >= wanted, what="all have arrived")
    assert received(mailbox) == Counter(dict.fromkeys(EVERYBODY, 2))
    subjects = Counter(
        str(one["Subject"]).split(":")[0].split(" on ")[0] for one in mailbox.messages
    )
    assert subjects == Counter({"Review decided": 2, "Starts": 2})
