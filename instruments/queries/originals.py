"""Whose words a version has: the shipped FFIT, an instrument that is shared, the first of its line.

The shipped file is asked and not a row, which somebody may have changed.
"""

from dataclasses import dataclass, replace
from functools import cache

from instruments.exchange.read_file import SHIPPED_FFIT, read_path
from instruments.models import Version
from instruments.queries.stored_version import stored_version
from instruments.rules.originals import is_copy
from instruments.rules.texts import InstrumentText
from instruments.rules.version_text import VersionText


@dataclass(frozen=True)
class Original:
    """An instrument as it was published; if it is another's, its notice and purpose are owed."""

    text: InstrumentText
    is_anothers: bool


@cache
def shipped_ffit() -> InstrumentText:
    """The FFIT in its authors' words."""
    version = read_path(SHIPPED_FFIT).version
    if version is None:
        raise RuntimeError(f"{SHIPPED_FFIT.name} cannot be read.")
    return version.instrument


def asked_verbatim(text: VersionText, left_out: frozenset[str] = frozenset()) -> InstrumentText:
    """The version's own words without the statements that its first edition leaves out."""
    return replace(
        text.instrument,
        sections=tuple(
            replace(
                section,
                items=tuple(item for item in section.items if item.code not in left_out),
            )
            for section in text.instrument.sections
        ),
    )


def originals_of(version: Version) -> list[Original]:
    """The originals of a version, which may be none, and never itself."""
    line = _line(version)
    codes = {one.instrument.code for one in (version, *line)}
    sections = stored_version(version).instrument.sections
    own = [item.text for section in sections for item in section.items]
    found = []
    ffit = shipped_ffit()
    statements = [item.text for section in ffit.sections for item in section.items]
    if ffit.code in codes or is_copy(own, statements):
        found.append(Original(ffit, is_anothers=True))
    shared = Version.objects.filter(
        instrument__organisation=None, instrument__code__in=codes
    ).exclude(state=Version.State.DRAFT)
    ends = {one.pk: one for one in shared.exclude(pk=version.pk).select_related("instrument")}
    ends |= {one.pk: one for one in line[-1:] if one.source}
    for one in ends.values():
        is_anothers = one.instrument.organisation_id is None
        found.append(Original(stored_version(one).instrument, is_anothers))
    return found


def _line(version: Version) -> list[Version]:
    """What the version was copied from, the first of the line last."""
    found: list[Version] = []
    current = version.copied_from
    while current is not None and current not in found and current != version:
        found.append(current)
        current = current.copied_from
    return found
