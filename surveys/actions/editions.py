"""Editions of a draft: copied from another one, renamed, removed."""

from django.db import transaction
from django.utils.text import slugify

from organisations.audit import record
from organisations.models import User
from organisations.refusal import Refused
from surveys.actions.draft import copied, require_draft, touch
from surveys.authorship import signed
from surveys.models import Edition, ItemWording, SectionWording, Translation, Version


@transaction.atomic
def copy_edition(*, edition: Edition, name: str, label: str, why: str, by: User) -> Edition:
    """A further edition with the words and translations of one that is there."""
    draft = require_draft(edition.version)
    if not name.strip():
        raise Refused("Enter a name for the edition.", field="name")
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
    draft = require_draft(edition.version)
    if edition.is_verbatim:
        raise Refused("The verbatim edition is called as it is.")
    edition.name, edition.label, edition.why = name.strip(), label.strip(), why.strip()
    signed(edition, by).save(update_fields=["name", "label", "why"])
    _audit(draft, by, "edition described", edition)


@transaction.atomic
def remove_edition(*, edition: Edition, by: User) -> None:
    """Takes an adapted edition with its translations out of the draft."""
    draft = require_draft(edition.version)
    if edition.is_verbatim:
        raise Refused("The verbatim edition stays.")
    _audit(draft, by, "edition removed", edition)
    signed(edition, by).delete()


def _audit(draft: Version, by: User, action: str, edition: Edition) -> None:
    touch(draft, by)
    record(
        action=action,
        on=draft,
        organisation=draft.instrument.organisation,
        by=by,
        edition=edition.code,
    )
