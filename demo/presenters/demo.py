"""The state of the demo as one plain document; page and programs read the same."""

from django.urls import reverse

from demo.access import SLUG, Shown
from demo.rules.accounts import ACCOUNTS
from demo.rules.sample import LINKS_TO_TRY
from organisations.models import Role
from organisations.rules import personal_links
from surveys.models import Invitation, NamedResponse, Survey, SurveyUnit


def state(shown: Shown) -> dict[str, object]:
    """Accounts, surveys with their links, and the outbox; paths are relative to the site."""
    roles = {account.email: Role(account.role).label for account in ACCOUNTS}
    return {
        "accounts": [
            {
                "email": user.email,
                "name": user.name,
                "role": roles[user.email],
                "sign_in": reverse("demo_sign_in", args=[user.pk]),
            }
            for user in shown.people
        ],
        "surveys": [_survey(survey) for survey in shown.surveys],
        "outbox": [
            {
                "channel": message.channel,
                "to": message.to,
                "subject": message.subject,
                "body": message.body,
                "at": message.at.isoformat(),
            }
            for message in shown.messages
        ],
    }


def _survey(survey: Survey) -> dict[str, object]:
    return {
        "id": survey.pk,
        "title": survey.title,
        "status": survey.state,
        "status_words": survey.get_state_display(),
        "units": [_unit(unit) for unit in survey.survey_units.all()],
    }


def _unit(unit: SurveyUnit) -> dict[str, object]:
    return {
        "id": unit.pk,
        "name": unit.unit_name,
        "is_open": unit.state == SurveyUnit.State.OPEN,
        "qr": reverse("answer_by_code", args=[unit.answer_code]),
        "invitations": [
            reverse("answer_by_token", args=[_token(personal_links.Purpose.INVITATION, invitation)])
            for invitation in unit.invitations.all()[:LINKS_TO_TRY]
            if invitation.token_hash
        ],
        "sheets": [
            reverse("named_response", args=[_token(personal_links.Purpose.NAMED_RESPONSE, sheet)])
            for sheet in unit.named_responses.all()
            if sheet.token_hash
        ],
        "results": reverse("result", args=[SLUG, unit.pk]),
        "ward_page": reverse("ward_page", args=[unit.ward_page_code]),
        "debrief": reverse("debrief", args=[SLUG, unit.pk]),
    }


def _token(purpose: personal_links.Purpose, row: Invitation | NamedResponse) -> str:
    return personal_links.token(purpose=purpose, source=row.link_source)
