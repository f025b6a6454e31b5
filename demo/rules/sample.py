"""What the sample organisation consists of: units, and the surveys at each stage of their life."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from demo.rules.answers import Leaning
from surveys.rules.minimum_group import SMALL_TEAM

MEDICINE = "Medicine"
SURGERY = "Surgery"
# Ward -> division and posts.
WARDS = {
    "Ward 7 – care of older people": (MEDICINE, 12),
    "Ward 9 – stroke rehabilitation": (MEDICINE, 22),
    "Ward 11 – acute medicine": (MEDICINE, 28),
    "Ward 2 – orthopaedics": (SURGERY, 20),
    "Ward 4 – day surgery": (SURGERY, 12),
    "Pain team": (SURGERY, 6),
    "Discharge lounge": (MEDICINE, 10),
}


# The personal links of a ward that a visitor is offered; made-up colleagues use the others.
LINKS_TO_TRY = 3


class Stage(StrEnum):
    """How far a sample survey has come."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True)
class Sample:
    """One survey: its improvement, how many answered on which ward, and what they lean to.

    `begins` and `ends` count from now. `leaders` are e-mail names of leaders; those of an ended
    survey have sent their forms. The same title again is the same improvement, asked again.
    """

    title: str
    problem: str
    change: str
    answered: Mapping[str, int]
    stage: Stage
    begins: timedelta
    ends: timedelta
    seed: int = 0
    staff: int = 0
    leaders: int = 0
    minimum_group: int | None = None
    leanings: tuple[Leaning, ...] = ()


USUAL = (
    Leaning(3.6),
    Leaning(1.9, 0.04),
    Leaning(2.8, 0.04),
    Leaning(2.4, 0.02),
    Leaning(2.3, 0.39),
    Leaning(3.0, 0.04),
    Leaning(2.4, 0.19),
)
_HOPEFUL = tuple(Leaning(leaning.mean + 0.4, 0.02) for leaning in USUAL)
_THEN = (Leaning(3.5), Leaning(1.8, 0.04), Leaning(1.8, 0.1), *USUAL[3:])
LEADERS_LEAN = tuple(Leaning(mean) for mean in (3.8, 3.2, 3.9, 4.1, 3.6, 3.4, 3.3))

SAMPLES = (
    # Asked on four wards ten weeks ago, and on one of them again: what changed can be seen.
    Sample(
        "Protected mealtimes",
        "Patients are often called away while they eat.",
        "For one hour at lunch nobody is moved, washed or examined unless it is urgent.",
        {
            "Ward 9 – stroke rehabilitation": 15,
            "Ward 11 – acute medicine": 17,
            "Ward 2 – orthopaedics": 13,
            "Ward 4 – day surgery": 9,
        },
        Stage.ENDED,
        seed=10,
        begins=timedelta(days=-82),
        ends=timedelta(days=-72),
        leanings=_THEN,
    ),
    Sample(
        "Protected mealtimes",
        "Patients are often called away while they eat.",
        "For one hour at lunch nobody is moved, washed or examined unless it is urgent.",
        {"Ward 9 – stroke rehabilitation": 14},
        Stage.ENDED,
        begins=timedelta(days=-11),
        ends=timedelta(hours=-1),
        leaders=4,
        leanings=USUAL,
    ),
    Sample(
        "Home by lunch",
        "Patients who are well enough wait for hours to go home.",
        "The nurse in charge starts the discharge papers the evening before.",
        {"Ward 4 – day surgery": 8},
        Stage.ENDED,
        seed=1,
        begins=timedelta(days=-11),
        ends=timedelta(hours=-1),
        leaders=1,
        leanings=_HOPEFUL,
    ),
    Sample(
        "Skin checks at handover",
        "Pressure sores are found too late.",
        "Two of us look at the skin together at each handover.",
        {"Ward 2 – orthopaedics": 3},
        Stage.ENDED,
        seed=2,
        begins=timedelta(days=-18),
        ends=timedelta(hours=-1),
        leanings=USUAL,
    ),
    Sample(
        "Shared pain plan",
        "Each of us writes a different plan for the same patient.",
        "We write one plan together with the patient.",
        {"Pain team": 1},
        Stage.ENDED,
        seed=3,
        begins=timedelta(days=-11),
        ends=timedelta(hours=-1),
        leanings=_HOPEFUL,
    ),
    Sample(
        "Fewer falls at night",
        "Too many patients fall at night on the way to the toilet.",
        "We offer help to the toilet at 10pm, 2am and 5am.",
        {"Ward 7 – care of older people": 4},
        Stage.OPEN,
        seed=4,
        begins=timedelta(hours=-2),
        ends=timedelta(days=10),
        staff=10,
        leaders=3,
        leanings=USUAL,
    ),
    Sample(
        "Water within reach",
        "Many patients cannot reach their water.",
        "We check at every round that the jug is full and close.",
        {"Ward 11 – acute medicine": 0},
        Stage.SCHEDULED,
        seed=5,
        begins=timedelta(days=3),
        ends=timedelta(days=13),
        leaders=2,
    ),
    # So few that each section has a word and no figure.
    Sample(
        "One chair for each patient",
        "Patients wait for their transport in bed.",
        "Whoever can sit waits in a chair, dressed.",
        {"Discharge lounge": 6},
        Stage.ENDED,
        seed=6,
        minimum_group=SMALL_TEAM,
        begins=timedelta(days=-11),
        ends=timedelta(hours=-1),
        leanings=_HOPEFUL,
    ),
    # Enough for bars, but it closed 37 days after another survey of the ward.
    Sample(
        "Board round by ten",
        "Decisions wait for the afternoon.",
        "Everybody who decides meets at the board before ten.",
        {"Ward 11 – acute medicine": 15},
        Stage.ENDED,
        seed=7,
        begins=timedelta(days=-45),
        ends=timedelta(days=-35),
        leanings=USUAL,
    ),
)

# What already runs on a ward, and the staff hours a week it takes: Ward 7 is above its limit.
# With weeks it is planned to start that much later; without hours nobody can say yet.
RUNNING: tuple[tuple[str, str, int | None, int], ...] = (
    ("Protected time for training", "Ward 7 – care of older people", 5, 0),
    ("Quieter nights", "Ward 7 – care of older people", 4, 0),
    ("Bedside handover", "Ward 9 – stroke rehabilitation", 3, 0),
    ("Water within reach", "Ward 2 – orthopaedics", 2, 6),
    ("Protected mealtimes", "Ward 11 – acute medicine", None, 0),
)
# Kept only where a ward's week is full.
WHY_NOW = "Two falls with harm since summer; the night team asked for it."
