"""What messages after the close say, by language. Nobody may change these words. No Django here.

To add a language, add an entry. What people typed (reasons, priorities) stays in their own words.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewsWords:
    """All words in one language; those in braces are filled in.

    `sms` is what a text message says between the names and `sms_ask`, by the message's step;
    `sms_less` is the same where the names and the address are very long.
    """

    subject: dict[str, str]
    sms: dict[str, str]
    sms_less: dict[str, str]
    sms_ask: dict[str, str]
    hello: str
    answered: str
    same: str
    debrief: str
    no_debrief: str
    own_choice: str
    too_few: str
    too_few_unopened: str
    too_few_thanks: str
    too_few_debrief: str
    too_few_no_debrief: str
    more: str
    choice: dict[str, str]
    why: str
    reply: str
    other: str
    priorities: str
    actions: str
    last: str
    stopped: str
    stays: str
    stop: str


WORDS = {
    "en-GB": NewsWords(
        subject={
            "result": "Result ready: {title}",
            "too_few": "No result this time: {title}",
            "decided": "What the team decided: {title}",
            "stopped": "Stopped: {title}",
        },
        sms={
            "result": "the result of your staff survey is ready.",
            "too_few": "too few answered the staff survey, so no result.",
            "decided": "your team has decided what to do next.",
            "stopped": "this improvement has been stopped.",
        },
        sms_less={
            "result": "staff survey result ready.",
            "too_few": "too few answers, no result.",
            "decided": "your team has decided.",
            "stopped": "improvement stopped.",
        },
        sms_ask={
            "result": "Read it or opt out:",
            "too_few": "Details or opt out:",
            "decided": "Read it or opt out:",
            "stopped": "Read why or opt out:",
        },
        hello="Hello,",
        answered="{n} people answered the survey about “{title}” on {unit}. Thank you.",
        same="Staff and the manager see the same result from today:",
        debrief="Team debrief: {moment}.",
        no_debrief="Your manager will set a date for the team debrief.",
        own_choice="Nobody has to say what they answered.",
        too_few="Fewer than {k} people answered the survey about “{title}” on {unit}, so there is "
        "no result.",
        too_few_unopened="We deleted the answers unopened, as we told everyone. Nobody has read "
        "them.",
        too_few_thanks="Thank you if you answered.",
        too_few_debrief="The team discusses “{title}” without figures: {moment}.",
        too_few_no_debrief="The team can discuss “{title}” without figures. Your manager will set "
        "a date.",
        more="Read more:",
        choice={
            "go_ahead": "The team on {unit} has decided to go ahead with “{title}”.",
            "strengthen": "The team on {unit} has decided to strengthen some things first, then "
            "start “{title}”.",
            "hold": "The team on {unit} has decided to put “{title}” on hold.",
        },
        why="Why: {why}",
        reply="{name} said “{choice}”. What happens about that: {reply}",
        other="Another debrief",
        priorities="What comes first:",
        actions="See what is done about it:",
        last="This is our last message about this survey.",
        stopped="The improvement “{title}” has been stopped on {unit}.",
        stays="You can still read what staff said:",
        stop="To stop messages about this survey and later ones: {stop}",
    ),
    "cy": NewsWords(
        subject={
            "result": "Canlyniad yn barod: {title}",
            "too_few": "Dim canlyniad y tro hwn: {title}",
            "decided": "Penderfyniad y tîm: {title}",
            "stopped": "Wedi’i atal: {title}",
        },
        sms={
            "result": "mae canlyniad eich arolwg staff yn barod.",
            "too_few": "rhy ychydig a atebodd yr arolwg staff, felly dim canlyniad.",
            "decided": "mae eich tîm wedi penderfynu beth i'w wneud nesaf.",
            "stopped": "mae'r gwelliant hwn wedi'i atal.",
        },
        sms_less={
            "result": "canlyniad arolwg staff.",
            "too_few": "rhy ychydig o atebion.",
            "decided": "penderfyniad eich tîm.",
            "stopped": "gwelliant wedi'i atal.",
        },
        sms_ask={
            "result": "Darllen neu optio allan:",
            "too_few": "Manylion neu optio allan:",
            "decided": "Darllen neu optio allan:",
            "stopped": "Pam, neu optio allan:",
        },
        hello="Helo,",
        answered="Atebodd {n} o bobl yr arolwg am “{title}” ar {unit}. Diolch.",
        same="Mae’r staff a’r rheolwr yn gweld yr un canlyniad o heddiw ymlaen:",
        debrief="Trafodaeth y tîm: {moment}.",
        no_debrief="Bydd eich rheolwr yn pennu dyddiad ar gyfer trafodaeth y tîm.",
        own_choice="Nid oes rhaid i neb ddweud beth oedd eu hatebion.",
        too_few="Atebodd llai na {k} o bobl yr arolwg am “{title}” ar {unit}, felly nid oes "
        "canlyniad.",
        too_few_unopened="Gwnaethom ddileu’r atebion heb eu hagor, fel y dywedwyd wrth bawb. Nid "
        "oes neb wedi’u darllen.",
        too_few_thanks="Diolch os gwnaethoch ateb.",
        too_few_debrief="Bydd y tîm yn trafod “{title}” heb ffigurau: {moment}.",
        too_few_no_debrief="Gall y tîm drafod “{title}” heb ffigurau. Bydd eich rheolwr yn pennu "
        "dyddiad.",
        more="Darllen mwy:",
        choice={
            "go_ahead": "Mae’r tîm ar {unit} wedi penderfynu bwrw ymlaen â “{title}”.",
            "strengthen": "Mae’r tîm ar {unit} wedi penderfynu cryfhau rhai pethau yn gyntaf, yna "
            "dechrau “{title}”.",
            "hold": "Mae’r tîm ar {unit} wedi penderfynu oedi “{title}” am y tro.",
        },
        why="Pam: {why}",
        reply="Dywedodd {name} “{choice}”. Beth fydd yn digwydd am hynny: {reply}",
        other="trafodaeth arall",
        priorities="Beth sy’n dod gyntaf:",
        actions="Gweld beth sy’n cael ei wneud:",
        last="Dyma ein neges olaf am yr arolwg hwn.",
        stopped="Mae’r gwelliant “{title}” wedi’i atal ar {unit}.",
        stays="Gallwch ddarllen o hyd beth ddywedodd y staff:",
        stop="I atal negeseuon am yr arolwg hwn a rhai diweddarach: {stop}",
    ),
}
