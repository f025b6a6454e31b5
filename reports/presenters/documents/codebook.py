"""What each figure means and how it is worked out: the codebook of every table we hand out."""

from reports.presenters.documents.figures import Measure
from scoring.payload import SnapshotPayload

MEANINGS: dict[Measure, str] = {
    "answered": "How many people’s sheets were counted.",
    "headcount": "How many posts the unit had when the survey opened.",
    "mean": "Statement: sum of the scores ÷ people who scored it. Section: the mean of people’s "
    "own means, from everyone who scored at least half of its statements. All sections: the mean "
    "over all statements’ places, from people with a score in every section; the instrument "
    "itself defines no total. One decimal.",
    "in words": "The mean in the scale’s own words.",
    "interval from": "Lower end of the likely range: mean − t × SD ÷ √n × √(1 − n ÷ headcount), "
    "with t for 95% and n − 1. It describes today’s team only. From 11 scores.",
    "interval to": "Upper end of the likely range, in the same way.",
    "standard deviation": "Spread of people’s scores in the section, divisor n − 1. From 11 "
    "scores.",
    "agreement": "How alike people answered, not how high, in words. Section: 1 − mean variance of "
    "the statements ÷ the variance of even answers (r*), from full sheets, at least 10. Up to "
    "0.30 none, to 0.50 weak, to 0.70 moderate, to 0.90 strong, above very strong.",
    "cannot say": "Share of “I can’t say”, 0 to 1. Statement: of all who answered the survey. "
    "Section: of all its statements.",
    "cannot say, people": "How many said “I can’t say”.",
    "high, middle or low": "Where the mean lies on the scale: low is the lowest two fifths, "
    "middle the next fifth, high the top two fifths.",
    "share of answers": "Share of the scores that chose this option, in whole percents.",
    "leaders, each": "One leader’s score, lowest first. Leaders answer by name and are never "
    "part of the ward’s figures.",
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
        "A figure that could point at a person is not shown; its reason stands in its place.",
        "Compare no ward with another: the figures describe one team on one day.",
    )
