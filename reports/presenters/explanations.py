"""What a figure means, in plain words: the one source for pages and documents."""

from dataclasses import dataclass

from scoring.payload import SnapshotPayload


@dataclass(frozen=True)
class Explanation:
    """A question that people ask of a figure, and its answer sentence by sentence."""

    question: str
    answer: tuple[str, ...]


SCORE = Explanation(
    "What is a section’s score?",
    (
        "A section’s score is the mean of people’s own means.",
        "Everyone counts who scored at least half of its statements.",
    ),
)
RANGE = Explanation(
    "What is the likely range?",
    (
        "The likely range says where the mean would probably lie had everyone answered.",
        "It describes today’s team only.",
        "Two ranges that do not touch are not proof of a change.",
    ),
)
AGREEMENT = Explanation(
    "What does agreement mean?",
    (
        "Agreement says how alike we answered, not how high: none, weak, moderate, strong, very "
        "strong.",
        "A middling score with strong agreement is one view; with none it is several.",
        "It takes 10 people who scored every statement of the section.",
    ),
)
CANT_SAY = Explanation(
    "What does “I can’t say” tell us?",
    (
        "It is an answer of its own, and never counts as a low score.",
        "People do not know, or it is not part of their work.",
        "Where more than 30% say so, ask what people have been told.",
    ),
)
RELATIVELY_LOW = Explanation(
    "What does “relatively low” mean?",
    (
        "The whole likely range of the section lies below the mean of our own other sections.",
        "We compare no ward with another.",
    ),
)
WITHHELD = Explanation(
    "Why is a figure not shown?",
    (
        "Because somebody could work out from it what one person answered, perhaps together with "
        "other figures.",
        "A word needs 5 people behind it, the mean of a section 7, bars 11.",
        "Seldom we leave a figure out by chance, so that its absence tells nothing.",
        "What is not shown here is in no file and on nobody’s page, not the manager’s either.",
    ),
)
LEADERS = Explanation(
    "What are the leaders’ marks?",
    (
        "Managers and the improvement team filled in a sheet too, in their own names.",
        "Each small diamond is one of them; from three on, the large one is their mean.",
        "They are never part of the ward’s figures.",
    ),
)


def explanations(payload: SnapshotPayload) -> tuple[Explanation, ...]:
    """Those that this result needs, in the order in which its page raises them."""
    sections = payload["sections"]
    wanted = (
        (SCORE, payload["tier"] in ("figures", "small")),
        (RANGE, any(section["interval"] for section in sections)),
        (AGREEMENT, payload["tier"] == "figures"),
        (CANT_SAY, payload["tier"] != "joint"),
        (RELATIVELY_LOW, any(section["relatively_low"] for section in sections)),
        (LEADERS, payload["leaders"] is not None and payload["tier"] != "words"),
        (WITHHELD, payload["tier"] != "joint"),
    )
    return tuple(one for one, is_wanted in wanted if is_wanted)
