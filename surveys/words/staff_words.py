"""What messages to staff say, by language. A manager may change `CustomText`, never the rest.

To add a language, add an entry. `{unit}` is put in for each unit. No Django here.
"""

from dataclasses import dataclass
from enum import StrEnum

DEFAULT_LANGUAGE = "en-GB"
LONGEST_SUBJECT = 100
LONGEST_OPENING = 400


class Kind(StrEnum):
    """Messages with words of their own."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    THANKS = "thanks"  # a reminder to everyone, answered or not


@dataclass(frozen=True, slots=True)
class CustomText:
    """The words that a manager may change: the e-mail's subject and opening, the text message."""

    subject: str
    opening: str
    sms: str


@dataclass(frozen=True, slots=True)
class Words:
    """All words in one language; those in braces are filled in."""

    name: str
    own: dict[Kind, CustomText]
    hello: str
    problem: str
    change: str
    ask: str
    minute: str
    minutes: str
    until: str
    privacy: str
    choice: str
    no_more: str
    stop: str
    news: str
    sms_ask: str
    sms_ask_today: str
    sms_ask_less: str
    am: str
    pm: str
    midday: str
    midnight: str


WORDS = {
    "en-GB": Words(
        name="English",
        own={
            Kind.INVITATION: CustomText(
                "Staff survey: {title}",
                "{unit} is planning an improvement: {title}. Before it starts, we’d like to know "
                "if you think it could work here.",
                "staff survey, {time}. No name asked.",
            ),
            Kind.REMINDER: CustomText(
                "Survey still open: {title}",
                "There’s still time to answer the survey about “{title}” on {unit}.",
                "staff survey still open. No name asked.",
            ),
            Kind.THANKS: CustomText(
                "Thanks or reminder: {title}",
                "Thank you if you’ve answered the survey about “{title}” on {unit}. If you have "
                "not, there’s still time. We’re sending this to everyone with a personal link.",
                "staff survey still open. Thank you if you answered.",
            ),
        },
        hello="Hello,",
        problem="The problem: {problem}",
        change="What would change: {change}",
        ask="There are {statements} statements. It takes about {time} on your phone. Use your "
        "personal link:",
        minute="{n} minute",
        minutes="{n} minutes",
        until="Please answer by {until}. This link is only for you, so do not share it.",
        privacy="We do not ask your name. Your answers stay locked until the survey closes, then "
        "are mixed with everyone else’s. No page or report shows one person’s answers. We show "
        "results only if at least {k} people answer. If not, we delete the answers unopened.",
        choice="Taking part is your choice. You can skip any statement.",
        no_more="After you’ve sent your answers, we will not send you any more reminders.",
        stop="To stop messages about this survey and later ones: {stop}",
        news="After the survey closes, we’ll send you up to 2 messages: when there is a result, "
        "and when the team has decided what to do.",
        sms_ask="Answer by {day} or opt out:",
        sms_ask_today="Answer by {time} today or opt out:",
        sms_ask_less="Answer or opt out:",
        am="am",
        pm="pm",
        midday="midday",
        midnight="midnight",
    ),
    "cy": Words(
        name="Cymraeg",
        own={
            Kind.INVITATION: CustomText(
                "Arolwg staff: {title}",
                "Mae {unit} yn cynllunio gwelliant: {title}. Cyn iddo ddechrau, hoffem wybod a "
                "ydych yn meddwl y gallai weithio yma.",
                "arolwg staff, {time}. Dim enw.",
            ),
            Kind.REMINDER: CustomText(
                "Arolwg ar agor o hyd: {title}",
                "Mae amser o hyd i ateb yr arolwg am “{title}” ar {unit}.",
                "arolwg staff ar agor o hyd. Dim enw.",
            ),
            Kind.THANKS: CustomText(
                "Diolch neu nodyn atgoffa: {title}",
                "Diolch os ydych wedi ateb yr arolwg am “{title}” ar {unit}. Os nad ydych, mae "
                "amser o hyd. Rydym yn anfon hwn at bawb sydd â dolen bersonol.",
                "arolwg staff ar agor o hyd. Diolch os ydych wedi ateb.",
            ),
        },
        hello="Helo,",
        problem="Y broblem: {problem}",
        change="Beth fyddai’n newid: {change}",
        ask="Mae {statements} gosodiad. Mae’n cymryd tua {time} ar eich ffôn. Defnyddiwch eich "
        "dolen bersonol:",
        minute="{n} munud",
        minutes="{n} munud",
        until="Atebwch erbyn {until}. Eich dolen chi yn unig yw hon; peidiwch â’i rhannu.",
        privacy="Nid ydym yn gofyn eich enw. Mae eich atebion yn aros dan glo nes i’r arolwg gau, "
        "yna’n cael eu cymysgu ag atebion pawb arall. Nid oes tudalen nac adroddiad yn dangos "
        "atebion un person. Dim ond os bydd o leiaf {k} o bobl yn ateb y byddwn yn dangos "
        "canlyniadau. Os na, rydym yn dileu’r atebion heb eu hagor.",
        choice="Eich dewis chi yw cymryd rhan. Gallwch hepgor unrhyw osodiad.",
        no_more="Ar ôl i chi anfon eich atebion, ni ddaw rhagor o negeseuon atgoffa.",
        stop="Dim rhagor o negeseuon gennym, nawr na wedyn: {stop}",
        news="Ar ôl i’r arolwg gau, byddwn yn anfon hyd at 2 neges atoch: pan fydd canlyniad, a "
        "phan fydd y tîm wedi penderfynu beth i’w wneud.",
        sms_ask="Atebwch erbyn {day} neu optiwch allan:",
        sms_ask_today="Atebwch erbyn {time} heddiw neu optiwch allan:",
        sms_ask_less="Atebwch neu optiwch allan:",
        am="yb",
        pm="yh",
        midday="canol dydd",
        midnight="hanner nos",
    ),
}


def language_of(tag: str) -> str:
    """The language we write in to somebody: theirs if we have it, else English."""
    return tag if tag in WORDS else DEFAULT_LANGUAGE
