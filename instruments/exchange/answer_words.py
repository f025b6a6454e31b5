"""What the words of an answer option say: that one cannot say, or the low end. No Django here.

Words of the languages in which questionnaires come to a hospital; a file may mix its languages.
"""

import re
import unicodedata
from collections.abc import Sequence

_PIECES = re.compile(r"[/,;|()\[\]–—]|\s-\s|\b(?:or|ou|oder|neu|of|lub)\b")
# What stands beside the words: a number before them, a remark to who reads them out behind.
_BESIDE = re.compile(r"^\s*[-+]?\d{1,3}\s*[.):=–—-]*\s*(?=[^\W\d])|\s*[(\[][^()\[\]]*[)\]]\s*$")
_NA = re.compile(r"\bn\.?/a\b\.?")
_APOSTROPHES = re.compile(r"['’‘`]|\u00b4")
_NO_WORDS = re.compile(r"[^\w]+")

# Whoever chooses one of these has said nothing about the statement.
_NOT_SURE = """
not applicable|not applic|na|n a|nap|dont know|do not know|i dont know|i do not know|dk|cant say
does not apply|doesnt apply|do not apply
cannot say|i cant say|i cannot say|unable to say|unable to answer|cant answer|cannot answer
no answer|no response|no reply|prefer not to say|prefer not to answer|rather not say|id rather not
refused|not known|unknown|no experience of this|not relevant|cannot judge|cant judge|no basis
not observed|not seen|havent observed|have not observed|unable to judge|unable to rate
dont remember|cant remember|unable to comment|cannot comment|cant comment|no comment|cant tell
cannot tell|not my area|not my role|not in my role|outside my role
no experience|i have no experience|not enough experience|not enough information|too new to say
do not wish to answer|do not wish to say|dont wish to answer|dont wish to say|would rather not say
decline to answer|declined to answer|skip|skipped
dim barn|methu ateb
ddim yn berthnasol|amherthnasol|ddim yn gwybod|dwi ddim yn gwybod|wn i ddim|dim ateb|methu dweud
ni allaf ddweud|gwell gen i beidio a dweud
ni bhaineann|nil a fhios agam|gan freagra|chan eil fhios agam|gun fhreagairt
sans objet|non applicable|pas applicable|ne sapplique pas|non concerne|non concernee
ne sait pas|ne sais pas
je ne sais pas|nsp|sans reponse|pas de reponse|aucune reponse|sans opinion|ne se prononce pas
non concernes|non concerne e|difficile a dire|refus de repondre
ne souhaite pas repondre|je ne peux pas dire
trifft nicht zu|nicht zutreffend|weiss nicht|ich weiss nicht
weiss ich nicht|ich weiss es nicht|keine angabe|keine angaben|k a
keine antwort|kann ich nicht sagen|kann ich nicht beurteilen|nicht beurteilbar|nicht anwendbar
entfallt|keine aussage moglich|nicht relevant|mochte ich nicht sagen
no aplica|no aplicable|no procede|no sabe|no se|no lo se|ns nc|ns|nc|no contesta|sin respuesta
prefiero no responder|prefiero no contestar|no sabe no contesta
no sap|no ho se|no ho sap|sense resposta|no es aplicable
nao se aplica|nao aplicavel|nao sei|nao sabe|sem resposta|prefiro nao responder|ns nr
non applicabile|non si applica|non so|non lo so|nessuna risposta|preferisco non rispondere
non pertinente
niet van toepassing|nvt|n v t|weet niet|weet ik niet|ik weet het niet|geen antwoord|geen mening
zeg ik liever niet|kan ik niet zeggen
ved ikke|gaelder ikke|det ved jeg ikke|ikke relevant|onsker ikke at svare|ubesvaret
vet ikke|ikke aktuelt|ikke aktuell|ubesvart|vil ikke svare|onsker ikke a svare
vet ej|vet inte|ej aktuellt|ej relevant|inte relevant|ej tillampligt|inget svar|vill ej svara
en osaa sanoa|en tieda|eos|ei sovellu|ei koske minua|ei vastausta
nie dotyczy|nie wiem|trudno powiedziec|brak odpowiedzi|odmowa odpowiedzi|nie mam zdania
nevim|neni relevantni|bez odpovedi|netyka se me|neviem|nevztahuje sa|ziadna odpoved
nem tudom|nincs valasz|nem ertelmezheto|nem vonatkozik
nu stiu|nu se aplica|nu este cazul|nu este aplicabil|fara raspuns|nu raspund
ne znam|nije primjenjivo|bez odgovora|ne vem|ni relevantno|brez odgovora
nezinau|netaikoma|neatsake|nezinu|nav piemerojams|nav atbildes|ei tea|ei oska oelda
bilmiyorum|uygulanamaz|gecerli degil|cevap yok|fikrim yok
nuk e di|nuk aplikohet|ma garanayo|ma aqaan|ma khuseyso|jawaab ma leh
не знаю|не применимо|неприменимо|нет ответа|затрудняюсь ответить|не могу сказать
не знам|неприложимо|без отговор|не стосується|немає відповіді|важко сказати
δεν γνωριζω|δεν ξερω|δεν ισχυει|μη εφαρμοσιμο|δεν απαντω|χωρις απαντηση
لا أعرف|لا اعرف|لا أعلم|لا اعلم|لا ينطبق|غير قابل للتطبيق|لا إجابة|لا جواب
نمی دانم|نمیدانم|قابل اجرا نیست|بدون پاسخ|معلوم نہیں|قابل اطلاق نہیں|کوئی جواب نہیں|پتہ نہیں
लागू नहीं|पता नहीं|मालूम नहीं|कोई उत्तर नहीं|জানি না|প্রযোজ্য নয়|কোন উত্তর নেই
ਪਤਾ ਨਹੀਂ|ਲਾਗੂ ਨਹੀਂ|ਕੋਈ ਜਵਾਬ ਨਹੀਂ|ખબર નથી|લાગુ પડતું નથી|કોઈ જવાબ નથી
不适用|不適用|不知道|无回答|沒有回答|不清楚|該当なし|わからない|分からない|無回答
해당 없음|모름|무응답
hindi alam|hindi naaangkop|walang sagot|tidak tahu|tidak berlaku|tidak ada jawaban
khong biet|khong ap dung|khong tra loi
"""
# The same at an end of the row; in its middle they are a point between.
_NOT_SURE_AT_AN_END = """
hard to say|difficult to say|not sure|im not sure|unsure|undecided|uncertain|no opinion
ddim yn siwr|ansicr|pas sur|incertain
sans avis|unsicher|keine meinung|no estoy seguro|sin opinion|non sono sicuro|nessuna opinione
weet niet zeker|nie jestem pewien|brak zdania|nao tenho certeza|sem opiniao|usikker|osaker
"""
# Unless another option, which is a point, has the same word: "not relevant, a bit relevant".
_STEMS = (
    "appl", "aplic", "relevan", "observ", "know", "triff", "treff", "pertinen", "gaeld", "aktuel",
    "judge", "remember", "wiss", "weiss", "sabe", "berthnas", "experien", "seen",
)  # fmt: skip
_LOW = """
never|not at all|none|nothing|no|strongly disagree|completely disagree|totally disagree
fully disagree|disagree|do not agree|dont agree|very poor|poor|very bad|bad|very dissatisfied
dissatisfied|very unlikely|unlikely|very low|low|very little|hardly ever|false|untrue|rarely|less
much worse|worse|to a very small extent|to no extent|not true|least
byth|dim o gwbl|dim|nac ydw|anghytuno|gwael iawn|isel
jamais|pas du tout|non|aucun|pas daccord|tout a fait en desaccord|en desaccord|tres mauvais
nie|niemals|gar nicht|uberhaupt nicht|nein|stimme gar nicht zu|stimme uberhaupt nicht zu
stimme nicht zu|trifft gar nicht zu|trifft uberhaupt nicht zu|trifft nicht zu|sehr schlecht
nunca|nada|totalmente en desacuerdo|muy en desacuerdo|en desacuerdo|muy malo|mai|per niente
per nulla|in disaccordo|nooit|helemaal niet|nee|helemaal mee oneens|mee oneens|zeer slecht
nigdy|wcale|zdecydowanie nie|discordo totalmente|discordo|aldrig|aldri|slet ikke|ikke i det hele
"""
_HIGH = """
always|almost always|nearly always|often|very often|frequently|usually|regularly|constantly|daily
every day|nearly every day|all the time|all of the time|most of the time|every time|agree
agree fully|agree completely|agree strongly|good|excellent|outstanding|perfect|satisfied|likely
high|yes|definitely|certainly|true|exactly|a lot|a great deal|quite a lot|quite a bit|much|most
all|better|much better|more|much more|essential|important|applies fully|applies|best|strong
bob amser|yn aml|ydw|oes|ydy|cytuno|cytunon gryf|rhagorol|da iawn|uchel|yn fawr iawn|llawer
toujours|souvent|tres souvent|tout a fait|oui|daccord|tout a fait daccord|beaucoup|excellent
immer|oft|sehr oft|haufig|ja|stimme zu|stimme voll zu|stimme vollig zu|stimme voll und ganz zu
trifft zu|trifft voll zu|trifft vollig zu|trifft voll und ganz zu|sehr gut|vollig|voll und ganz
siempre|a menudo|muy a menudo|mucho|si|de acuerdo|totalmente de acuerdo|muy de acuerdo|muy bueno
sempre|spesso|molto|daccordo|completamente daccordo|molto daccordo|altijd|vaak|helemaal
helemaal mee eens|mee eens|zeer goed|zawsze|czesto|tak|zdecydowanie tak|zgadzam sie|concordo
concordo totalmente|muito|sim|altid|ofte|alltid|ofta|enig|helt enig
"""
_VERY = (
    "very ", "extremely ", "strongly agree", "completely ", "fully ", "totally ", "entirely ",
    "to a great", "to a large", "to a very great", "to a very large", "to a full", "to a high",
)  # fmt: skip


def _plain(text: str) -> str:
    """Lower case, no accents on Latin letters, words with one space between."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()))
    bare = "".join(
        mark for mark in folded if not (unicodedata.combining(mark) and ord(mark) < 0x370)
    )
    return _NO_WORDS.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def _phrases(text: str) -> frozenset[str]:
    return frozenset(
        _plain(phrase) for line in text.strip().splitlines() for phrase in line.split("|")
    )


_STRONG, _WEAK, _LOWEST, _HIGHEST = map(_phrases, (_NOT_SURE, _NOT_SURE_AT_AN_END, _LOW, _HIGH))
# Longer phrases may go on: "not applicable to my role".
_LONG = tuple(f"{phrase} " for phrase in _STRONG if len(phrase) >= 10)


def _is_one_of(text: str, phrases: frozenset[str]) -> bool:
    if _plain(text) in phrases or _plain(_BESIDE.sub("", text)) in phrases:
        return True
    pieces = [
        piece for piece in map(_plain, _PIECES.split(_NA.sub("na", text.casefold()))) if piece
    ]
    if phrases is not _STRONG:
        return bool(pieces) and all(piece in phrases for piece in pieces)
    if _plain(text).startswith(_LONG):
        return True
    sure = [piece in _STRONG or piece.startswith(_LONG) for piece in pieces]
    return any(sure) and all(
        is_sure or piece in _WEAK for is_sure, piece in zip(sure, pieces, strict=True)
    )


def _has(words: Sequence[str], stems: Sequence[str]) -> bool:
    return any(stem in _plain(text) for text in words for stem in stems)


def says_not_sure(options: Sequence[Sequence[str]]) -> list[int]:
    """The places of the options, each with its words in any language, that mean “I can’t say”."""
    strong = {
        place
        for place, words in enumerate(options)
        if any(_is_one_of(text, _STRONG) for text in words)
    }
    points = " ".join(
        _plain(text) for n, words in enumerate(options) if n not in strong for text in words
    )
    shared = [stem for stem in _STEMS if stem in points]
    strong = {n for n in strong if not _has(options[n], shared)}
    rest = [place for place in range(len(options)) if place not in strong]
    if len(rest) > 2:
        for place in (rest[-1], rest[0]):
            if any(_is_one_of(text, _WEAK) for text in options[place]):
                strong.add(place)
                break
    return sorted(strong)


def begins_low(words: Sequence[str]) -> bool:
    """Whether the words of the first option, in any language, are those of a low end."""
    return any(_plain(_BESIDE.sub("", text)) in _LOWEST for text in words)


def ends_high(words: Sequence[str]) -> bool:
    """Whether the words of the last option are those of a high end; others may be no point."""
    plain = [_plain(_BESIDE.sub("", text)) for text in words]
    return any(
        text in _HIGHEST or (text.startswith(_VERY) and text not in _LOWEST) for text in plain
    )
