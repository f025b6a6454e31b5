"""What each figure means and how it is worked out: the codebook of every table we hand out."""

from reports.presenters.figures import Measure
from scoring.rules.payload import SnapshotPayload

MEANINGS: dict[Measure, str] = {
    "answered": "How many people’s answers were counted.",
    "headcount": "How many posts the unit had when the survey opened.",
    "mean": "Statement: sum of the scores ÷ people who scored it. Section: the average of its "
    "statements’ means. One decimal.",
    "in words": "The mean in the scale’s own words.",
    "scored by, least": "By how many people the section’s least scored statement was scored.",
    "scored by, most": "By how many people the section’s most scored statement was scored.",
    "statements in the mean": "How many of the section’s statements enough people scored to count "
    "in its mean.",
    "interval from": "Lower end of the likely range, about 90%: mean − t × the average of "
    "the statements’ SD ÷ √n × √(1 − n ÷ headcount), of the statements with "
    "bars. It is only about the team as it is today. From 11 answers.",
    "interval to": "Upper end of the likely range, in the same way.",
    "agreement": "How similar people’s answers were, not how high: 1 − the average variance of the "
    "statements ÷ the variance of even answers (Lindell’s r*). Up to 0.50 people differ, to 0.70 "
    "people partly agree, above people agree.",
    "cannot say": "Share of “I can’t say”, 0 to 1. Statement: of all who answered the survey. "
    "Section: of all its statements.",
    "cannot say, people": "How many said “I can’t say”.",
    "high, middle or low": "Where the mean lies on the scale: low is the lowest two fifths, "
    "middle the next fifth, high the top two fifths.",
    "share of answers": "Share of the scores that chose this option, in whole percents.",
    "leaders, each": "One leader’s score, lowest first; if the leaders agreed one form "
    "together, its score. Leaders answer by name and are never part of the staff figures.",
    "leaders, mean": "Mean of the leaders’ scores, from three leaders on.",
}


def statement_of_use(payload: SnapshotPayload) -> tuple[str, ...]:
    """What must stay with the figures wherever they go."""
    label = payload["edition"]["label"]
    return (
        payload["notice"],
        f"{payload['instrument']}, version {payload['version']}; wording: "
        f"{payload['edition']['name']}{f' ({label})' if label else ''}.",
        "“I can’t say” and blanks are never counted as a score.",
        "We do not show figures that could identify a person. The reason is given instead.",
        "Do not compare teams. The figures describe one team on one day.",
    )
