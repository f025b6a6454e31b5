"""Makes an organisation and changes its settings."""

from dataclasses import dataclass
from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction

from organisations.actions.audit_log import record
from organisations.actions.people import check_email, invite
from organisations.models import Membership, Organisation, Role, User, check_time_zone
from organisations.rules.plain_text import one_line
from organisations.rules.refusal import Refused


@transaction.atomic
def create_organisation(
    *, name: str, slug: str, administrator: str, time_zone: str | None = None
) -> tuple[Organisation, bool]:
    """The organisation with its first administrator, and whether it was made now.

    Asked again with the same words it changes nothing; with other words it refuses.
    """
    name, administrator = one_line(name), administrator.strip().lower()
    if not name or len(name) > 120:
        raise Refused("Organisation name must be 120 characters or fewer")
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise Refused("--slug may have small letters, figures and hyphens only.") from error
    if slug != slug.lower() or len(slug) > 50:
        raise Refused("--slug may have small letters, figures and hyphens only, up to 50.")
    check_email(administrator, f"--administrator {administrator!r} is not an email address.")
    if time_zone is not None:
        try:
            check_time_zone(time_zone)
        except ValidationError as error:
            raise Refused(f"--time-zone {time_zone!r} is not known; Europe/London is.") from error
    organisation, created = Organisation.objects.get_or_create(
        slug=slug, defaults={"name": name, "time_zone": time_zone or "Europe/London"}
    )
    if not created and organisation.name != name:
        raise Refused(f"The slug {slug!r} belongs to {organisation.name!r}. Choose another one.")
    if not created and time_zone not in (None, organisation.time_zone):
        raise Refused(
            f"{name!r} is in {organisation.time_zone}. An administrator changes it in Settings."
        )
    if created:
        record(action="organisation created", on=organisation, organisation=organisation, by=None)
    elif Membership.objects.filter(organisation=organisation, user__email=administrator).exists():
        return organisation, False
    invite(
        organisation=organisation,
        email=administrator,
        name="",
        role=Role.ADMINISTRATOR,
        unit=None,
        by=None,
    )
    return organisation, created


@dataclass(frozen=True)
class HouseRules:
    """The settings that an administrator may change."""

    name: str
    text_name: str
    time_zone: str
    quiet_from: time
    quiet_until: time
    front_line_by_default: bool


@transaction.atomic
def change_settings(*, organisation: Organisation, rules: HouseRules, by: User) -> Organisation:
    """New house rules. Surveys that were launched keep their times; quiet hours hold at once."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    check_time_zone(rules.time_zone)
    changed = [
        field for field, value in vars(rules).items() if getattr(organisation, field) != value
    ]
    if not changed:
        return organisation
    for field in changed:
        setattr(organisation, field, getattr(rules, field))
    organisation.save(update_fields=changed)
    record(
        action="settings changed",
        on=organisation,
        organisation=organisation,
        by=by,
        changed=changed,
    )
    return organisation
