"""The state of the demo as one plain document; page and programs read the same."""

from typing import Any

from django.urls import reverse

from demo import access
from demo.accounts import ACCOUNTS
from surveys import tokens
from surveys.models import Invitation, NamedSheet, Survey, SurveyUnit


def state() -> dict[str, Any]:
    """Accounts, surveys with their links, and the outbox; paths are relative to the site."""
    roles = {account.email: account.role.label for account in ACCOUNTS}
    return {
        "accounts": [
            {
                "email": user.email,
                "name": user.name,
                "role": roles[user.email],
                "sign_in": reverse("demo_sign_in", args=[user.pk]),
            }
            for user in access.people()
        ],
        "surveys": [_survey(survey) for survey in access.surveys()],
        "outbox": [
            {
                "channel": message.channel,
                "to": message.to,
                "subject": message.subject,
                "body": message.body,
                "at": message.at.isoformat(),
            }
            for message in access.messages()
        ],
    }


def _survey(survey: Survey) -> dict[str, Any]:
    return {
        "id": survey.pk,
        "title": survey.title,
        "status": survey.state,
        "status_words": survey.get_state_display(),
        "units": [_unit(unit) for unit in survey.survey_units.all()],
    }


def _unit(unit: SurveyUnit) -> dict[str, Any]:
    return {
        "id": unit.pk,
        "name": unit.unit_name,
        "is_open": unit.state == SurveyUnit.State.OPEN,
        "qr": reverse("answer_by_code", args=[unit.answer_code]),
        "invitations": [
            reverse("answer_by_token", args=[_token(tokens.Purpose.INVITATION, invitation)])
            for invitation in unit.invitations.all()
            if invitation.token_hash
        ],
        "sheets": [
            reverse("named_sheet", args=[_token(tokens.Purpose.NAMED_SHEET, sheet)])
            for sheet in unit.named_sheets.all()
            if sheet.token_hash
        ],
        "results": reverse("result", args=[access.SLUG, unit.pk]),
        "ward_page": reverse("ward_page", args=[unit.ward_page_code]),
        "debrief": reverse("debrief", args=[access.SLUG, unit.pk]),
    }


def _token(purpose: tokens.Purpose, row: Invitation | NamedSheet) -> str:
    return tokens.token(purpose=purpose, source=row.link_source)
