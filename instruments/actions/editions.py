"""Editions of a draft: copied from another one, renamed, removed."""

from django.db import transaction
from django.utils.text import slugify

from instruments.actions.authorship import signed
from instruments.actions.draft import copied, current, require_draft, touch
from instruments.models import Edition, ItemWording, SectionWording, Translation, Version
from instruments.rules.originals import NO_CLAIM, says_verbatim
from organisations.actions.audit_log import record
from organisations.models import User
from organisations.rules.refusal import Refused


@transaction.atomic
def copy_edition(*, edition: Edition, name: str, label: str, why: str, by: User) -> Edition:
    """A further edition with the words and translations of one that is there."""
    draft, edition = require_draft(edition.version), current(edition)
    if not name.strip():
        raise Refused("Enter a name for the edition.", field="name")
    _require_no_claim(name, label)
    code = slugify(name)[:30].removesuffix("-edition") or "edition"
    if Edition.objects.filter(version=draft, code=code).exists():
        raise Refused(f"There is an edition named {code} already.", field="name")
    source = edition.pk
    copy = Edition(version=draft, code=code, name=name.strip(), label=label.strip(), why=why)
    signed(copy, by).save()
    of = {"edition": source}
    copied(
        Translation,
        of,
        lambda row: {"edition": copy, "reviewed_by": None, "reviewed_on": None},
    )
    copied(SectionWording, of, lambda row: {"edition": copy, "measures_same": False})
    copied(
        ItemWording,
        of,
        lambda row: {
            "edition": copy,
            "measures_same": False,
            "left_out": row.left_out and not edition.is_verbatim,
        },
    )
    _audit(draft, by, "edition added", copy)
    return copy


@transaction.atomic
def describe_edition(*, edition: Edition, name: str, label: str, why: str, by: User) -> None:
    """What the edition is called, how it is marked on pages, and why it exists."""
    draft, edition = require_draft(edition.version), current(edition)
    if edition.is_verbatim:
        raise Refused("The verbatim edition is called as it is.")
    _require_no_claim(name, label)
    edition.name, edition.label, edition.why = name.strip(), label.strip(), why.strip()
    signed(edition, by).save(update_fields=["name", "label", "why"])
    _audit(draft, by, "edition described", edition)


@transaction.atomic
def remove_edition(*, edition: Edition, by: User) -> None:
    """Takes an adapted edition with its translations out of the draft."""
    draft, edition = require_draft(edition.version), current(edition)
    if edition.is_verbatim:
        raise Refused("The verbatim edition stays.")
    _audit(draft, by, "edition removed", edition)
    signed(edition, by).delete()


def _require_no_claim(name: str, label: str) -> None:
    for field, text in (("name", name), ("label", label)):
        if says_verbatim(text):
            raise Refused(NO_CLAIM, field=field)


def _audit(draft: Version, by: User, action: str, edition: Edition) -> None:
    touch(draft, by)
    record(
        action=action,
        on=draft,
        organisation=draft.instrument.organisation,
        by=by,
        edition=edition.code,
    )
