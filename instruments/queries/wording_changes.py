"""How a version differs from the one it was copied from, and what an editor declared about it."""

from dataclasses import dataclass, field

from instruments.models import Edition, Version
from instruments.queries.version_rows import VersionRows

DESCRIPTION = (
    "title", "purpose", "notice", "source", "recommended_respondents", "section_titles_are",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """A stem or statement of one edition whose words in the instrument's own language differ.

    `before` is empty where it is new, `after` where it ended. `old_code` is the code before.
    """

    edition: Edition | None
    kind: str
    row_id: int
    code: str
    old_code: str
    place: str
    before: str
    after: str
    declared_same: bool = False
    new_code: bool = False

    @property
    def is_pending(self) -> bool:
        """Whether the editor must still say if it measures the same."""
        return bool(self.before and self.after and not self.declared_same and not self.new_code)


@dataclass
class Difference:
    """Everything that differs from the version before.

    `described` is what the versions say of themselves: name, before, after.
    """

    before: Version | None
    changes: list[Change] = field(default_factory=list)
    scale_differs: bool = False
    order_differs: bool = False
    statements: int = 0
    described: list[tuple[str, str, str]] = field(default_factory=list)
    unchanged: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def pending(self) -> list[Change]:
        """Changes that nobody has declared yet."""
        return [change for change in self.changes if change.is_pending]

    def of_edition(self, edition_code: str) -> list[Change]:
        """Changes seen in one edition, in the version's order."""
        return [c for c in self.changes if c.edition is None or c.edition.code == edition_code]


def difference(version: Version, before: Version | None = None) -> Difference:
    """Against the version it was copied from, or another one. About fourteen queries."""
    base = before or version.copied_from
    new = VersionRows(version)
    found = Difference(base, statements=sum(len(items) for items in new.items.values()))
    if base is None:
        return found
    old = VersionRows(base)
    own, old_own = version.language, base.language
    scale = (version.scale_minimum, version.scale_maximum, new.labels.get(own))
    found.scale_differs = scale != (
        base.scale_minimum, base.scale_maximum, old.labels.get(old_own),
    )  # fmt: skip
    found.described = [
        (name.replace("_", " "), was, now)
        for name in DESCRIPTION
        if (was := getattr(base, name)) != (now := getattr(version, name))
    ]
    old_items = {item.code: item for items in old.items.values() for item in items}
    old_sections = {section.code: section for section in old.sections}
    old_editions = {edition.code: edition for edition in old.editions}
    ordered = [item.code for section in new.sections for item in new.items.get(section.pk, ())]
    old_order = [i.code for section in old.sections for i in old.items.get(section.pk, ())]
    found.order_differs = [c for c in ordered if c in old_items] != [
        c for c in old_order if c in set(ordered)
    ]
    for edition in new.editions:
        was = old_editions.get(edition.code)
        for number, section in enumerate(new.sections, start=1):
            items = new.items.get(section.pk, [])
            stem = new.stems.get((edition.pk, own, section.pk))
            old_section = old_sections.get(section.code)
            old_stem = (
                old.stems.get((was.pk, old_own, old_section.pk)) if was and old_section else None
            )
            if was and stem and (old_stem.stem if old_stem else "") != stem.stem:
                found.changes.append(
                    Change(
                        edition, "stem", section.pk, section.code, section.code,
                        f"section {number}", old_stem.stem if old_stem else "", stem.stem,
                        stem.measures_same,
                        old_stem is not None and not any(i.code in old_items for i in items),
                    )
                )  # fmt: skip
            for item in items:
                text = new.texts.get((edition.pk, own, item.pk))
                old_code = item.replaces or item.code
                old_item = old_items.get(old_code)
                old_text = (
                    old.texts.get((was.pk, old_own, old_item.pk)) if was and old_item else None
                )
                if text is None or was is None:
                    continue
                said, says = old_text.text if old_text else "", text.text
                said = "" if old_text and old_text.left_out else said
                says = "" if text.left_out else says
                if said == says and not item.replaces:
                    found.unchanged.setdefault(edition.code, []).append((item.code, says))
                else:
                    found.changes.append(
                        Change(
                            edition, "item", item.pk, item.code, old_code, f"section {number}",
                            said, says, text.measures_same, bool(item.replaces),
                        )
                    )  # fmt: skip
    kept = {item.code for items in new.items.values() for item in items}
    kept |= {item.replaces for items in new.items.values() for item in items}
    for code, item in old_items.items():
        if code not in kept:
            verbatim = next(edition for edition in old.editions if edition.is_verbatim)
            text = old.texts.get((verbatim.pk, old_own, item.pk))
            found.changes.append(
                Change(None, "item", 0, code, code, "", text.text if text else "", "")
            )
    return found


def joined_codes(*, earlier: Edition, later: Edition) -> frozenset[str]:
    """Codes of the statements whose scores may be joined by a line: change over audits.

    The same edition of the same version; or of versions of one line, with the same scale, where
    every changed wording was declared to measure the same, for else it has a new code.
    """
    if earlier.code != later.code:
        return frozenset()
    if earlier.version_id == later.version_id:
        return frozenset(_asked(later) if earlier.pk == later.pk else ())
    line, current = set[int](), later.version
    while current.pk not in line:
        line.add(current.pk)
        if current.copied_from is None:
            break
        current = current.copied_from
    if earlier.version_id not in line or _scale(earlier.version) != _scale(later.version):
        return frozenset()
    return frozenset(_asked(earlier)) & frozenset(_asked(later))


def _asked(edition: Edition) -> list[str]:
    rows = edition.item_wordings.filter(language=edition.version.language, left_out=False)
    return list(rows.values_list("item__code", flat=True))


def _scale(version: Version) -> tuple[int, int, list[str]]:
    labels = version.scale_labels.filter(language=version.language).order_by("value")
    return (
        version.scale_minimum,
        version.scale_maximum,
        list(labels.values_list("label", flat=True)),
    )
