"""What lists, Home and messages say of a unit without a result: one sentence each, in one place."""

from surveys.models import SurveyUnit


def no_result_words(unit: SurveyUnit) -> str:
    """Of a unit whose answers were too few, or whose team did not send its joint form."""
    joint = unit.mode == SurveyUnit.Mode.JOINT
    return f"No result: {'joint form not sent' if joint else 'too few answers'}"


def why_no_result(unit: SurveyUnit) -> str:
    """What became of its answers."""
    if unit.mode == SurveyUnit.Mode.JOINT:
        return "The survey closed before the team sent its joint form."
    return "The answers were deleted unopened."
