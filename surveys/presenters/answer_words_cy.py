"""The answer page's words in Welsh. Nobody has reviewed them yet. No Django here."""

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
    "noon": "hanner dydd",
    "demo": "demo",
    "caption_ward": "A allai weithio yma?",
    "caption_leaders": "Taflen yr arweinwyr",
    "caption_joint": "Taflen ar y cyd i’r tîm",
    "problem": "Y broblem",
    "change": "Beth fyddai’n newid",
    "more": "mwy",
    "facts": "Yn fyr",
    "statements": "gosodiad",
    "about": "Tua {minutes}",
    "minutes": "munud",
    "by": "{weekday}, erbyn {time}",
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
    "named_leaders": "Mae’r daflen hon yn eich enw chi: {name}.",
    "named_leaders_seen": (
        "Dangosir eich enw gyda’ch atebion i’r arweinwyr a’r arweinydd gwella. Mae’r ward yn gweld "
        "dot ar gyfer pob arweinydd, heb enw, ac efallai y bydd yn dyfalu pwy sydd piau fo."
    ),
    "joint_how": (
        "Mae eich tîm yn fach, felly mae’n sgorio gyda’i gilydd. Darllenwch bob gosodiad yn uchel, "
        "cytunwch ar rif a’i dapio. Anfonwch un daflen ar ran y tîm cyfan."
    ),
    "joint_seen": "Mae’r daflen hon yn enw’r tîm, {unit}. Fe’i dangosir gyda’i hatebion.",
    "unreviewed": "Nid oes neb wedi gwirio’r cyfieithiad hwn eto.",
    "sent_before": (
        "Anfonwyd y daflen hon o’r blaen. Os anfonwch hi eto, bydd yr atebion newydd yn cymryd lle "
        "yr hen rai."
    ),
    "move_on": "Symud ymlaen ar ei ben ei hun ar ôl pob tap",
    "start_own": "Dechrau ar fy ffôn fy hun",
    "start_own_help": "Cedwir ar y ffôn hwn yn unig, nes i chi anfon",
    "start_shared": "Dechrau ar ddyfais a rennir",
    "start_shared_help": "Ni chedwir atebion arni",
    "plain_how": ("Tapiwch un ateb ar gyfer pob gosodiad. Cewch adael unrhyw un ohonynt yn wag."),
    "part": "Rhan {part} o {parts}",
    "new_question": "Cwestiwn newydd",
    "back": "Yn ôl",
    "send": "Anfon fy atebion",
    "languages": "Iaith",
    "review": "Gwirio ac anfon",
    "left_blank": "Wedi’u gadael yn wag",
    "by_part": "Eich atebion fesul rhan",
    "no_change": (
        "Mae bylchau’n iawn. Ar ôl anfon, ni all neb newid eich atebion na chwilio amdanynt, dim "
        "hyd yn oed chi."
    ),
    "no_change_named": (
        "Mae bylchau’n iawn. Nes i’r arolwg gau gallwch anfon y daflen eto; yr un olaf sy’n cyfrif."
    ),
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
    "comment_parts": "Ysgrifennu sylw ar ran",
    "comment_most": "Hyd at {n} o nodau.",
    "give_away_comment": (
        "Sylw. Mae pawb ar y ward yn darllen eich geiriau eich hun, ac efallai y bydd rhai yn eich "
        "adnabod wrth yr hyn a ddywedwch neu’r ffordd yr ydych yn ysgrifennu."
    ),
    "sent": "Wedi’i anfon. Diolch.",
    "sent_locked": "Mae eich atebion dan glo nes i’r arolwg gau.",
    "sent_named": "Mae eich taflen wedi cyrraedd.",
    "sent_own": "Nid ydynt ar y ffôn hwn mwyach.",
    "sent_shared": "Ni chedwir atebion ar y ddyfais hon.",
    "next": "Beth sy’n digwydd nesaf",
    "when": "{weekday}, {time}",
    "closes": (
        "Mae’r arolwg yn cau. Os bydd o leiaf {k} ohonom wedi ateb, caiff yr atebion eu cymysgu "
        "a’u cyfrif."
    ),
    "closes_named": "Mae’r arolwg yn cau a chaiff yr atebion eu cyfrif.",
    "same_day": "Yr un diwrnod",
    "result": "Mae’r canlyniad yn mynd i’r ward gyfan ar yr un pryd.",
    "result_page": "Y dudalen ganlyniadau",
    "talk": (
        "Rydym yn ei drafod gyda’n gilydd: beth sy’n taro deuddeg, beth sy’n syndod, beth i’w "
        "wneud gyntaf."
    ),
    "add_talk": "Ychwanegu sgwrs y tîm at fy nghalendr",
    "add_result": "Ychwanegu dyddiad y canlyniad at fy nghalendr",
    "calendar_talk": "Sgwrs y tîm: {title}",
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
    "close_page": "Gallwch gau’r dudalen hon.",
    "next_person": "Dechrau eto ar gyfer y person nesaf",
    "not_sent": "Wedi’i gadw ar y ffôn hwn, heb ei anfon eto",
    "not_sent_shared": "Heb ei anfon eto",
    "try_again": "Rhoi cynnig arall arni nawr",
    "what_to_do": "Beth i’w wneud",
    "keep_open": (
        "Cadwch y dudalen hon ar agor. Mae’n anfon ar ei phen ei hun pan ddaw’r rhwydwaith yn ôl."
    ),
    "open_later": (
        "Neu caewch hi ac agor yr un ddolen neu god QR yn nes ymlaen, ar y ffôn hwn. Mae’n anfon "
        "bryd hynny, unwaith."
    ),
    "send_by": "Anfonwch erbyn {weekday} {day}, {time}.",
    "after_that": "Ar ôl hynny mae’r arolwg wedi cau ac ni all eich atebion gyfrif.",
    "really": ("Dim ond pan fydd eich atebion wedi cyrraedd go iawn y gwelwch “Wedi’i anfon”."),
    "delete": "Dileu fy atebion o’r ffôn hwn",
    "before": "Rydych wedi ateb",
    "before_text": "Anfonwyd eich atebion o’r ffôn hwn. Diolch. Rydych wedi gorffen.",
    "someone_else": "Mae rhywun arall yn ateb ar y ffôn hwn",
    "asked": "Ydych chi wedi ateb eisoes?",
    "asked_text": (
        "Anfonwyd taflen o’r ffôn neu’r llechen hon o’r blaen. Mae pob person yn anfon un daflen. "
        "Os eich un chi oedd hi: diolch, rydych wedi gorffen."
    ),
    "not_yet": "Nid wyf wedi ateb eto",
    "still_there": "Ydych chi’n dal yno?",
    "clear_in": (
        "Dyfais a rennir yw hon. I gadw eich atebion yn eiddo i chi, byddwn yn eu clirio ymhen"
    ),
    "still_here": "Rwy’n dal yma – ymlaen",
    "clear_now": "Clirio fy atebion nawr",
    "cannot_bring_back": (
        "Ni ellir dod ag atebion a gliriwyd yn ôl. Gallwch ddechrau eto o’r un ddolen neu god QR, "
        "yma neu ar eich ffôn eich hun."
    ),
    "cleared": "Wedi’i glirio. Ni chadwyd dim.",
    "start": "Dechrau",
    "preview": "Rhagolwg. Nid yw’r atebion yn mynd i unman.",
    "test": "Prawf. Nid yw’r atebion hyn byth yn cyfrif.",
    "preview_sent": "Rhagolwg oedd hwn. Ni anfonwyd na chadwyd dim.",
    "test_sent": "Prawf oedd hwn. Ni anfonwyd na chadwyd dim.",
}

SCRIPT = {
    "more": "mwy",
    "less": "llai",
    "nothing_kept": (
        "Nid yw’r porwr hwn yn cadw dim. Peidiwch â chau’r dudalen cyn anfon eich atebion."
    ),
    "statement": "Gosodiad {n} o {all}",
    "part": "Rhan {part} o {parts}",
    "count": "{n} o {all}",
    "minutes_left": "tua {n} munud ar ôl",
    "minute_left": "tua 1 munud ar ôl",
    "nearly_done": "llai na munud ar ôl",
    "skip": "Neidio",
    "next": "Nesaf",
    "saved": "Wedi’i gadw ar y ffôn hwn.",
    "moving_on": "Yn symud ymlaen…",
    "last_answer": "Yr ateb diwethaf: {answer} – newid",
    "to_review": "Yn ôl i wirio ac anfon",
    "comment_left": "{n} o nodau ar ôl.",
    "answered": "{n} o {all} wedi’u hateb.",
    "not_sure_one": "1 ohonynt “{label}”.",
    "not_sure_many": "{n} ohonynt “{label}”.",
    "answer": "Ateb",
    "answer_which": "gosodiad {n}",
    "and_more": "a {n} arall",
    "nothing_yet": "Nid oes dim wedi’i ateb eto. Atebwch o leiaf un gosodiad, yna anfonwch.",
    "sending": "Yn anfon…",
    "no_network": "Nid oes rhwydwaith ar hyn o bryd. {kept}",
    "no_answer": "Ni allem gyrraedd yr arolwg ar hyn o bryd. {kept}",
    "kept_one": "Mae eich 1 ateb yn ddiogel ar y ffôn hwn.",
    "kept_many": "Mae pob un o’r {n} ateb yn ddiogel ar y ffôn hwn.",
    "on_page_one": "Mae eich 1 ateb ar y dudalen hon o hyd.",
    "on_page_many": "Mae pob un o’r {n} ateb ar y dudalen hon o hyd.",
    "last_try_now": "Y cynnig diwethaf: eiliad yn ôl",
    "last_try_one": "Y cynnig diwethaf: 1 munud yn ôl",
    "last_try_many": "Y cynnig diwethaf: {n} munud yn ôl",
    "delete_sure": "Dileu eich atebion o’r ffôn hwn? Ni ellir dod â nhw yn ôl.",
    "not_sent_many": "Ni anfonwyd y {n} ateb ar y ffôn hwn.",
    "not_sent_one": "Ni anfonwyd yr 1 ateb ar y ffôn hwn.",
    "sent": "Wedi’i anfon. Diolch.",
    "sent_late": ("Mae’r atebion a gadwyd ar y ffôn hwn wedi cyrraedd. Nid ydynt arno mwyach."),
    "have_answered": "Rydych wedi ateb {n} o {all}. Nid oes yr un wedi’i anfon.",
    "send_these": "Anfon y {n} sydd gennyf, heb y gweddill",
    "send_this": "Anfon yr 1 sydd gennyf, heb y gweddill",
    "clock_speech": "{time} nes i’ch atebion gael eu clirio.",
    "two_minutes": "2 funud",
    "one_minute": "1 munud",
    "fifteen_seconds": "15 eiliad",
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
        "Ni all yr arolwg hwn gymryd rhagor o atebion",
        "Daeth mwy o daflenni i mewn nag sydd o staff ar y ward. Dywedwch wrth y sawl sy’n rhedeg "
        "yr arolwg.",
    ),
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
    "sending full": (
        "Ni all yr arolwg hwn gymryd rhagor o atebion",
        "Ni anfonwyd eich atebion: daeth mwy o daflenni i mewn nag sydd o staff ar y ward. "
        "Dywedwch wrth y sawl sy’n rhedeg yr arolwg.",
    ),
    "sending browser full": (
        "Heb ei anfon o’r ffôn neu’r llechen hon",
        "Daeth llawer o daflenni ohoni eisoes. Dim ond rhai ohonynt y mae un ddyfais yn eu hanfon, "
        "fel bod pob taflen yn sefyll dros un person. Gallwch ateb o hyd: sganiwch y cod QR â ffôn "
        "arall, neu gofynnwch am slip cod i’r sawl sy’n rhedeg yr arolwg. Mae slip yn gweithio ar "
        "y ddyfais hon hefyd.",
    ),
    "bad": ("Heb ei anfon", "{sentence}"),
    "again": (
        "Agorwch y ddolen eto",
        "Ni chedwir atebion yma. Agorwch ddolen neu god QR eich arolwg unwaith eto.",
    ),
    "unknown": (
        "Nid ydym yn adnabod y ddolen hon",
        "Gwiriwch hi yn erbyn y poster neu’r neges, neu ei hagor oddi yno unwaith eto.",
    ),
    "too many": (
        "Arhoswch ychydig",
        "Daeth llawer o godau neu ddolenni nad ydym yn eu hadnabod o’r rhwydwaith hwn. Rhowch "
        "gynnig arall arni ymhen {sentence} munud, neu defnyddiwch ddata symudol yn lle’r Wi-Fi. "
        "Nid yw atebion ar y ffôn hwn wedi’u colli.",
    ),
    "large": ("Heb ei anfon", "Mae hynny’n fwy nag y mae taflen yn ei ddal. Agorwch y ddolen eto."),
}
