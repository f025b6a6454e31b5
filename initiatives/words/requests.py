"""How a request and its answer are said, to those who sent it and to their team."""

from initiatives.models import DepartmentRequest
from initiatives.queries.requests import RequestStanding
from initiatives.rules.requests import Standing
from organisations.words.dates import day

ANSWERS, HAS_COME = DepartmentRequest.Answer, DepartmentRequest.HasCome
COME = {HAS_COME.YES: " It has come.", HAS_COME.NO: " It has not come yet."}
UNDELIVERED = {
    DepartmentRequest.Undelivered.NO.value: "could not be delivered",
    DepartmentRequest.Undelivered.UNKNOWN.value: "we do not know if it was delivered",
}


def request_line(state: RequestStanding) -> str:
    """Who is asked and what they said: `Request to Estates, answer due Friday 4 December`.

    Call it while the organisation's time zone is active.
    """
    one = state.request
    match state.standing:
        case Standing.WAITING if state.has_left:
            return f"Request to {one.whom}, who can no longer answer"
        case Standing.WAITING if one.undelivered:
            return f"Request to {one.whom}, {UNDELIVERED[one.undelivered]}"
        case Standing.WAITING:
            return f"Request to {one.whom}, answer due {day(one.answer_by)}"
        case Standing.WITHDRAWN:
            return f"Request to {one.whom}, withdrawn"
        case Standing.NEEDLESS:
            return f"Request to {one.whom}, no longer needed"
        case Standing.MOVED:
            return f"{asked(one)}: not ours. Request passed to {one.moved_to.whom}"
        case Standing.RETURNED:
            named = f" They named {one.answer_words}." if one.answer_words else ""
            return f"{asked(one)}: not ours.{named}"
        case Standing.ANSWERED:
            return f"{asked(one)}: {answer_words(one)}"


def answer_words(one: DepartmentRequest) -> str:
    """`yes, by Friday 4 December. It has come.` or `no, or not now. No plumber until January`."""
    if one.answer == ANSWERS.YES and one.promised_on is not None:
        come = COME.get(HAS_COME(one.has_come), "") if one.has_come else ""
        return f"yes, by {day(one.promised_on)}.{come}"
    return f"no, or not now. {one.answer_words}"


def asked(one: DepartmentRequest) -> str:
    """Who is asked, to begin a sentence: `Estates`, `The senior reviewer`."""
    return one.whom[:1].upper() + one.whom[1:]
