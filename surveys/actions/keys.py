"""A survey's key pair: made at preparation, destroyed once nobody may need it again.

Only the counting worker has the key folder; every other process works with the public half.
"""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from organisations.audit import record
from surveys import ballot_box, key_folder
from surveys.actions.turning import lock_survey
from surveys.key_folder import KeyLost
from surveys.models import Backup, Survey
from surveys.queries.verify import box_differences


@transaction.atomic
def prepare_survey(*, survey: Survey) -> bool:
    """Makes the key pair and proves it by a sealed probe: preparing -> scheduled.

    True if this call did it. `KeyLost` if the folder does not give back what was written.
    """
    folder = Path(settings.KEYS_DIR)
    survey = lock_survey(survey.pk)
    if survey.state != Survey.State.PREPARING:
        return False
    private_key = ballot_box.new_private_key()
    public_key = ballot_box.public_key_of(private_key)
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
    record(action="survey prepared", on=survey, organisation=survey.organisation, by=None)
    return True


def private_key_of(*, survey: Survey) -> bytes:
    """The key that opens this survey's envelopes; `KeyLost` with the reason."""
    if survey.public_key is None or survey.key_destroyed:
        raise KeyLost("its key was destroyed" if survey.key_destroyed else "it has no key")
    return key_folder.read(
        Path(settings.KEYS_DIR), survey_id=survey.pk, public_key=bytes(survey.public_key)
    )


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
    key_folder.destroy(
        Path(settings.KEYS_DIR), survey_id=survey.pk, public_key=bytes(survey.public_key)
    )
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
