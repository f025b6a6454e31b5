"""The one result that a manager or lead works with."""

from organisations.views.membership import MemberRequest
from results import access
from results.access import Result


def own_result(request: MemberRequest, survey_unit_id: int) -> Result:
    """The result that this manager or lead talks through."""
    return access.own_result_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_unit_id=survey_unit_id,
    )
