"""The ballot box, and comments.

`Response` is not passed on: who reads counted forms names its module, and a contract says who may.
"""

import responses.models.response  # noqa: F401 (Django must meet the model)
from responses.models.ballot_box import Backup, Envelope, Tally
from responses.models.comment import Comment, ScreenedComment, Screening

__all__ = ["Backup", "Comment", "Envelope", "ScreenedComment", "Screening", "Tally"]
