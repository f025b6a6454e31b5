"""What the rooms of results promise: `overview`, `reports`, `debriefs`, `results`."""

from tests.promises.held_by import (
    API_READS,
    BY_NAME,
    CANCELLED,
    COUNTS_NOT_SCORES,
    EXPORT_NAMES,
    LEADERS_BESIDE,
    LINKAGE,
    NEVER_A_SCORE,
    OPENS_AT_ONCE,
    READ_FIRST,
    SAME_CORRECTED,
    SAME_MOMENT,
    STOP_ON_PAGE,
    TOO_FEW,
    UNDECIDED,
    UNREAD,
)

PROMISES: dict[str, dict[str, str]] = {
    "debriefs/idea.html": {
        "You do not sign in, and we keep no name, no time and no order.": (
            "initiatives/actions/test_ideas.py::test_of_a_thousand_ideas_neither_keys_nor_rows_tell_the_order"
        ),
        "The team sees an idea only with its answer.": (
            "debriefs/views/test_ideas.py::test_the_team_page_has_answered_ideas_only"
        ),
    },
    "debriefs/debrief/discuss.html": {"Nobody has to say what they answered.": LINKAGE},
    "debriefs/presenters/debrief.py": {
        "Nobody has to say what they answered, and nobody asks.": LINKAGE
    },
    "debriefs/views/debrief.py": {
        "the priorities that only it has chosen are deleted permanently. The result stays": (
            "debriefs/views/test_discarding.py::test_a_meeting_that_came_to_nothing_is_discarded"
        )
    },
    "overview/organisational_base.html": {
        "Units are in order of name, never of score.": (
            "overview/views/test_organisational_base.py::"
            "test_each_statement_of_the_base_is_counted_by_its_released_level"
        )
    },
    "overview/reviews/list.html": {
        "If the unit has a team page, the team reads what you decide straight away.": STOP_ON_PAGE,
    },
    "overview/reviews/confirm.html": {"Nothing has changed yet.": READ_FIRST},
    "overview/presenters/review.py": {"The team page shows this straight away.": STOP_ON_PAGE},
    "overview/views/status.py": {
        "It is kept with the improvement.": (
            "overview/views/test_register.py::test_why_it_was_stopped_is_kept_with_the_improvement"
        )
    },
    "overview/units.html": {"Units are in order of name, never of score.": BY_NAME},
    "overview/presenters/overview.py": {"The answers were deleted unopened.": TOO_FEW},
    "overview/presenters/to_do_surveys.py": {
        "If nobody decides by {…}, they are deleted unread.": UNDECIDED,
        "It opens automatically at {…}.": OPENS_AT_ONCE,
    },
    "reports/export/list.html": {"Units are in order of name, never of score.": EXPORT_NAMES},
    "reports/api/docs.html": {"It never contains anyone’s answers.": API_READS},
    "reports/presenters/slides.py": {"Nobody has read the answers, and nobody can": TOO_FEW},
    "reports/presenters/codebook.py": {
        "are never part of the staff figures.": LEADERS_BESIDE,
        "blanks are never counted as a score.": NEVER_A_SCORE,
    },
    "results/combined/combined.html": {
        "Units are listed by name and never ranked.": (
            "results/views/test_combined.py::test_the_lead_of_all_sees_the_whole_first_then_divisions_by_name"
        )
    },
    "results/result/waiting.html": {"will show the result at the same time": SAME_MOMENT},
    "results/words/sentences.py": {
        "We deleted the answers unopened.": TOO_FEW,
        "and blanks are never counted as": NEVER_A_SCORE,
    },
    "results/result/_too_few.html": {
        "Nobody has read the answers and nobody can.": TOO_FEW,
    },
    "results/correction/correct.html": {
        "Everyone will see the corrected result at the same time": SAME_CORRECTED
    },
    "results/presenters/state.py": {
        "All answers were deleted unopened. There will be no result.": CANCELLED,
        "Until then the answers stay locked and nobody can see any of them.": (
            "responses/actions/test_count.py::test_only_a_closed_unit_is_counted"
        ),
        "The whole team will see the result here at the same time.": SAME_MOMENT,
    },
    "results/words/explanations.py": {
        "never as a low score.": NEVER_A_SCORE,
        "never on the scores they chose.": COUNTS_NOT_SCORES,
        "They are never part of the team’s figures.": LEADERS_BESIDE,
    },
    "results/presenters/comments.py": {"Staff could add comments, but we cannot show any.": UNREAD},
}
