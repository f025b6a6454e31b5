"""What a figure means, in plain words: the one source for pages and documents."""

from dataclasses import dataclass

from results.words.phrases import capital, listed
from scoring.rules.payload import SnapshotPayload


@dataclass(frozen=True)
class Explanation:
    """A question that people ask of a figure, and its answer sentence by sentence."""

    question: str
    answer: tuple[str, ...]


SCORE = Explanation(
    "What is a section score?",
    (
        "We work out the average for each statement.",
        "The section score is the average of these.",
        "No person’s answers are added up.",
    ),
)
RANGE = Explanation(
    "What is the likely range?",
    (
        "If everyone had answered, the mean would probably lie here.",
        "It is only about the team as it is today, and is more often too wide than too narrow.",
        "If 2 ranges do not overlap, that does not prove that something changed.",
    ),
)
AGREEMENT = Explanation(
    "What does agreement mean?",
    (
        "Agreement shows how similar people’s answers were, not how high: people agree, partly "
        "agree or differ.",
        "A middling score where people agree is one view; where people differ it is several.",
        "It is worked out statement by statement.",
    ),
)
CANT_SAY = Explanation(
    "What does “I can’t say” tell us?",
    (
        "We count it as a separate answer, never as a low score.",
        "It means people do not know, or it’s not part of their work.",
        "If more than 30% chose it, ask what people have been told.",
    ),
)
RELATIVELY_LOW = Explanation(
    "What does “low compared with the other sections” mean?",
    (
        "The section’s mean is at least 3 tenths of a point below the average of the team’s "
        "other sections, and further than chance would bring.",
        "We compare no team with another.",
    ),
)
WITHHELD = Explanation(
    "Why is a figure not shown?",
    (
        "Because few people stand behind it.",
        "With 5 or 6 answers each section has a word. With 7 to 10 each section has a mean, and "
        "each statement is low, middle or high. From 11 each statement has bars.",
        "It depends only on how many people scored, could not say or left blank, never on the "
        "scores they chose. So an empty place tells nothing about scores.",
        "A figure we leave out here is not in any file or on anyone’s page, including the "
        "manager’s.",
    ),
)
LEADERS = Explanation(
    "What are the leaders’ marks?",
    (
        "Managers and the improvement team also filled in a form, in their own names.",
        "Each small diamond is one leader. If there are 3 or more leaders, the large diamond "
        "is their mean.",
        "They are never part of the team’s figures. A leader’s score is the mean of what that "
        "person answered; the team’s is the average of its statements.",
    ),
)


LEADERS_TOGETHER = Explanation(
    "What is the leaders’ mark?",
    (
        "Managers and the improvement team also filled in a form. They agreed one form together, "
        "so the small diamond is what they agreed and not what any one of them thinks.",
        "It is not part of the team’s figures. The leaders’ score is the mean of what they "
        "agreed; the team’s is the average of its statements.",
    ),
)


def explanations(payload: SnapshotPayload) -> tuple[Explanation, ...]:
    """Those that this result needs, in the order in which its page raises them."""
    sections, leaders = payload["sections"], payload["leaders"]
    marks = LEADERS_TOGETHER if leaders and leaders["together"] else LEADERS
    wanted = (
        (SCORE, payload["tier"] in ("figures", "small")),
        (RANGE, any(section["interval"] for section in sections)),
        (AGREEMENT, payload["tier"] in ("figures", "small")),
        (CANT_SAY, payload["tier"] != "joint"),
        (RELATIVELY_LOW, any(section["relatively_low"] for section in sections)),
        (marks, leaders is not None and payload["tier"] != "words"),
        (WITHHELD, payload["tier"] != "joint"),
    )
    return tuple(one for one, is_wanted in wanted if is_wanted)


def what_is_explained(found: tuple[Explanation, ...]) -> str:
    """What the fold over them says that it is about."""
    parts = (
        ("the marks", any(one not in (CANT_SAY, WITHHELD) for one in found)),
        ("“I can’t say”", CANT_SAY in found),
        ("what is not shown", WITHHELD in found),
    )
    return capital(listed([words for words, is_said in parts if is_said]))
