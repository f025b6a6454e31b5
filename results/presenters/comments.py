"""What staff wrote, as it stands with a unit's published result."""

from dataclasses import dataclass

from fieldwork.presenters.comments import Part, by_part
from responses.queries.comments import CommentsShown

SHOWN = (
    "In people’s own words, in no particular order. Someone outside line management read "
    "them first and may have left some out. Please do not guess who wrote them."
)
BEING_READ = (
    "Staff could add comments. Someone outside line management is checking them. They’ll "
    "then be shown here."
)
NONE = (
    "Staff could add comments, but we cannot show any. We need at least 10 answers and at "
    "least 5 comments we can show."
)


@dataclass(frozen=True, slots=True)
class ResultComments:
    """A sentence, and the comments part by part."""

    sentence: str
    parts: tuple[Part, ...]


def result_comments(found: CommentsShown | None) -> ResultComments | None:
    """None where the ward was not asked for comments."""
    if found is None:
        return None
    if found.comments:
        return ResultComments(SHOWN, by_part(found.comments, found.titles))
    return ResultComments(BEING_READ if found.is_being_read else NONE, ())
