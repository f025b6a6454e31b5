"""The answer page's words in Welsh, drafts that nobody has checked yet. No Django here.

Over 300 lines: a catalogue is read whole.
"""

MONTHS = (
    *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"),
    *("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
)
WEEKDAYS = (
    *("dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener"),
    *("dydd Sadwrn", "dydd Sul"),
)

PAGE = {
    "am": "yb",
    "pm": "yh",
    "midday": "hanner dydd",
    "demo": "demo",
    "caption_leaders": "Ffurflen yr arweinwyr",
    "caption_joint": "Ffurflen ar y cyd i’r tîm",
    "problem": "Y broblem",
    "change": "Beth fyddai’n newid",
    "who_sees": "Pwy sy’n gweld fy atebion?",
    "private": (
        "Nid ydym yn gofyn am eich enw. Mae eich atebion dan glo nes i’r arolwg gau, ac yna’n cael "
        "eu cymysgu ag atebion pawb arall. Nid oes unrhyw dudalen nac adroddiad yn dangos atebion "
        "un person."
    ),
    "only_if": (
        "Dim ond os bydd o leiaf {k} o bobl yn ateb y byddwn yn dangos canlyniadau. Os na, byddwn "
        "yn dileu’r atebion heb eu hagor."
    ),
    "give_away": "Beth allai ddangos o hyd mai fi ydw i?",
    "give_away_answered": (
        "Eich bod wedi ateb. Efallai y bydd pobl yn eich gweld. Mae dolen bersonol yn cadw nod ei "
        "bod wedi’i defnyddio, ond nid pryd."
    ),
    "give_away_unanimous": (
        "Os bydd pawb yn rhoi’r un ateb i osodiad, mae pawb yn gwybod beth oedd eich ateb chi."
    ),
    "give_away_compare": (
        "Os mai dim ond {k} o bobl sy’n ateb a bod {others} ohonynt yn cymharu nodiadau, gallant "
        "weithio allan beth ddywedodd yr un olaf."
    ),
    "give_away_employer": (
        "Efallai y bydd rhwydwaith ac e-bost eich cyflogwr yn cadw cofnod eich bod wedi cael y "
        "ddolen neu wedi agor y dudalen hon. Ni allwn weld na dileu hynny."
    ),
    "give_away_key": (
        "Mae allwedd yn agor yr atebion ar ôl i’r arolwg gau. Fe’i cedwir ar wahân iddynt a’i "
        "dinistrio ar ôl y cyfrif. Tan hynny, gallai rhywun sydd â’r allwedd a’n cronfa ddata "
        "baru atebion â phobl."
    ),
    "named_leaders": "Rydych yn ateb yn eich enw eich hun: {name}.",
    "named_leaders_seen": (
        "Dangosir eich enw gyda’ch atebion i’r arweinwyr a’r arweinydd gwella. Mae’r ward yn gweld "
        "dot ar gyfer pob arweinydd, heb enw, ac efallai y bydd yn dyfalu pwy sydd piau fo."
    ),
    "together_how": (
        "Mae arweinwyr {unit} yn ateb gyda’i gilydd. Cytunwch ar ateb i bob gosodiad a’i ddewis. "
        "Anfonwch un ffurflen. Mae’n cyfrif dros bob un ohonoch."
    ),
    "together_seen": (
        "Mae’r tîm yn gweld un marc ar gyfer ei arweinwyr. Gall yr arweinwyr a’r arweinydd gwella "
        "weld enwau’r arweinwyr."
    ),
    "joint_how": (
        "Mae eich tîm yn fach, felly mae’n sgorio gyda’i gilydd. Darllenwch bob gosodiad yn uchel, "
        "cytunwch ar rif a’i dapio. Anfonwch un daflen ar ran y tîm cyfan."
    ),
    "joint_seen": "Atebion y tîm cyfan yw’r rhain. Fe’u dangosir gyda’i enw: {unit}.",
    "unreviewed": "Nid oes neb wedi gwirio’r cyfieithiad hwn eto.",
    "sent_before": (
        "Anfonwyd y daflen hon o’r blaen. Os anfonwch hi eto, bydd yr atebion newydd yn cymryd lle "
        "yr hen rai."
    ),
    "move_on": "Mae’r gosodiad nesaf yn dilyn yn awtomatig",
    "start_own": "Dechrau ar fy ffôn neu ddyfais fy hun",
    "start_shared": "Dechrau ar ddyfais a rennir",
    "start_shared_help": "Ni chedwir atebion arni",
    "plain_how": "Dewiswch un ateb ar gyfer pob gosodiad. Gallwch adael unrhyw un yn wag.",
    "part": "Adran {part} o {parts}",
    "back": "Yn ôl",
    "send": "Anfon fy atebion",
    "languages": "Iaith",
    "review": "Gwirio ac anfon",
    "comment_start": (
        "Ar y diwedd cewch ysgrifennu sylw, os hoffech. Darllenwch yr hyn a ddywedir yno."
    ),
    "comment_head": "A oes rhywbeth yr hoffech ei ychwanegu?",
    "comment_no_names": (
        "Peidiwch ag enwi neb: dim claf, dim cydweithiwr, na chi eich hun chwaith."
    ),
    "comment_who": (
        "Cedwir eich sylw ar wahân i’ch atebion. Mae rhywun y tu allan i’ch rheolaeth linell yn ei "
        "ddarllen yn gyntaf a gall ei adael allan. Wedyn gall y ward gyfan ei ddarllen, air am "
        "air. Dim ond os bydd o leiaf {people} o bobl yn ateb a {writers} yn ysgrifennu yma y bydd "
        "hyn yn digwydd. Os na, byddwn yn ei ddileu heb ei ddarllen."
    ),
    "comment_label": "Eich sylw (cewch ei adael yn wag)",
    "comment_parts": "Ychwanegu sylw am adran",
    "comment_most": "Gallwch roi hyd at {n} o nodau",
    "give_away_comment": (
        "Sylw. Mae pawb ar y ward yn darllen eich geiriau eich hun, ac efallai y bydd rhai yn eich "
        "adnabod wrth yr hyn a ddywedwch neu’r ffordd yr ydych yn ysgrifennu."
    ),
    "sent": "Atebion wedi’u hanfon. Diolch.",
    "sent_locked": "Mae eich atebion dan glo nes i’r arolwg gau.",
    "sent_named": "Rydym wedi derbyn eich atebion.",
    "next": "Beth sy’n digwydd nesaf",
    "when": "{day}, {time}",
    "closes": (
        "Mae’r arolwg yn cau. Os bydd o leiaf {k} ohonom wedi ateb, caiff yr atebion eu cymysgu "
        "a’u cyfrif."
    ),
    "closes_named": "Mae’r arolwg yn cau a chaiff yr atebion eu cyfrif.",
    "same_day": "Yr un diwrnod",
    "result": "Gall pawb yn y tîm ddarllen y canlyniad o’r un funud ymlaen.",
    "result_page": "Tudalen y tîm",
    "talk": (
        "Rydym yn ei drafod gyda’n gilydd: beth sy’n taro deuddeg, beth sy’n syndod, beth i’w "
        "wneud gyntaf."
    ),
    "add_talk": "Ychwanegu cyfarfod y tîm at fy nghalendr",
    "add_result": "Ychwanegu dyddiad y canlyniad at fy nghalendr",
    "calendar_talk": "Cyfarfod y tîm: {title}",
    "calendar_result": "Canlyniad yr arolwg: {title}",
    "calendar_text": (
        "Beth sy’n taro deuddeg, beth sy’n syndod, beth i’w wneud gyntaf. Y canlyniad: {address}"
    ),
    "reminder_qr": (
        "Efallai y cewch nodyn atgoffa o hyd os defnyddioch god QR y poster: nid ydym yn gwybod "
        "pwy sydd wedi ateb. Anwybyddwch ef."
    ),
    "reminder_link": "Ni chewch ragor o nodiadau atgoffa.",
    "reminder_everyone": (
        "Gall neges o ddiolch eich cyrraedd o hyd: mae’n mynd at bawb. Anwybyddwch hi."
    ),
    "news": (
        "Ar ôl i’r arolwg gau byddwn yn anfon hyd at 2 neges at bawb ar y rhestr staff: y "
        "canlyniad a’r hyn y mae’r tîm yn ei benderfynu."
    ),
    "stop_messages": "Atal negeseuon",
    "close_page": "Gallwch gau’r dudalen hon.",
    "next_person": "Dechrau eto ar gyfer y person nesaf",
    "try_again": "Rhoi cynnig arall arni nawr",
    "keep_open": (
        "Cadwch y dudalen hon ar agor. Byddwn yn dal i roi cynnig arni’n awtomatig. Ni all neb "
        "weld eich atebion ar y dudalen hon."
    ),
    "open_later": (
        "Neu caewch hi ac agor yr un ddolen neu god QR yn nes ymlaen, ar y ffôn hwn. Mae’n anfon "
        "bryd hynny, unwaith."
    ),
    "send_by": "Anfonwch erbyn {weekday} {day}, {time}.",
    "after_that": "Ar ôl hynny mae’r arolwg wedi cau ac ni all eich atebion gyfrif.",
    "really": "Dim ond pan fyddwn wedi derbyn eich atebion y gwelwch “Atebion wedi’u hanfon”.",
    "delete": "Dileu fy atebion o’r ddyfais hon",
    "not_sent": "Ni anfonwyd eich atebion.",
    "before": "Rydych wedi ateb",
    "before_text": "Anfonwyd eich atebion o’r ddyfais hon. Diolch.",
    "someone_else": "Mae rhywun arall am ateb ar y ddyfais hon",
    "still_there": "Ydych chi’n dal yno?",
    "clear_in": (
        "Dyfais a rennir yw hon. I gadw eich atebion yn eiddo i chi, byddwn yn eu clirio ymhen"
    ),
    "still_here": "Parhau i ateb",
    "cannot_bring_back": (
        "Ni ellir dod ag atebion a gliriwyd yn ôl. Gallwch ddechrau eto o’r un ddolen neu god QR."
    ),
    "cleared": "Mae eich atebion wedi’u clirio",
    "start": "Dechrau",
    "preview": "Rhagolwg: ni chaiff eich atebion eu hanfon",
    "test": "Prawf: ni chaiff eich atebion eu cyfrif",
    "preview_sent": "Rhagolwg oedd hwn. Ni anfonwyd na chadwyd dim.",
    "test_sent": "Prawf oedd hwn. Ni anfonwyd na chadwyd dim.",
    "midnight": "hanner nos",
    "facts": "{n} gosodiad · tua {minutes} munud · tan {day}, {time}",
    "not_yet": "Nid yw’r arolwg hwn ar gael yn Gymraeg eto.",
    "settings": "am y gwelliant hwn, a gosodiadau",
    "help": "Help",
    "help_name": "Help: beth mae hyn yn ei olygu?",
    "continue": "Parhau",
    "next_section": "Nesaf",
    "check_now": "Gwirio ac anfon yr hyn sydd gennyf",
    "change_any": "Dewiswch rif i newid yr ateb hwnnw.",
    "no_change": (
        "Ar ôl i chi anfon eich atebion, ni all neb eu newid na chwilio amdanynt, dim hyd yn oed "
        "chi."
    ),
    "no_change_named": (
        "Gallwch anfon y ffurflen eto nes i’r arolwg gau. Rydym yn defnyddio’r un olaf."
    ),
    "resume": "Parhau neu ddechrau eto?",
    "not_yours": "Os nad eich rhai chi ydynt, dechreuwch eto.",
    "again": "Dechrau eto",
    "clear": "Clirio atebion",
    "clear_sure": "Ni allwch gael eich atebion yn ôl ar ôl eu clirio.",
    "keep": "Cadw’r atebion",
    "sent_here": (
        "Mae rhywun eisoes wedi anfon atebion o’r ddyfais hon. Gall pob person ateb unwaith."
    ),
    "problem_here": "Mae problem",
    "slip_code": "Y cod ar eich slip cod",
    "slip_use": "Parhau gyda’r cod hwn",
    "left_here": "Atebion ar y ddyfais hon nas anfonwyd: {n}.",
    "sent_late": "Rydym wedi derbyn yr atebion a gadwyd ar y ddyfais hon, ac wedi’u dileu ohoni.",
}

SCRIPT = {
    "own": "Mae eich atebion yn aros ar y ddyfais hon nes i chi eu hanfon",
    "unkept": "Ni all y porwr hwn gadw eich atebion. Atebwch ar un tro ac anfonwch ar y diwedd.",
    "of": "{n} o {all}",
    "saved": "wedi’i gadw",
    "where": "Gosodiad {n} o {all}, adran {p} o {ps}.",
    "left": "Tua {n} munud ar ôl.",
    "last": "Tua munud ar ôl.",
    "was": "blaenorol: {v}",
    "skip": "Neidio",
    "next": "Nesaf",
    "check": "Yn ôl i wirio",
    "done": "Adran {p} o {ps} wedi’i gorffen",
    "stop": (
        "Gallwch stopio yma a dod yn ôl yn nes ymlaen. Mae eich atebion yn aros ar y ddyfais hon "
        "nes i chi eu hanfon."
    ),
    "stay": "Atebwch ar un tro. Collir eich atebion os byddwch yn gadael.",
    "here": "{n} o {all} ateb wedi’u cadw ar y ddyfais hon. Nid ydynt wedi’u hanfon.",
    "here_page": "{n} o {all} ateb ar y dudalen hon. Nid ydynt wedi’u hanfon.",
    "answered": "{n} o {all} wedi’u hateb.",
    "blank": "Yn wag: {n}. Gallwch adael gosodiadau’n wag.",
    "none": "heb ei ateb",
    "nothing": "Atebwch o leiaf un gosodiad cyn anfon",
    "sending": "Yn anfon…",
    "gone": "Rydym wedi’u dileu o’r ddyfais hon.",
    "gone_shared": "Ni chedwir atebion ar y ddyfais hon.",
    "unsent": "Mae eich atebion wedi’u cadw ar y ddyfais hon ond heb eu hanfon",
    "unsent_page": "Heb eu hanfon eto. Cadwch y dudalen hon ar agor.",
    "offline": "Rydych all-lein.",
    "silent": "Ni allem gysylltu â’r arolwg.",
    "tried": "Cynigion hyd yma: {n}",
    "idle": "Caiff eich atebion eu clirio os na fydd neb yn cyffwrdd â’r dudalen hon am 15 munud.",
    "sure": "Clirio eich {n} ateb?",
    "clock": "{n} eiliad nes i’ch atebion gael eu clirio.",
    "characters": "{n} o nodau ar ôl",
}

REFUSALS = {
    "not open": (
        "Nid yw’r arolwg hwn ar agor eto",
        "Mae’n agor ar {opens}. Agorwch yr un ddolen neu god QR eto bryd hynny.",
    ),
    "closed": (
        "Mae’r arolwg wedi cau",
        "Nid yw’n cymryd rhagor o atebion. Diolch am fod eisiau cymryd rhan. Mae’r canlyniad yn "
        "mynd i’r ward gyfan ar ei thudalen ei hun.",
    ),
    "opening": (
        "Mae’r arolwg hwn yn agor ymhen eiliad",
        "Agorwch yr un ddolen neu god QR eto ymhen munud.",
    ),
    "used": (
        "Mae’r ddolen hon wedi’i defnyddio",
        "Anfonwyd taflen â hi eisoes, ac mae pob dolen yn gweithio unwaith. Os chi oedd hynny: "
        "diolch, nid oes rhagor i’w wneud. Os nad chi, dywedwch wrth y sawl sy’n rhedeg yr arolwg.",
    ),
    "cancelled": (
        "Cafodd yr arolwg hwn ei ganslo",
        "Dilëwyd pob ateb heb ei agor. Nid oes dim i chi ei wneud.",
    ),
    "full": (
        "Ni all y poster hwn gymryd rhagor o atebion",
        "Defnyddiwch eich dolen bersonol, neu gofynnwch am slip cod.",
    ),
    "replaced": ("Cafodd y poster hwn ei newid am un newydd", "Gofynnwch am yr un newydd."),
    "browser full": (
        "Mae’r ffôn neu’r llechen hon wedi anfon ei siâr",
        "Daeth llawer o daflenni ohoni eisoes. Dim ond rhai ohonynt y mae un ddyfais yn eu hanfon, "
        "fel bod pob taflen yn sefyll dros un person. Gallwch ateb o hyd: sganiwch y cod QR â ffôn "
        "arall, neu gofynnwch am slip cod i’r sawl sy’n rhedeg yr arolwg. Mae slip yn gweithio ar "
        "y ddyfais hon hefyd.",
    ),
    "sending closed": (
        "Mae’r arolwg wedi cau",
        "Ni anfonwyd eich atebion ac ni allant gyfrif. Mae’n ddrwg gennym.",
    ),
    "sending not open": (
        "Nid yw’r arolwg hwn ar agor eto",
        "Ni anfonwyd eich atebion. Anfonwch nhw pan fydd ar agor.",
    ),
    "sending used": (
        "Mae’r ddolen hon wedi’i defnyddio",
        "Anfonwyd taflen â hi eisoes, felly ni anfonwyd yr atebion hyn. Mae pob dolen yn gweithio "
        "unwaith.",
    ),
    "sending cancelled": (
        "Cafodd yr arolwg hwn ei ganslo",
        "Ni anfonwyd eich atebion ac ni allant gyfrif. Mae’n ddrwg gennym.",
    ),
    "sending browser full": (
        "Heb ei anfon o’r ffôn neu’r llechen hon",
        "Daeth llawer o daflenni ohoni eisoes. Dim ond rhai ohonynt y mae un ddyfais yn eu hanfon, "
        "fel bod pob taflen yn sefyll dros un person. Gallwch ateb o hyd: sganiwch y cod QR â ffôn "
        "arall, neu gofynnwch am slip cod i’r sawl sy’n rhedeg yr arolwg. Mae slip yn gweithio ar "
        "y ddyfais hon hefyd.",
    ),
    "bad": ("Heb ei anfon", "{sentence}"),
    "not now": (
        "Nid yw eich atebion wedi’u hanfon",
        "Ni allem eu derbyn nawr. Maent ar y dudalen hon o hyd. Arhoswch funud, yna rhowch gynnig "
        "arall arni.",
    ),
    "again": (
        "Agorwch y ddolen eto",
        "Ni chedwir atebion yma. Agorwch ddolen neu god QR eich arolwg unwaith eto.",
    ),
    "unknown": (
        "Nid ydym yn adnabod y ddolen hon",
        "Nid yw’r ddolen hon yn gywir neu mae wedi dod i ben. Gofynnwch i’ch rheolwr am dudalen y "
        "tîm. Os teipioch god, gwiriwch ef yn erbyn y poster.",
    ),
    "restored": (
        "Nid yw’r ddolen hon yn gywir neu mae wedi dod i ben",
        "Os oedd yn gweithio o’r blaen, efallai fod ei harolwg wedi’i golli: cafodd cofnodion eu "
        "hadfer erbyn {day}. Gofynnwch i’r sawl a anfonodd y ddolen atoch.",
    ),
    "too many": (
        "Arhoswch ychydig",
        "Daeth llawer o godau neu ddolenni nad ydym yn eu hadnabod o’r rhwydwaith hwn. Rhowch "
        "gynnig arall arni ymhen {sentence} munud, neu defnyddiwch ddata symudol yn lle’r Wi-Fi. "
        "Nid yw atebion ar y ffôn hwn wedi’u colli.",
    ),
    "large": ("Heb ei anfon", "Mae hynny’n fwy nag y mae taflen yn ei ddal. Agorwch y ddolen eto."),
}
