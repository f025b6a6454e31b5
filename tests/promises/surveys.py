# ruff: noqa: E501 (a sentence stands as a whole)
"""What the rooms of surveys promise: `fieldwork`, `responses`, `surveys`, `instruments`."""

from tests.promises.held_by import (
    ADDRESSES_GO,
    AFTER_CLOSING,
    BROWSER_KEEPS,
    CANCELLED,
    CLOSES_AT_ITS_TIME,
    COMMENT_OFF,
    COUNT_FAILED,
    DRAFT_ASKED,
    FILE_FIRST,
    KEPT_WHERE_COUNTED,
    LET_THROUGH,
    LINKAGE,
    LOCKED,
    NO_TELLING,
    ONCE_A_DAY,
    OPENS_AT_ONCE,
    OPT_OUT,
    OWN,
    PREPARED_AGAIN,
    SAME_MOMENT,
    SAVES_ITSELF,
    SENT,
    SLIPS_GONE,
    STAFF_ALL,
    STAFF_CHECK,
    TAKEN_OFF,
    TOO_FEW,
    TRIED_ONLY,
    UNDECIDED,
    UNREAD,
    UNSEEN,
)

PROMISES: dict[str, dict[str, str]] = {
    "fieldwork/actions/release.py": {
        "This may have been sent before records were restored, so we will not send it automatically.": (
            "fieldwork/actions/test_release.py::test_what_may_have_gone_out_is_held_and_reminders_of_then_are_dropped"
        )
    },
    "layout.html": {
        "Nothing is sent until they have been checked.": (
            "fieldwork/actions/test_release.py::test_on_hold_nothing_is_sent_opened_closed_counted_or_destroyed"
        )
    },
    "fieldwork/presenters/cancelling.py": {
        "We’ll permanently delete all answers, email addresses, mobile numbers and the key. "
        "Nobody will see a result.": CANCELLED,
        "of the others are deleted permanently. Nobody will see a result of them.": KEPT_WHERE_COUNTED,
        "What was not counted is deleted.": KEPT_WHERE_COUNTED,
        "Survey cancelled and its answers deleted": CANCELLED,
    },
    "fieldwork/slips/page.html": {"we keep no codes and cannot show these again.": SLIPS_GONE},
    "fieldwork/presenters/survey_page.py": {
        "All answers, contact details and the key were deleted. Nobody will see a result.": CANCELLED,
        "The answers were deleted unopened.": TOO_FEW,
    },
    "fieldwork/survey/_enough.html": {
        "once a day at 7am, so that nobody can work out who has answered.": ONCE_A_DAY,
        "once a day at 7am, not straight away, so that nobody can work out who has answered.": ONCE_A_DAY,
    },
    "fieldwork/survey/_none_yet.html": {"see the result at the same time.": SAME_MOMENT},
    "fieldwork/survey/poster.html": {"answer. If not, we delete the answers unopened.": TOO_FEW},
    "fieldwork/survey/_distribution.html": {
        "Nobody needs an account.": (
            "fieldwork/views/test_poster.py::test_the_code_leads_to_the_link_of_the_unit"
        )
    },
    "fieldwork/survey/close.html": {
        "The survey closes automatically on": CLOSES_AT_ITS_TIME,
        "If you close it now, nobody else can answer": (
            "responses/actions/test_submission.py::test_a_page_opened_before_closing_takes_nothing_after_it"
        ),
    },
    "fieldwork/survey/page.html": {
        "Nobody has seen any answers.": COUNT_FAILED,
        "We’ll keep trying automatically.": PREPARED_AGAIN,
        "It will continue automatically and nothing is lost.": PREPARED_AGAIN,
        "This page will update automatically.": OPENS_AT_ONCE,
    },
    "fieldwork/survey/_steer.html": {"This happens automatically if fewer than": TOO_FEW},
    "fieldwork/survey/new_poster.html": {
        "The old poster stops working straight away.": (
            "fieldwork/actions/test_poster.py::test_a_new_code_has_room_and_the_old_one_is_known_as_replaced"
        )
    },
    "fieldwork/forms/more_choices.py": {
        "We only show them if at least 10 people answer and at least 5 write one.": UNREAD
    },
    "fieldwork/survey/recipients.html": {
        "or we have already deleted the contact details. We delete them 30 days after the survey closes.": ADDRESSES_GO
    },
    "fieldwork/survey/_over.html": {
        "If nobody has decided about a comment within {{ comments_kept_for.days }} days of closing, we delete it unread.": UNDECIDED
    },
    "fieldwork/comments/screening.html": {
        "They have all been deleted.": LET_THROUGH,
        "Comments do not show who wrote them.": LINKAGE,
        "If nobody decides by {{ kept_until | day }}, we delete them unread.": UNDECIDED,
        "We delete the comments you leave out.": LET_THROUGH,
    },
    "fieldwork/views/comments.py": {
        "They have all been deleted.": LET_THROUGH,
        "The others have been deleted.": LET_THROUGH,
        "The comment is deleted.": COMMENT_OFF,
        "This also removes it from the team page. You cannot undo this.": COMMENT_OFF,
    },
    "fieldwork/actions/launch.py": {"We only show comments if {…} or more people answer.": UNREAD},
    "fieldwork/launch/new.html": {
        "The survey opens as soon as you launch it.": OPENS_AT_ONCE,
        "see the result at the same time.": SAME_MOMENT,
    },
    "fieldwork/launch/preview.html": {
        "nothing is saved and your answers do not count.": TRIED_ONLY,
        "Test answers are never sent and never counted.": TRIED_ONLY,
    },
    "fieldwork/presenters/launch_page.py": {
        "we keep the survey open for 7 more days. If it is still too few, we delete the answers unopened.": TOO_FEW
    },
    "instruments/difference.html": {"after you publish it.": LOCKED},
    "instruments/list.html": {"so wording never changes after people have answered.": LOCKED},
    "instruments/check.html": {"We have not saved anything yet.": FILE_FIRST},
    "instruments/import.html": {
        "It cannot be used in a survey until you publish it.": DRAFT_ASKED,
        "You can check the file before we save it.": FILE_FIRST,
    },
    "instruments/views/version.py": {
        "It cannot be used in a survey until you publish it.": DRAFT_ASKED
    },
    "instruments/discard.html": {
        "This deletes all its wording. You cannot undo this.": (
            "instruments/actions/test_draft.py::test_discarding_leaves_nothing"
        )
    },
    "instruments/section.html": {
        "Yours are shown below but not saved.": SAVES_ITSELF,
        "Changes save automatically as you type.": SAVES_ITSELF,
    },
    "responses/words/answer_page.py": {
        "We show results only if at least {k} people answer. If not, we delete the answers unopened.": TOO_FEW,
        "Next statement follows automatically": (
            "browser/test_answer_statements.py::test_a_second_tap_moves_at_once_and_answers_once"
        ),
        "nobody can change them or look them up, not even you.": LINKAGE,
        "If not, we delete it unread.": UNREAD,
        "Everyone in the team can read the result from the same moment.": SAME_MOMENT,
        "Nobody can see your answers on this page.": UNSEEN,
        "Your answers are cleared if nobody touches this page for 15 minutes.": (
            "browser/test_answer_refused.py::test_left_alone_they_are_cleared_and_start_asks_what_is_possible"
        ),
        "We’ve received the answers that were saved on this device, and deleted them from it.": SENT,
        "We’ve deleted them from this device.": BROWSER_KEEPS,
        "We’ll keep trying automatically.": f"{OWN}test_sends_automatically_when_the_network_is_back",
        "All answers were deleted unopened.": CANCELLED,
    },
    "responses/words/opt_out.py": {
        "We have already deleted your contact details": OPT_OUT,
        "Nobody can read your email address or number from it.": OPT_OUT,
        "We’ll message you again, starting with the next message.": (
            "surveys/test_opt_outs.py::test_a_mistake_is_taken_back_and_welsh_is_spoken"
        ),
    },
    "surveys/message_words/edit.html": {
        "We always include the problem, the link, what happens to answers": (
            "surveys/test_staff_messages.py::test_whatever_a_manager_writes_the_rest_is_in_every_message"
        )
    },
    "surveys/views/message_words.py": {
        "Your changes are not saved yet.": (
            "surveys/views/test_message_words.py::test_the_preview_follows_without_saving"
        )
    },
    "surveys/staff/checked.html": {
        "We have not saved the list or sent any messages yet.": STAFF_CHECK,
        "Nothing is added twice.": "surveys/actions/test_staff.py::test_the_same_list_again_changes_nothing",
        "delete them 30 days after it closes.": ADDRESSES_GO,
    },
    "surveys/staff/add.html": {
        "We delete their contact details 30 days after it closes.": ADDRESSES_GO
    },
    "surveys/staff/contact.html": {
        "The survey has closed, so we will not send any more messages.": AFTER_CLOSING,
        "We delete the contact details 30 days after closing": ADDRESSES_GO,
        "They’ll get no more messages and we’ll delete their contact details.": TAKEN_OFF,
    },
    "surveys/staff/adding.html": {"We add everyone on the list, or nobody.": STAFF_ALL},
    "surveys/staff/upload.html": {"We delete them 30 days after it closes.": ADDRESSES_GO},
    "surveys/staff/remove.html": {
        "We’ll delete their contact details now.": TAKEN_OFF,
        "Nobody can see if they have.": NO_TELLING,
    },
    "surveys/presenters/staff_import.py": {"Nobody was added": STAFF_ALL},
    "surveys/views/contact.py": {"1 person removed and their contact details deleted.": TAKEN_OFF},
    "surveys/actions/contact.py": {
        "The survey has closed, so nothing is sent any more.": AFTER_CLOSING
    },
    "surveys/actions/resending.py": {
        "The survey has closed, so nothing is sent any more.": AFTER_CLOSING,
        "The address is deleted, so nothing can be sent there.": (
            "surveys/views/test_resending.py::test_nothing_is_sent_to_who_was_taken_off"
        ),
    },
    "surveys/words/improvement_messages.py": {
        "If it is, you have nothing to do. It starts automatically.": (
            "overview/views/test_status.py::test_what_is_planned_begins_on_its_day_where_it_is"
        )
    },
    "surveys/words/no_result.py": {"The answers were deleted unopened.": TOO_FEW},
    "surveys/words/messages.py": {
        "staff answered, so the answers were deleted unopened. Nobody has seen them.": TOO_FEW,
        "We could not count the answers. Nobody has seen any of them.": COUNT_FAILED,
        "We’ll keep trying automatically.": (
            "responses/test_counting.py::test_a_key_lost_at_the_count_loses_no_answer_and_is_never_an_empty_result"
        ),
    },
    "surveys/words/news_words.py": {
        "Nobody has to say what they answered.": LINKAGE,
        "We deleted the answers unopened, as we told everyone. Nobody has read them.": TOO_FEW,
    },
    "surveys/actions/outbox_leases.py": {
        "We do not know if this was sent, so we will not send it again automatically.": (
            "surveys/actions/test_sending.py::test_what_a_dead_worker_had_claimed_goes_out_and_what_it_sent_is_held"
        )
    },
    "surveys/words/staff_words.py": {
        "We show results only if at least {k} people answer. If not, we delete the answers unopened.": TOO_FEW
    },
}
