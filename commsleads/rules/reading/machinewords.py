"""The words of machines: mail servers that give back a mail, answers sent by themselves, mailings.

Written folded: small letters, no accents (see `evidence`).
"""

from __future__ import annotations

from commsleads.rules.reading.evidence import Cue

BOUNCE_SUBJECT = (
    Cue(3, "Its subject is that of a mail that could not be delivered", (
        # English
        r"undeliver(?:ed|able)(?: mail| message)?", r"returned mail",
        r"return(?:ed|ing) (?:mail|message)? ?to sender",
        (r"delivery (?:status notification|failure|has failed|failed|delayed|incomplete|problem|report|error"
        r"|notification)"),
        r"mail (?:delivery )?(?:failed|failure|error|problem|system error)[\w ]*",
        r"message (?:delayed|not delivered|undeliverable)",
        r"(?:e-?mail |message )?delivery (?:failure|status)", r"failure notice", r"failed (?:mail )?delivery",
        r"non-? ?deliver(?:y|able|ed)",
        r"could ?n[o']t (?:be delivered|send message)[\w ]*", r"not delivered", r"mail (?:returned|status report)",
        r"error during delivery",
        r"user unknown", r"delayed mail", r"warning: (?:could not|message)[\w ]*", r"bounce notification",
        r"postmaster notify",
        r"mail could not be delivered", r"unable to deliver(?: message| mail)?", r"rejected mail",
        r"aws notification message",
        # German, French, Spanish
        r"(?:unzustellbar|nicht zustellbar)\w*",
        r"(?:nachrichten?|mail)?zustellung (?:fehlgeschlagen|nicht moglich)",
        r"fehler bei der (?:nachrichten)?zustellung", r"konnte nicht zugestellt werden", r"unzustellbarkeit\w*",
        r"(?:message |courriel )?non (?:remis|distribu\w+|delivre)",
        r"echec (?:de|d') ?(?:la )?(?:remise|livraison|distribution|envoi)",
        r"notification d'etat de remise", r"(?:correo |mensaje )?no (?:se (?:puede|pudo|ha podido) )?entreg\w+",
        r"correo devuelto",
        r"error (?:en|de) (?:la )?entrega", r"notificacion (?:de|del) estado de (?:la )?entrega",
        # others
        r"non recapitabile", r"(?:messaggio )?non (?:recapitato|consegnato)", r"mancat[ao] (?:consegna|recapito)",
        r"falha na entrega",
        r"nao (?:foi )?(?:entregue|possivel entregar)", r"onbestelbaar", r"niet (?:afgeleverd|bezorgd)",
        r"(?:kunde inte|kunne ikke) leveres?\w*",
        r"olevererbar\w*", r"ikke leverbar\w*", r"kan ikke leveres", r"nie dostarczono", r"niedostarczon\w+",
        r"nedorucitel\w+",
        r"kezbesithetetlen\w*", r"toimitus epaonnistui", r"недоставлен\w*", r"не (?:доставлено|удалось доставить)",
        r"iletilemedi",
    ), (
        "配信不能", "配信できません", "配送できません", "送信できません", "エラーメール",
        "未達", "无法送达", "無法傳遞", "无法投递", "退信", "배달 실패",
    )),
)  # fmt: skip
BOUNCE = (
    Cue(2, "It says that a mail was not delivered", (
        r"(?:could|can) ?not be delivered", r"couldn't be delivered",
        r"(?:was|were|wasn't|has been) (?:not |un)?deliver(?:ed|able)",
        r"delivery to the following recipients?[\w ]*", r"delivery (?:has )?failed", r"did not reach the following",
        r"undeliverable",
        r"permanent (?:fatal )?errors?", r"the following address(?:es)?(?:\(es\))?[\w ]*",
        r"returned to (?:the )?sender",
        r"unable to deliver[\w ]*", r"undelivered", r"mail delivery (?:software|system|agent|subsystem)",
        r"delivery status notification",
        r"this is the mail system at host", r"message (?:could not|was not|has not been|cannot be)[\w ]*",
        r"failed to deliver",
        r"rejected your message", r"was (?:rejected|discarded|returned)", r"non-? ?delivery", r"bounced",
        r"konnte(?:n)? nicht (?:zugestellt|ubermittelt) werden", r"nicht zustellbar",
        r"n'a pas (?:pu etre|ete) (?:remis|delivre|distribue)",
        r"no (?:se )?(?:pudo|ha podido|puede) (?:ser )?entreg\w+",
        r"non (?:e stato possibile|ha potuto)[\w ]*(?:consegnare|recapitare)",
        r"nao (?:pode|foi possivel)[\w ]*entreg\w+", r"kon niet worden (?:afgeleverd|bezorgd)",
        r"не (?:было )?доставлен\w*",
    ), ("配信できません", "配送できません", "送信できません", "届きません", "无法送达", "無法傳遞", "未能送达")),
    Cue(2, "It says why a mailbox refused a mail", (
        r"user unknown", r"unknown user", r"no such (?:user|recipient|mailbox|address)[\w ]*",
        r"mailbox (?:is )?(?:full|unavailable|not found|disabled)",
        r"over quota", r"quota exceeded", r"recipient (?:address )?(?:rejected|unknown|not found)",
        r"address (?:rejected|not found|unknown)",
        r"relay(?:ing)? (?:access )?denied", r"account (?:has been )?(?:disabled|suspended|does not exist)",
        r"host (?:or domain name )?not found",
        r"reporting-mta", r"final-recipient", r"diagnostic-code", r"retry timeout exceeded",
        r"connection (?:timed out|refused)",
        r"too many hops", r"notificationtype\W{1,5}(?:bounce|delivery)", r"bounced?(?:type|recipients)",
        r"empfanger (?:unbekannt|existiert nicht)", r"postfach (?:ist )?voll", r"boite (?:aux lettres )?pleine",
        r"buzon lleno",
    )),
)  # fmt: skip

AWAY_SUBJECT = (
    Cue(4, "Its subject is that of an automatic answer", (
        r"auto(?:matic|mated|matische|matisch|matique|matica)?[- ]?(?:reply|response|answer|respon[sd]\w*)",
        r"^auto:", r"auto-?antwort",
        r"automatische (?:antwort|abwesenheit\w*)", r"abwesend\w*", r"abwesenheit\w*", r"nicht im (?:buro|haus)",
        r"urlaubs\w*notiz",
        r"out[- ]of[- ](?:the[- ])?office", r"ooo", r"away (?:from|until|on)[\w ]*",
        r"on (?:annual |maternity |parental |sick )?leave", r"on vacation",
        r"is out of the office[\w ]*", r"(?:reponse|message) automatique", r"absent\w* du bureau",
        r"(?:absence|conges)(?: du bureau)?[: ].*",
        r"respuesta automatica", r"fuera de (?:la )?oficina", r"ausente\w*", r"de vacaciones",
        r"risposta automatica", r"fuori (?:ufficio|sede)",
        r"automatisch(?:e)? antwoord", r"afwezig\w*", r"niet aanwezig", r"resposta automatica",
        r"fora do escritorio", r"autosvar:?.*",
        r"automati(?:skt|sk|k) svar", r"franvaro\w*", r"fravaer\w*", r"automaattinen vastaus",
        r"poissa(?: toimistolta)?",
        r"autoodpowiedz", r"odpowiedz automatyczna", r"automatyczna odpowiedz", r"poza biurem",
        r"automaticka odpoved", r"mimo kancelar",
        r"automatikus valasz", r"hazon kivul", r"автоматический ответ", r"автоответ\w*", r"вне офиса",
        r"otomatik yanit", r"autorespons\w*",
    ), ("自動応答", "自動返信", "自动回复", "自動回覆", "自动答复", "不在通知", "外出中", "자동 회신", "부재중")),
)  # fmt: skip
AWAY = (
    Cue(3, "Its writer is away", (
        (r"(?:i am|i'm|i will be|i'll be|is|are) (?:currently |now )?(?:out of (?:the )?office|away|on (?:annual "
        r"|maternity |parental |sick )?leave"
        r"|on (?:holiday|vacation)|travel+ing|absent|out until|not in the office|on a business trip)"),
        r"(?:i have|with) (?:no|limited|intermittent|restricted) access to (?:my )?e?-?mails?",
        r"out of (?:the )?office (?:until|from|and|on|with)", r"i (?:will )?return (?:to the office )?on",
        r"on my return",
        r"not (?:be )?(?:able|available) to (?:read|answer|check|respond)[\w ]*until",
        (r"(?:bin|bis|zurzeit|derzeit|momentan|aktuell|ab|vom|am)[\w ,.]{0,60}nicht (?:im buro|im haus|erreichbar"
        r"|am platz)"),
        r"(?:bin|befinde mich)[\w ,.]{0,60}(?:im urlaub|in elternzeit|auf dienstreise|abwesend|ausser haus)",
        r"wieder (?:im buro|erreichbar)",
        r"(?:e-?mails?|nachricht(?:en)?) (?:wird|werden) nicht weitergeleitet",
        r"je suis (?:actuellement )?(?:absente?|en conges?|en deplacement|hors du bureau)[\w ]*",
        r"de retour (?:au bureau )?le",
        r"(?:je serai|serai) (?:absente?|de retour)",
        r"(?:estoy|estare|me encuentro) (?:fuera de (?:la )?oficina|de vacaciones|ausente|de viaje|de baja)",
        r"(?:sono|saro) (?:fuori ufficio|assente|in ferie)",
        r"ik ben (?:momenteel )?(?:afwezig|niet aanwezig|op vakantie|niet op kantoor)",
        r"estou (?:fora do escritorio|ausente|de ferias)",
        r"jag ar (?:pa semester|inte pa kontoret|bortrest|ledig|franvarande)",
        r"jeg (?:er|har) (?:pa ferie|ikke pa kontoret|ferie|fravaerende|bortreist)", r"olen (?:lomalla|poissa)",
        r"jestem (?:na urlopie|poza biurem|nieobecn\w+)",
        r"jsem (?:na dovolene|mimo kancelar)", r"(?:szabadsagon|hazon kivul) vagyok",
        r"я (?:нахожусь )?в (?:отпуске|командировке)", r"отсутств\w+ до",
    ), (
        "不在にしております", "休暇をいただ", "不在のため", "外出しており",
        "我正在休假", "不在办公室", "外出，", "休假中",
    )),
)  # fmt: skip
RECEIPT_SUBJECT = (
    Cue(3, "Its subject is that of a receipt", (
        r"(?:we(?:'ve| have) )?received your (?:e-?mail|message|enquiry|inquiry|request)",
        r"(?:your )?(?:message|request|enquiry) (?:has been |was )?received",
        r"eingangsbestatigung", r"empfangsbestatigung", r"accuse de reception", r"acuse de recibo",
        r"confirmacion de recepcion", r"read:", r"gelesen:", r"lu :",
        r"leido:", r"thank you for (?:contacting|your (?:e-?mail|message|enquiry))[\w ]*",
        r"ticket (?:created|received)[\w ]*",
    )),
)  # fmt: skip
RECEIPT = (
    Cue(3, "It confirms by itself that a mail arrived", (
        r"this is an automat(?:ic|ed) (?:reply|response|message|e-?mail|acknowledge?ment)[\w ]*",
        r"automatically generated", r"auto-?generated",
        r"(?:we|i) have received your (?:e-?mail|message|enquiry|inquiry|request)",
        r"thank you for (?:contacting|your (?:e-?mail|message|enquiry|inquiry))[\w ]*",
        r"(?:your )?(?:ticket|case|request) (?:has been|was) (?:created|opened|received|logged)",
        r"please do not reply to this (?:e-?mail|message)",
        r"(?:ihre (?:e-?mail|nachricht|anfrage)|ihr schreiben) ist (?:bei uns )?eingegangen",
        r"dies ist eine automat\w+",
        r"automatisch (?:erzeugt|generiert|erstellt)\w*", r"nous (?:avons bien recu|accusons (?:bonne )?reception)",
        r"ceci est (?:un message|une reponse) automatique",
        r"hemos recibido su (?:correo|mensaje|consulta|solicitud)", r"este es un (?:mensaje|correo) automatico",
        r"no responda a este (?:correo|mensaje)",
    )),
)  # fmt: skip
NO_MORE_MAIL = (
    Cue(3, "It says that an address is no longer used", (
        (r"(?:inbox|mailbox|e-?mail address|address|account)[^.?!]{0,60} (?:is )?(?:no longer (?:in use|monitored"
        r"|active|valid|used)|not monitored|been closed)"),
        r"no longer (?:works?|working|employed) (?:at|for|with)",
        r"has left (?:the )?(?:company|organisation|organization|newsroom|paper)",
        r"(?:adresse|postfach)[^.?!]{0,60} nicht mehr (?:verwendet|genutzt|gelesen|aktiv)",
        r"arbeitet nicht mehr (?:bei|fur)",
        r"cette (?:adresse|boite)[^.?!]{0,60} n'est plus", r"ne fait plus partie",
        r"esta (?:cuenta|direccion)[^.?!]{0,60} ya no", r"ya no trabaja",
    )),
)  # fmt: skip

COMPLAINT = (
    Cue(5, "It is a report on unwanted mail", (
        r"feedback-type: ?\w+", r"this is an e?-?mail abuse report", r"arrival-date:[^?]{0,200}reported-domain",
        r"spam (?:complaint|report) (?:for|from|about)[\w ]*",
        r"abuse report for an e?-?mail",
        r"this is a (?:spf/)?(?:dkim|dmarc)[\w/ ]{0,40}(?:failure|forensic)? ?report",
    )),
)  # fmt: skip

LIST_SUBJECT = (
    Cue(1.5, "It calls itself a newsletter", (
        r"news-?letter", r"(?:weekly|daily|monthly|morning|evening) (?:digest|briefing|round-?up|update)",
        r"digest", r"rundbrief", r"infobrief", r"lettre d'information",
        r"boletin", r"webinar", r"issue (?:no\.? ?|#)\d+", r"the (?:weekly|daily)",
    )),
)  # fmt: skip
LIST = (
    Cue(2, "It can be unsubscribed", (
        r"unsubscribe", r"manage (?:your )?(?:e-?mail )?(?:preferences|subscriptions?)", r"opt[- ]out",
        r"(?:newsletter )?abbestellen", r"abmelden", r"austragen",
        r"se desabonner", r"se desinscrire", r"desinscription", r"desinscrivez", r"darse de baja",
        r"cancelar (?:la )?suscripcion", r"anular (?:la )?suscripcion",
        r"disiscri\w+", r"afmelden", r"uitschrijven", r"cancelar inscricao", r"avregistrera", r"odhlasit",
        r"отписаться", r"wypisz",
    ), ("配信停止", "退订", "取消订阅")),
    Cue(2, "It is made to be read in a browser", (
        r"view (?:this (?:e-?mail|message|newsletter) )?(?:in|on|with) (?:your |a |the )?(?:web )?browser",
        r"view (?:it )?online", r"im browser (?:anzeigen|ansehen|offnen|lesen)",
        r"(?:web|online)-?version", r"(?:version|voir|consulter)[\w ']{0,30}en ligne",
        r"ver (?:este (?:correo|mensaje) )?en (?:el|tu|su) navegador",
    )),
    Cue(1, "It says why we get it", (
        r"you (?:are receiving|receive|received|got|are getting) this[\w ]*(?:because|as)",
        r"sie erhalten diese[\w -]*(?:weil|da)", r"vous recevez (?:ce|cette)[\w ']*car",
        r"(?:recibe|recibes|ha recibido) este[\w ]*porque", r"you signed up", r"all rights reserved",
        r"forward(?:ed)? to a friend",
    )),
)  # fmt: skip
