"""The words by which a journalist's enquiry is known, in English, German, French and Spanish.

Written folded: small letters, no accents (see `evidence`).
"""

from __future__ import annotations

from commsleads.rules.reading.evidence import Cue

_EN_ROLE = (
    r"journalist|freelancer|reporter|correspondent|columnist|news ?editor|editor(?: at large)?|editor-in-chief"
    r"|deputy editor|sub-?editor|producer|presenter"
    r"|broadcaster|news ?reader|fact-?checker|researcher on|staff writer|features? writer|writer (?:at|for|with)"
    r"|photojournalist|press photographer"
    r"|bureau chief|news assistant|planning editor|podcaster|podcast host|host of|documentary (?:maker"
    r"|film-?maker)|film-?maker"
)
_DE_ROLE = (
    r"journalist(?:in)?|redakteur(?:in)?|reporter(?:in)?|volontar(?:in)?|korrespondent(?:in)?"
    r"|chefredakteur(?:in)?|redaktionsleiter(?:in)?"
    r"|moderator(?:in)?|producer(?:in)?|autor(?:in)? (?:bei|fur|des|der)|bildredakteur(?:in)?|filmemacher(?:in)?"
    r"|fotojournalist(?:in)?|ressortleit(?:er|erin|ung)|chefin? vom dienst|redaktionsassistenz"
)
_FR_ROLE = (
    r"journaliste|reporter|redact(?:eur|rice)(?: en chef)?|correspondante?|pigiste|chroniqueu(?:r|se)"
    r"|presentat(?:eur|rice)|realisat(?:eur|rice)"
    r"|documentariste|cheff?e? de (?:rubrique|service)|secretaire de redaction|photographe de presse"
    r"|animat(?:eur|rice)"
)
_ES_ROLE = (
    r"periodista|redactora?(?: jefe| jefa)?|reporter[oa]|corresponsal|presentadora?|productora?|guionista"
    r"|fotoperiodista|columnista|jef[ea] de (?:seccion|redaccion)"
)
ROLES = f"{_EN_ROLE}|{_DE_ROLE}|{_FR_ROLE}|{_ES_ROLE}|newsdesk|news desk|redaktion|redaction|redaccion"
_EN_WORK = (
    r"story|something|piece|article|feature|report|segment|documentary|programme|program|episode|news item"
    r"|package|column|investigation|profile|explainer|broadcast|interview"
)
_DE_WORK = (
    r"artikel|beitrag|bericht|sendung|reportage|story|geschichte|feature|podcast|dokumentation|film|meldung"
    r"|porträt|portrat|recherche|text"
)
_FR_WORK = r"article|sujet|reportage|enquete|documentaire|emission|papier|dossier|portrait|chronique|podcast"
_ES_WORK = r"reportaje|articulo|informacion|noticia|programa|pieza|documental|investigacion|cronica|perfil|podcast"

IN_SUBJECT = (
    Cue(3, "Its subject is that of a press enquiry", (
        (r"(?:press|media|journalist|reporter|news ?desk) (?:enquir(?:y|ies)|inquir(?:y|ies)|quer(?:y|ies)"
        r"|requests?|questions?)"), r"requests? for (?:a )?(?:comment|interview|statement|response)",
        r"(?:comment|interview|filming|photo|statement) requests?", r"interview(?: opportunity)? with",
        r"right (?:of|to) reply", r"seeking (?:comment|a statement|response)",
        r"comment (?:on|about|re|for)", r"fact[- ]?check\w*", r"for comment", r"press accreditation",
        r"media accreditation", r"(?:on )?deadline", r"guest for (?:our|my|the)[\w ]*",
        r"presse-?anfragen?", r"medien-?anfragen?", r"interview-?(?:anfrage|wunsch)",
        r"anfrage (?:der|von der|aus der) (?:redaktion|presse)[\w ]*",
        r"bitte um (?:stellungnahme|interview|statement)",
        r"drehanfrage", r"recherche-?anfrage", r"(?:redaktionelle|journalistische) anfrage", r"akkreditierung",
        r"bild-?anfrage", r"foto-?anfrage", r"frist(?:setzung)? [\w ]*stellungnahme",
        r"demande (?:de )?presse",
        (r"demande d(?:e |')(?:interview|entretien|reaction|commentaires?|precisions?|tournage|visuels?"
        r"|informations? presse)"), r"question(?:s)? (?:de )?presse",
        r"droit de reponse", r"sollicitation (?:presse|media)", r"consultas? de prensa",
        (r"(?:solicitud|peticion) de (?:entrevista|declaraciones|informacion|comentarios?|valoracion|imagenes"
        r"|prensa)"),
        r"peticion de prensa", r"derecho de replica", r"acreditacion(?: de prensa)?", r"pregunta de prensa",
    )),
)  # fmt: skip

IN_TEXT = (
    Cue(3, "Its writer says who is writing, in journalists' words", (
        (rf"(?:i'm|i am|im|i work as|i was|my name is[^.?!]{{1,60}}) (?:an? |the "
        rf"|also )?(?:[\w'’-]+,? ){{0,5}}(?:{_EN_ROLE})"),
        r"i (?:write|report|file|freelance|broadcast|podcast) (?:\w+ )?for",
        r"(?:i cover|(?:i'm|i am) covering) [^.?!]{2,80} (?:for|at)", r"(?:les|le|os|te) escribo (?:de|desde|para)",
        r"i(?:'m| am) (?:writing|reporting|filing|calling|getting in touch|emailing) (?:\w+ )?(?:for|from) the",
        r"(?:our (?:newsroom|news ?desk)|unsere redaktion|notre redaction|nuestra redaccion)",
        (r"(?:mache|machen|produziere|produzieren|moderiere|moderieren|betreibe|betreiben) [^.?!]{0,60}(?:podcast"
        r"|sendung|magazin|blog|newsletter|kanal)"),
        (r"(?:nous (?:produisons|animons|realisons|presentons)|hacemos|producimos"
        r"|presentamos) [^.?!]{0,60}(?:podcast|emission|magazine|programa|revista)"),
        (r"(?:i|we) (?:co-?)?(?:produce|host|present|edit|make|run|publish) [^.?!]{1,80}(?:podcast|programme"
        r"|program|show|magazine|newspaper|newsletter|blog|radio|series|website)"),
        rf"(?:a|the|our) (?:[\w-]+ )?(?:{_EN_ROLE}) (?:at|with|for|from|of|on) ",
        rf"ich (?:bin|arbeite als) (?:[\w-]+,? ){{0,4}}(?:{_DE_ROLE})",
        r"(?:ich|wir) (?:schreiben?|berichten?|recherchieren?) (?:[\w-]+ ){0,5}(?:fur|uber|zu[rm]?)",
        rf"als (?:{_DE_ROLE}) ",
        rf"je suis (?:[\w-]+,? ){{0,4}}(?:{_FR_ROLE})", r"j'ecris (?:[\w-]+ ){0,3}pour",
        r"je (?:produis|presente|anime|coanime) [^.?!]{2,80}(?:podcast|emission|chronique|magazine|journal)",
        rf"(?:{_FR_ROLE})(?: [\w'-]+){{0,2}} (?:a|au|aux|chez|pour) ", rf"soy (?:[\w-]+,? ){{0,4}}(?:{_ES_ROLE})",
        r"escribo (?:[\w-]+ ){0,3}para", rf"(?:{_ES_ROLE}) (?:de|del|en) ",
        r"(?:produzco|presento|dirijo|conduzco) [^.?!]{2,80}(?:podcast|programa|revista|espacio)",
        r"(?:le|les) escribo (?:desde|de) la redaccion",
    )),
    Cue(2.5, "It says that something is to be published", (
        (rf"(?:writing|working on|preparing|researching|putting together|reporting|doing|planning|producing"
        rf"|filming|running|publishing|making) (?:up )?(?:an? |the |this |my |our "
        rf"|another )?(?:[\w'-]+ ){{0,4}}(?:{_EN_WORK})s?"),
        rf"for (?:an? |the |my |our )(?:[\w'-]+ ){{0,4}}(?:{_EN_WORK}) (?:i'm|i am|we're|we are|on|about|in|for|to)",
        r"(?:intend|plan|planning|going|about|due|aim) to (?:publish|print|broadcast|run|air)",
        r"will (?:\w+ )?(?:be )?(?:publish|broadcast|print|air|report)(?:ed|ing)?",
        r"for (?:the )?(?:\w+day|tomorrow|tonight|today|next week|this week)'s \w+", r"include any response",
        r"(?:copy|press|print) (?:date|day)", r"for (?:publication|broadcast)",
        (r"(?:tomorrow|tonight|today|saturday|sunday|monday|next week|this week)(?:'s)? (?:paper|edition|issue"
        r"|bulletin|programme|show)"), r"goes? to (?:press|print|air|the printers)",
        r"o(?:n|ff)[- ]the[- ]record", r"under embargo", r"on deadline",
        r"(?:i'm |we're |am |are )?filing (?:at|by|for|tonight|today|tomorrow|this|in)",
        r"turn (?:this|it) a?round", r"copy (?:date|deadline)", r"je boucle", r"nous bouclons",
        r"(?:heute|morgen|gleich)[^.?!]{0,40} online[^.?!]{0,20}(?:raus|gehen|stellen|bringen)",
        r"(?:talk|speak|chat) on background", r"(?:right|chance|opportunity) (?:of|to) (?:reply|respond)",
        r"i(?:'ll| will)? file (?:at|by|tomorrow|today|tonight|in|on|this)", r"(?:be|being) published",
        (rf"fur (?:einen?|den|unsere?n?|meinen?|die|das) (?:[\w-]+ ){{0,4}}\w*(?:{_DE_WORK}|ausgabe|titelseite"
        rf"|doppelseite|seite)"),
        (rf"(?:arbeite|arbeiten|recherchiere|recherchieren|bereite|bereiten|schreibe|plane|planen|drehe"
        rf"|drehen) [^.?!]{{0,80}}(?:{_DE_WORK})"), r"redaktionsschluss", r"(?:am|vors) mikro\w*",
        r"fur (?:die )?(?:folge|ausgabe) \d+", r"zur veroffentlichung", r"drucktermin",
        r"wir (?:veroffentlichen|senden|berichten)",
        rf"(?:prepar\w+|travaill\w+|ecri[st]\w*|realis\w+|enquet\w+|redig\w+|tourn\w+) [^.?!]{{0,60}}(?:{_FR_WORK})",
        rf"(?:pour|dans le cadre d') ?(?:un|une|mon|notre|ma) (?:[\w-]+ ){{0,3}}(?:{_FR_WORK})", r"bouclage",
        r"(?:publier|publication|parution|diffusion) (?:de|du|d'|est|prevue|aujourd|demain|dans|en|le)",
        r"c'est pour [^.?!]{2,50} d(?:e |'|u )(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|soir)",
        r"notre (?:edition|numero|prochain numero)",
        rf"(?:prepar\w+|trabaj\w+|escrib\w+|realiz\w+|elabor\w+|investig\w+) [^.?!]{{0,60}}(?:{_ES_WORK})",
        rf"para (?:un|una|mi|nuestro|nuestra) (?:[\w-]+ ){{0,3}}(?:{_ES_WORK}|suplemento|edicion)",
        r"cierre de (?:la )?edicion", r"cerramos", r"vamos a publicar", r"publicaremos",
    )),
    Cue(1.5, "It checks what somebody heard, as reporters do", (
        r"(?:i'm|we're|i am|we are|am|been)? ?hearing (?:that )?(?:you|from|reports)",
        r"i(?:'ve| have)? (?:hear|heard|been told|understand) (?:that )?(?:you|acme|the|there)",
        r"we (?:understand|have been told|have heard|have learn\w+|have seen)",
        r"is it (?:true|right|correct) that", r"sources? (?:tell|say|told)", r"(?:told|tells|tell) (?:us|me)",
        r"any update on",
        r"(?:residents|readers|workers|staff|people|passengers|two \w+) (?:tell|say|told|have told)",
        r"stimmt es,? dass", r"ist es (?:richtig|korrekt|wahr),? dass",
        r"(?:uns|mir) (?:liegen|liegt|wurde|ist)[^.?!]{0,60}(?:vor|zugetragen|berichtet|bekannt)",
        r"nach (?:unseren|meinen) informationen",
        r"(?:konnen|konnten) sie (?:mir |uns )?(?:das |dies |die zahl |den vorgang )?bestatigen",
        r"(?:can|could) you (?:please )?confirm", r"(?:pouvez|pourriez)[- ]vous (?:me |nous )?(?:le )?confirmer",
        r"(?:pueden|podrian|podria|puede) (?:confirmar\w*)", r"est-il (?:exact|vrai)", r"confirmez-vous",
        r"selon nos informations", r"es (?:cierto|verdad) que", r"segun (?:nuestras|mis) fuentes",
        r"nos (?:cuentan|dicen|consta)",
    )),
    Cue(1, "It speaks of a newspaper, a programme or the like", (
        r"news ?papers?", r"magazine", r"podcasts?", r"news (?:agency|site|website|programme)", r"radio",
        r"broadcasters?", r"(?:tages|wochen|lokal)?zeitung\w*", r"zeitschrift", r"magazin", r"nachrichtenagentur",
        r"sender", r"sendung", r"redaktion\w*", r"journal", r"quotidien", r"hebdomadaire", r"revue", r"emission",
        r"agence de presse", r"redaction", r"diario", r"periodico", r"revista", r"agencia de noticias",
        r"la agencia", r"emisora", r"programa de (?:radio|television)", r"redaccion",
    )),
    Cue(2, "It speaks of readers, listeners or viewers", (
        r"(?:our|my) (?:readers?|listeners?|viewers?|audience)", r"unsere?n? (?:leser|horer|zuschauer)\w*",
        r"nos (?:lect|audit|telespect)\w+", r"nuestros (?:lectores|oyentes|espectadores)",
    )),
)  # fmt: skip

ASKING = (
    Cue(2, "It asks for a comment or a statement", (
        r"requests? for comment", r"(?:your|a|any|for|further|official) (?:comments?|statement|reaction)",
        r"like to comment", r"(?:comment|a line) on", r"respond to (?:the (?:following|points|claims|allegations))",
        r"your (?:side|response|position)", r"allegations?",
        (r"(?:um|ihre|eine|zur|kurze) (?:kurze |schriftliche )?(?:stellungnahme|stellung|einschatzung|statement"
        r"|reaktion)"),
        r"stellung nehmen", r"stellung zu nehmen", r"auussern",
        r"(?:votre|une|vos) (?:reaction|commentaires?|position|declaration|version)", r"reagir",
        r"souhaitez-vous (?:reagir|commenter)",
        r"(?:su|una|sus|alguna) (?:declaracion(?:es)?|valoracion|version|reaccion|postura|comentarios?)",
        r"hacer declaraciones",
    )),
    Cue(2, "It asks for an interview, a guest, pictures or entrance", (
        r"interview(?:s|ed|ing)?", r"(?:as|be|for|a) (?:our |a )?guests? (?:on|for|in|to)?",
        r"(?:have|get) [^.?!]{2,60} on (?:the (?:show|programme|podcast|air)|for|air|to)", r"on (?:camera|air)",
        r"(?:camera|film|tv) crew", r"film(?:ing)? (?:at|in|your|on|the)",
        r"speak (?:to|with) (?:your|someone|somebody|one of|a)",
        r"accredit(?:ation|ed)?", r"press pass(?:es)?", r"headshots?",
        r"(?:high-?res\w*|print-?quality|press) (?:photo|picture|image)\w*", r"photographer",
        r"interviews? (?:fuhren|mit)", r"interviewen", r"interviewpartner(?:in)?", r"ein interview",
        r"(?:zu gast|als gast|studiogast)", r"drehgenehmigung", r"drehen", r"kamerateam", r"akkreditier\w+",
        r"druckfahige\w*", r"pressefotos?", r"bildmaterial", r"o-?ton",
        r"(?:un|une|en) (?:entretien|interview)", r"interviewer", r"(?:recevoir|inviter) (?:votre|un|une|m|mme)",
        r"tournage", r"filmer", r"accreditation", r"visuels?", r"entrevistar?(?:le|les)?", r"una entrevista",
        r"(?:su|un|el|la) portavoz", r"en (?:plato|antena|directo)", r"contar con (?:su|un|el|la)",
        r"come on (?:for|the|to|air|at|our)", r"down the line", r"tourner (?:quelques|des|une?|un)",
        r"images? (?:de|du|dans)", r"grabar", r"rodaje", r"acredit\w+", r"imagenes en alta",
    )),
)  # fmt: skip
"""What is asked for in no form of a question."""
