"""Every word of the answer page that is not the instrument's, one entry a language. No Django here.

To add a language, add an entry with the same keys (a test compares them). `page` is printed by the
templates, `script` goes to the script, `refusals` are the kind pages. Words in braces are filled.
"""

from dataclasses import dataclass
from datetime import datetime

from surveys.presenters import answer_words_cy

DEFAULT_LANGUAGE = "en-GB"


@dataclass(frozen=True)
class Language:
    """The interface in one language; `name` is what it calls itself."""

    tag: str
    name: str
    direction: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    page: dict[str, str]
    script: dict[str, str]
    refusals: dict[str, tuple[str, str]]

    def day(self, local: datetime) -> str:
        """`3 December`."""
        return f"{local.day} {self.months[local.month - 1]}"

    def weekday(self, local: datetime) -> str:
        """`Thursday`."""
        return self.weekdays[local.weekday()]

    def clock(self, local: datetime) -> str:
        """`10am`, `2:30pm`, `noon`."""
        if (local.hour, local.minute) == (12, 0):
            return self.page["noon"]
        half = self.page["am"] if local.hour < 12 else self.page["pm"]
        minutes = f":{local.minute:02}" if local.minute else ""
        return f"{local.hour % 12 or 12}{minutes}{half}"


_PAGE = {
    "am": "am",
    "pm": "pm",
    "noon": "noon",
    "demo": "demo",
    "caption_ward": "Could it work here?",
    "caption_leaders": "Leaders’ sheet",
    "caption_joint": "Joint sheet for the team",
    "problem": "The problem",
    "change": "What would change",
    "more": "more",
    "facts": "In short",
    "statements": "statements",
    "about": "About {minutes}",
    "minutes": "minutes",
    "by": "{weekday}, by {time}",
    "who_sees": "Who sees my answers?",
    "private": (
        "We do not ask your name. Your answers stay locked until the survey closes, then are mixed "
        "with everyone else’s. No page or report shows one person’s answers."
    ),
    "only_if": (
        "We show results only if at least {k} people answer. If not, we delete the answers "
        "unopened."
    ),
    "give_away": "What could still give me away?",
    "give_away_answered": (
        "That you answered. People may see you do it. A personal link keeps a mark that it was "
        "used, but no time."
    ),
    "give_away_unanimous": (
        "If everyone gives the same answer to a statement, everyone knows yours."
    ),
    "give_away_compare": (
        "If only {k} people answer and {others} of them compare notes, they can work out what the "
        "last one said."
    ),
    "give_away_employer": (
        "Your employer’s network and e-mail may keep a record that you got the link or opened this "
        "page. We cannot see or delete that."
    ),
    "give_away_key": (
        "A key opens the answers after the survey closes. It is kept apart from them and destroyed "
        "after the count. Until then, someone who has both the key and our database could match "
        "answers to people."
    ),
    "named_leaders": "This sheet is in your name: {name}.",
    "named_leaders_seen": (
        "Your name is shown with your answers to the leaders and the lead. The ward sees a dot for "
        "each leader, without a name, and may guess whose it is."
    ),
    "joint_how": (
        "Your team is small, so it scores together. Read each statement aloud, agree on a number "
        "and tap it. Send one sheet for the whole team."
    ),
    "joint_seen": "This sheet is in the team’s name, {unit}. It is shown with its answers.",
    "unreviewed": "Nobody has checked this translation yet.",
    "sent_before": (
        "This sheet was sent before. If you send it again, the new answers take the place of the "
        "old ones."
    ),
    "move_on": "Move on by itself after each tap",
    "start_own": "Start on my own phone",
    "start_own_help": "Kept on this phone only, until you send",
    "start_shared": "Start on a shared device",
    "start_shared_help": "No answers are kept on it",
    "plain_how": "Tap one answer for each statement. You may leave any of them blank.",
    "part": "Part {part} of {parts}",
    "new_question": "New question",
    "back": "Back",
    "send": "Send my answers",
    "languages": "Language",
    "review": "Check and send",
    "left_blank": "Left blank",
    "by_part": "Your answers by part",
    "no_change": (
        "Blanks are fine. After sending, nobody can change or look up your answers, not even you."
    ),
    "no_change_named": (
        "Blanks are fine. Until the survey closes you can send the sheet again; the last one "
        "counts."
    ),
    "comment_start": "At the end you may write a comment, if you like. Read what it says there.",
    "comment_head": "Is there something you want to add?",
    "comment_no_names": "Do not name anyone: no patient, no colleague, not yourself.",
    "comment_who": (
        "Your comment is kept apart from your answers. Somebody outside your line management reads "
        "it first and may leave it out. Then the whole ward can read it, word for word. This "
        "happens only if at least {people} people answer and {writers} write here. If not, we "
        "delete it unread."
    ),
    "comment_label": "Your comment (you may leave it empty)",
    "comment_parts": "Write a comment on a part",
    "comment_most": "At most {n} characters.",
    "give_away_comment": (
        "A comment. Everybody on the ward reads your own words, and some may know you by what you "
        "tell or how you write."
    ),
    "sent": "Sent. Thank you.",
    "sent_locked": "Your answers are locked until the survey closes.",
    "sent_named": "Your sheet has arrived.",
    "sent_own": "They are no longer on this phone.",
    "sent_shared": "No answers are kept on this device.",
    "next": "What happens next",
    "when": "{weekday}, {time}",
    "closes": (
        "The survey closes. If at least {k} of us have answered, the answers are mixed and counted."
    ),
    "closes_named": "The survey closes and the answers are counted.",
    "same_day": "Same day",
    "result": "The result goes to the whole ward at the same moment.",
    "result_page": "The result page",
    "talk": "We talk it through together: what fits, what surprises, what to do first.",
    "add_talk": "Add the team talk to my calendar",
    "add_result": "Add the result date to my calendar",
    "calendar_talk": "Team talk: {title}",
    "calendar_result": "Survey result: {title}",
    "calendar_text": "What fits, what surprises, what to do first. The result: {address}",
    "reminder_qr": (
        "A reminder may still reach you if you used the poster’s QR code: we do not know who has "
        "answered. Please ignore it."
    ),
    "reminder_link": "You will get no more reminders.",
    "reminder_everyone": "A thank-you may still reach you: it goes to everyone. Please ignore it.",
    "close_page": "You can close this page.",
    "next_person": "Start again for the next person",
    "not_sent": "Saved on this phone, not sent yet",
    "not_sent_shared": "Not sent yet",
    "try_again": "Try again now",
    "what_to_do": "What to do",
    "keep_open": "Keep this page open. It sends by itself when the network is back.",
    "open_later": (
        "Or close it and open the same link or QR code later, on this phone. It sends then, once."
    ),
    "send_by": "Send by {weekday} {day}, {time}.",
    "after_that": "After that the survey is closed and your answers cannot count.",
    "really": "You see “Sent” only when your answers have really arrived.",
    "delete": "Delete my answers from this phone",
    "before": "You have answered",
    "before_text": "Your answers were sent from this phone. Thank you. You are done.",
    "someone_else": "Someone else is answering on this phone",
    "asked": "Have you answered already?",
    "asked_text": (
        "A sheet was sent from this phone or tablet before. Each person sends one sheet. If it was "
        "yours: thank you, you are done."
    ),
    "not_yet": "I have not answered yet",
    "still_there": "Are you still there?",
    "clear_in": "This is a shared device. To keep your answers yours, we clear them in",
    "still_here": "I’m still here – carry on",
    "clear_now": "Clear my answers now",
    "cannot_bring_back": (
        "Cleared answers cannot be brought back. You can start again from the same link or QR "
        "code, here or on your own phone."
    ),
    "cleared": "Cleared. Nothing was kept.",
    "start": "Start",
    "preview": "Preview. Answers go nowhere.",
    "test": "Test. These answers never count.",
    "preview_sent": "This was a preview. Nothing was sent or kept.",
    "test_sent": "This was a test. Nothing was sent or kept.",
}

_SCRIPT = {
    "more": "more",
    "less": "less",
    "nothing_kept": (
        "This browser keeps nothing. Please do not close the page before your answers are sent."
    ),
    "statement": "Statement {n} of {all}",
    "part": "Part {part} of {parts}",
    "count": "{n} of {all}",
    "minutes_left": "about {n} minutes left",
    "minute_left": "about 1 minute left",
    "nearly_done": "less than a minute left",
    "skip": "Skip",
    "next": "Next",
    "saved": "Saved on this phone.",
    "moving_on": "Moving on…",
    "last_answer": "Last answer: {answer} – change",
    "to_review": "Back to check and send",
    "comment_left": "{n} characters left.",
    "answered": "{n} of {all} answered.",
    "not_sure_one": "1 of them “{label}”.",
    "not_sure_many": "{n} of them “{label}”.",
    "answer": "Answer",
    "answer_which": "statement {n}",
    "and_more": "and {n} more",
    "nothing_yet": "Nothing is answered yet. Answer at least one statement, then send.",
    "sending": "Sending…",
    "no_network": "There is no network just now. {kept}",
    "no_answer": "We could not reach the survey just now. {kept}",
    "kept_one": "Your 1 answer is safe on this phone.",
    "kept_many": "All {n} answers are safe on this phone.",
    "on_page_one": "Your 1 answer is still on this page.",
    "on_page_many": "All {n} answers are still on this page.",
    "last_try_now": "Last try: a moment ago",
    "last_try_one": "Last try: 1 minute ago",
    "last_try_many": "Last try: {n} minutes ago",
    "delete_sure": "Delete your answers from this phone? They cannot be brought back.",
    "not_sent_many": "The {n} answers on this phone were not sent.",
    "not_sent_one": "The 1 answer on this phone was not sent.",
    "sent": "Sent. Thank you.",
    "sent_late": "The answers that were kept on this phone have arrived. They are no longer on it.",
    "have_answered": "You have answered {n} of {all}. None are sent.",
    "send_these": "Send the {n} I have, without the rest",
    "send_this": "Send the 1 I have, without the rest",
    "clock_speech": "{time} until your answers are cleared.",
    "two_minutes": "2 minutes",
    "one_minute": "1 minute",
    "fifteen_seconds": "15 seconds",
}

# Title and text of each kind page; the first for a page that is opened, `sending_…` for a sheet
# that came too late.
_REFUSALS = {
    "not open": (
        "This survey is not open yet",
        "It opens on {opens}. Please open the same link or QR code again then.",
    ),
    "closed": (
        "The survey has closed",
        "It takes no more answers. Thank you for wanting to take part. The result goes to the "
        "whole ward on its own page.",
    ),
    "opening": (
        "This survey opens in a moment",
        "Please open the same link or QR code again in a minute.",
    ),
    "used": (
        "This link has been used",
        "A sheet was already sent with it, and each link works once. If that was you: thank you, "
        "there is nothing more to do. If it was not, please tell the person who runs the survey.",
    ),
    "cancelled": (
        "This survey was cancelled",
        "All its answers were deleted unopened. There is nothing for you to do.",
    ),
    "full": (
        "This survey cannot take more answers",
        "More sheets came in than the ward has staff. Please tell the person who runs the survey.",
    ),
    "browser full": (
        "This phone or tablet has sent its share",
        "Many sheets came from it already. One device sends only some of them, so that each sheet "
        "stands for one person. You can still answer: scan the QR code with another phone, or ask "
        "the person who runs the survey for a code slip. A slip works on this device too.",
    ),
    "sending closed": (
        "The survey has closed",
        "Your answers were not sent and cannot count. We are sorry.",
    ),
    "sending not open": (
        "This survey is not open yet",
        "Your answers were not sent. Please send them once it is open.",
    ),
    "sending used": (
        "This link has been used",
        "A sheet was already sent with it, so these answers were not sent. Each link works once.",
    ),
    "sending cancelled": (
        "This survey was cancelled",
        "Your answers were not sent and cannot count. We are sorry.",
    ),
    "sending full": (
        "This survey cannot take more answers",
        "Your answers were not sent: more sheets came in than the ward has staff. Please tell the "
        "person who runs the survey.",
    ),
    "sending browser full": (
        "Not sent from this phone or tablet",
        "Many sheets came from it already. One device sends only some of them, so that each sheet "
        "stands for one person. You can still answer: scan the QR code with another phone, or ask "
        "the person who runs the survey for a code slip. A slip works on this device too.",
    ),
    "bad": ("Not sent", "{sentence}"),
    "again": (
        "Please open the link again",
        "No answers are kept here. Open the link or QR code of your survey once more.",
    ),
    "unknown": (
        "We do not know this link",
        "Please check it against the poster or the message, or open it from there once more.",
    ),
    "too many": (
        "Please wait a little",
        "Many codes or links that we do not know came from this network. Please try again in "
        "{sentence} minutes, or use mobile data instead of the Wi-Fi. Answers on this phone are "
        "not lost.",
    ),
    "large": ("Not sent", "That is more than a sheet holds. Please open the link again."),
}

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

LANGUAGES: dict[str, Language] = {
    DEFAULT_LANGUAGE: Language(
        tag=DEFAULT_LANGUAGE,
        name="English",
        direction="ltr",
        months=_MONTHS,
        weekdays=_WEEKDAYS,
        page=_PAGE,
        script=_SCRIPT,
        refusals=_REFUSALS,
    ),
    "cy": Language(
        tag="cy",
        name="Cymraeg",
        direction="ltr",
        months=answer_words_cy.MONTHS,
        weekdays=answer_words_cy.WEEKDAYS,
        page=answer_words_cy.PAGE,
        script=answer_words_cy.SCRIPT,
        refusals=answer_words_cy.REFUSALS,
    ),
}


def language_of(tag: str) -> Language:
    """The interface in a language, English where we have no words in it."""
    return LANGUAGES.get(tag, LANGUAGES[DEFAULT_LANGUAGE])
