"""An organisation's own suggestions: add, change, withdraw."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from initiatives.models import Suggestion
from initiatives.rules.soffts import soffts
from organisations.actions.audit_log import record
from organisations.models import Organisation, User
from organisations.rules.refusal import Refused


@transaction.atomic
def add_suggestion(
    *,
    organisation: Organisation,
    title: str,
    what: str,
    achieves: str,
    tasks: Collection[str],
    source: str,
    by: User,
) -> Suggestion:
    """A new one. Pressing the button twice adds it once."""
    suggestion, is_new = Suggestion.objects.get_or_create(
        organisation=organisation,
        title=title,
        what=what,
        withdrawn_at=None,
        defaults={
            "achieves": achieves,
            "tasks": _in_order(tasks),
            "source": source,
            "added_by": by,
        },
    )
    if is_new:
        record(
            action="suggestion added",
            on=suggestion,
            organisation=organisation,
            by=by,
            tasks=suggestion.tasks,
        )
    return suggestion


@transaction.atomic
def change_suggestion(
    *,
    suggestion: Suggestion,
    title: str,
    what: str,
    achieves: str,
    tasks: Collection[str],
    source: str,
    by: User,
) -> None:
    """New words or tasks. Actions that came of it keep theirs."""
    suggestion = _lock(suggestion)
    if suggestion.withdrawn_at is not None:
        raise Refused("This suggestion was withdrawn. Add a new one.")
    wanted = {
        "title": title,
        "what": what,
        "achieves": achieves,
        "tasks": _in_order(tasks),
        "source": source,
    }
    changed = [name for name, value in wanted.items() if getattr(suggestion, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(suggestion, name, wanted[name])
    suggestion.save(update_fields=changed)
    record(
        action="suggestion changed",
        on=suggestion,
        organisation=suggestion.organisation,
        by=by,
        changed=changed,
    )


@transaction.atomic
def withdraw_suggestion(*, suggestion: Suggestion, by: User) -> None:
    """It is offered no more; the row stays."""
    suggestion = _lock(suggestion)
    if suggestion.withdrawn_at is not None:
        return
    suggestion.withdrawn_at = timezone.now()
    suggestion.save(update_fields=["withdrawn_at"])
    record(
        action="suggestion withdrawn", on=suggestion, organisation=suggestion.organisation, by=by
    )


def _lock(suggestion: Suggestion) -> Suggestion:
    return (
        Suggestion.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=suggestion.pk)
    )


def _in_order(tasks: Collection[str]) -> list[str]:
    """The known ones among these codes, as the SOFFTs are ordered."""
    return [code for code in soffts().tasks if code in tasks]
