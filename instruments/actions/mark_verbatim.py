"""Names the words of a draft for what they are: somebody's own, or adapted."""

from instruments.actions.authorship import signed
from instruments.models import Edition, ItemWording, Version
from instruments.queries.originals import asked_verbatim, originals_of
from instruments.queries.stored_version import stored_version
from instruments.rules.originals import same_words
from organisations.models import User

VERBATIM_NAME, AS_PUBLISHED = "Verbatim", "as published"
CHANGED_NAME, ADAPTED = "Own wording", "adapted wording"


def mark_verbatim(draft: Version, by: User | None) -> None:
    """“Verbatim” only where stems, statements, their order and the scale are an original's.

    Call it inside the transaction of the action that changed them.
    """
    originals = originals_of(draft)
    if not originals:
        return
    edition = Edition.objects.get(version=draft, is_verbatim=True)
    left_out = ItemWording.objects.filter(
        edition=edition, language=draft.language, left_out=True
    ).values_list("item__code", flat=True)
    asked = asked_verbatim(stored_version(draft), frozenset(left_out))
    is_verbatim = any(same_words(asked, one.text) for one in originals)
    said = (VERBATIM_NAME, AS_PUBLISHED) if is_verbatim else (CHANGED_NAME, ADAPTED)
    if (edition.name, edition.label) != said:
        edition.name, edition.label = said
        signed(edition, by).save(update_fields=["name", "label"])
