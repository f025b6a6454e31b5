"""What messages to staff say, one entry a language. A manager may change `Own`, never the rest.

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
class Own:
    """The words that a manager may change: the e-mail's subject and opening, the text message."""

    subject: str
    opening: str
    sms: str


@dataclass(frozen=True, slots=True)
class Words:
    """All words in one language; those in braces are filled in."""

    name: str
    own: dict[Kind, Own]
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
    sms_stop: str


WORDS = {
    "en-GB": Words(
        name="English",
        own={
            Kind.INVITATION: Own(
                "{title}: could it work here?",
                "We want to try something new on {unit}: {title}.",
                "could it work here? No name.",
            ),
            Kind.REMINDER: Own(
                "{title}: there is still time to answer",
                "{unit} has not heard from you yet about “{title}”.",
                "still time to say. No name.",
            ),
            Kind.THANKS: Own(
                "{title}: thank you, and there is still time",
                "Thank you if you have answered about “{title}” on {unit}. If you have not, there "
                "is still time. This goes to everyone with a personal link.",
                "thank you. Not yet? Still time.",
            ),
        },
        hello="Hello,",
        problem="The problem: {problem}",
        change="What would change: {change}",
        ask="Could it work here? Tell us before we start. {statements} statements, about {time}, "
        "on your phone:",
        minute="{n} minute",
        minutes="{n} minutes",
        until="Please answer by {until}. The link is yours alone; please do not pass it on.",
        privacy="We do not ask your name. Your answers stay locked until the survey closes, then "
        "are mixed with everyone else’s. No page or report shows one person’s answers. We show "
        "results only if at least {k} people answer. If not, we delete the answers unopened.",
        choice="Taking part is your choice. You can skip any statement.",
        no_more="Once you have sent your answers, no more reminders come.",
        stop="No more messages from us, now and later: {stop}",
        sms_stop="Stop:",
    ),
    "cy": Words(
        name="Cymraeg",
        own={
            Kind.INVITATION: Own(
                "{title}: a allai weithio yma?",
                "Rydym am roi cynnig ar rywbeth newydd ar {unit}: {title}.",
                "a allai weithio yma? Dim enw.",
            ),
            Kind.REMINDER: Own(
                "{title}: mae amser o hyd i ateb",
                "Nid yw {unit} wedi clywed gennych eto am “{title}”.",
                "mae amser o hyd. Dim enw.",
            ),
            Kind.THANKS: Own(
                "{title}: diolch, ac mae amser o hyd",
                "Diolch os ydych wedi ateb am “{title}” ar {unit}. Os nad ydych, mae amser o hyd. "
                "Mae hwn yn mynd at bawb sydd â dolen bersonol.",
                "diolch. Neu mae amser o hyd.",
            ),
        },
        hello="Helo,",
        problem="Y broblem: {problem}",
        change="Beth fyddai’n newid: {change}",
        ask="A allai weithio yma? Dywedwch wrthym cyn i ni ddechrau. {statements} gosodiad, tua "
        "{time}, ar eich ffôn:",
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
        sms_stop="Stopio:",
    ),
}


def language_of(tag: str) -> str:
    """The language we write in to somebody: theirs if we have it, else English."""
    return tag if tag in WORDS else DEFAULT_LANGUAGE
