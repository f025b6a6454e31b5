"""The team's reply to a review."""

from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import words


class ReplyForm(NhsForm):
    """One sentence or two; it is shown beside the reviewer's reason."""

    submit = "Send reply"
    reply = words(
        "The team’s reply",
        240,
        "Enter your reply",
        "The team and the reviewer read it. You can reply once.",
        rows=3,
    )
