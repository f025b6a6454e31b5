"""A survey's key pair: made at preparation, destroyed once nobody may need it again.

Only the counting worker has the key folder; every other process works with the public half.
"""

import contextlib
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import transaction

from organisations.actions.audit_log import record
from organisations.carriers.task_queue import enqueue_on_commit
from responses.carriers import key_folder
from responses.carriers.key_folder import KeyLost
from responses.models import Backup
from responses.queries.verify import box_differences
from responses.rules import ballot_box
from surveys.actions.locks import lock_survey
from surveys.models import Survey

FEWEST_FREE = 10**9


def folders() -> list[Path]:
    """Where each key stands: two folders on two disks, or one where there is no second."""
    return [Path(folder) for folder in (settings.KEYS_DIR, settings.KEYS_MIRROR) if folder]


def folder_problem() -> str:
    """What an operator must know of the key folders; empty if all is well."""
    for name, folder in zip(("first", "second"), folders(), strict=False):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            free = shutil.disk_usage(folder).free
        except OSError as error:
            return f"The {name} folder of keys cannot be used ({error.strerror})."
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            return f"The {name} folder of keys cannot be written."
        if free < FEWEST_FREE:
            return f"The {name} folder of keys has less than 1 GB left."
    return ""


@transaction.atomic
def prepare_survey(*, survey: Survey) -> bool:
    """Makes the key pair and proves it by a sealed probe: preparing -> scheduled.

    True if this call did it. `KeyLost` if the folder does not give back what was written.
    """
    survey = lock_survey(survey.pk)
    if survey.state != Survey.State.PREPARING:
        return False
    private_key = ballot_box.new_private_key()
    public_key = ballot_box.public_key_of(private_key)
    for folder in folders():
        try:
            path = key_folder.keep(folder, survey_id=survey.pk, private_key=private_key)
        except OSError as error:
            raise KeyLost(f"its key cannot be written ({error.strerror})") from error
        kept = key_folder.read(folder, survey_id=survey.pk, public_key=public_key)
        if not ballot_box.proves(private_key=kept, public_key=public_key):
            raise KeyLost("its key did not open the probe")
        key_folder.destroy_strays(folder, survey_id=survey.pk, keeping=path)
    survey.public_key = public_key
    survey.key_destroyed = False
    survey.state = Survey.State.SCHEDULED
    survey.save(update_fields=["public_key", "key_destroyed", "state"])
    for unit_id in survey.survey_units.values_list("pk", flat=True):
        enqueue_on_commit("responses.compress_documents", unit_id)
    record(action="survey prepared", on=survey, organisation=survey.organisation, by=None)
    return True


def private_key_of(*, survey: Survey) -> bytes:
    """The key that opens this survey's envelopes; `KeyLost` if no folder has it, with the reason.

    A folder that lost it gets it again from the other.
    """
    if survey.public_key is None or survey.key_destroyed:
        raise KeyLost("its key was destroyed" if survey.key_destroyed else "it has no key")
    public_key = bytes(survey.public_key)
    lost: dict[Path, KeyLost] = {}
    private_key = None
    for folder in folders():
        try:
            private_key = key_folder.read(folder, survey_id=survey.pk, public_key=public_key)
        except KeyLost as error:
            lost[folder] = error
    if private_key is None:
        raise next(iter(lost.values()))
    for folder in lost:
        # A folder that cannot be written is told of by `folder_problem`.
        with contextlib.suppress(OSError):
            key_folder.keep(folder, survey_id=survey.pk, private_key=private_key)
    return private_key


@transaction.atomic
def prepare_again(*, survey: Survey) -> bool:
    """A key lost before anything was sealed is replaced: scheduled -> preparing."""
    survey = lock_survey(survey.pk)
    if survey.state != Survey.State.SCHEDULED:
        return False
    survey.state = Survey.State.PREPARING
    survey.save(update_fields=["state"])
    record(action="survey key lost", on=survey, organisation=survey.organisation, by=None)
    return True


@transaction.atomic
def destroy_key(*, survey: Survey) -> bool:
    """Destroys the key of a cancelled survey at once, of a counted one when nobody needs it.

    That is: every acknowledged sheet is a response now, no envelope is left, and, where
    databases are backed up, a backup taken after the count is recorded. True if destroyed.
    """
    survey = lock_survey(survey.pk)
    if survey.public_key is None or survey.key_destroyed:
        return False
    is_over = survey.state in (Survey.State.COUNTED, Survey.State.PUBLISHED)
    if survey.state != Survey.State.CANCELLED and not (is_over and _may_go(survey)):
        return False
    for folder in folders():
        key_folder.destroy(folder, survey_id=survey.pk, public_key=bytes(survey.public_key))
    survey.key_destroyed = True
    survey.save(update_fields=["key_destroyed"])
    record(action="survey key destroyed", on=survey, organisation=survey.organisation, by=None)
    return True


def _may_go(survey: Survey) -> bool:
    if box_differences(survey=survey):
        return False
    if not settings.KEY_WAITS_FOR_BACKUP:
        return True
    return Backup.objects.filter(taken_at__gt=survey.counted_at).exists()
