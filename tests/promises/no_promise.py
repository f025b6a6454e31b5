"""A promising word that promises nothing: a button, an empty list, what others do."""

NO_PROMISE: dict[str, tuple[str, ...]] = {
    "organisations/public/_interviews.html": ("They cannot show that the scores are right.",),
    "organisations/forms/sign_in.py": ("on a device nobody else uses",),
    "organisations/public/help.html": (
        "Never enter names of patients or staff.",
        "on a device nobody else uses.",
        "“Delete this debrief”",
    ),
    "organisations/forms/limits.py": ("Hours an improvement counts as while nobody has said",),
    "initiatives/forms/responsible.py": ("Nobody from the list",),
    "overview/register/staff_hours.html": ("nobody has said the hours",),
    "overview/register/list.html": ("nobody has said the hours",),
    "instruments/views/version.py": ("Draft deleted",),
    "results/presenters/soffts.py": ("We cannot show any statements about this.",),
    "debriefs/debrief/discuss.html": ("Nobody scored a statement",),
    "instruments/history.html": ("Nobody has changed the wording here.",),
    "instruments/section.html": ("Nobody else is editing.",),
    "responses/answer/message.html": ("language.page.delete",),
    "responses/words/answer_page.py": (
        "delete",  # the name of the next
        "Delete my answers from this device",
        "We cannot see or delete that record.",
    ),
    "responses/words/answer_page_cy.py": ("delete",),
    "organisations/units/unit.html": ("Nobody yet.",),
    "organisations/people/person.html": ('"text": "Erased"',),
    "organisations/actions/people.py": (
        "This person was erased. Invite them again.",
        "person erased",
        "erased-{…}@erased.invalid",
    ),
    "fieldwork/survey/recipients.html": ("Nobody on the list matches.",),
    "fieldwork/comments/screening.html": ("delete it here", ">Delete<"),
    "fieldwork/views/comments.py": ("Delete this comment?", "Delete the comment"),
    "fieldwork/forms/cancel.py": ("Cancel survey and delete all answers",),
    "fieldwork/presenters/progress.py": ("Nobody on the staff list is marked as working nights",),
    "fieldwork/actions/launch.py": (
        "There’s nobody outside line management to check comments first.",
    ),
    "fieldwork/actions/screening.py": ("comments deleted unread",),
    "overview/views/status.py": ("Say it so that nobody on the units is blamed.",),
    "results/presenters/change.py": ("nobody has confirmed that both ask the same",),
    "results/words/phrases.py": ("nobody scored it",),
    "responses/actions/submission.py": ("never in a name.",),
    "surveys/views/resending.py": ("an address that is deleted",),
    "surveys/actions/erasure.py": ("addresses erased",),
}
