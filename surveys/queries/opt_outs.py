"""Whom an organisation must not write to."""

from collections.abc import Iterable

from surveys.models import Contact, Invitation, OptOut
from surveys.rules import tokens


def opted_out(*, organisation: int, addresses: Iterable[str]) -> set[str]:
    """Those of the addresses (e-mails, mobiles) that asked for no more messages. One query."""
    hashes = {
        tokens.address_hash(organisation=organisation, address=one): one for one in addresses if one
    }
    if not hashes:
        return set()
    found = OptOut.objects.filter(address_hash__in=hashes).values_list("address_hash", flat=True)
    return {hashes[bytes(one)] for one in found}


def addresses_of(contact: Contact | None) -> list[str]:
    """Every address of a contact; none once it is erased."""
    return [one for one in (contact.email, contact.mobile) if one] if contact else []


def invitation_to_stop(token: str) -> Invitation | None:
    """The invitation behind an opt-out's address, with its contact and organisation."""
    row = tokens.opt_out_row(token)
    if row is None:
        return None
    found = (
        Invitation.objects.filter(pk=row)
        .select_related("contact", "survey_unit__survey__organisation")
        .first()
    )
    if found and tokens.is_opt_out(token, row=found.pk, source=found.link_source):
        return found
    return None
