"""What an enquiry is about, what kind of answer it wants, and whether it is urgent."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from commsleads.letters import Deadline
from commsleads.rules.deadlines import Week
from commsleads.rules.reading.subjects import bare
from commsleads.text import fold

LONGEST = 120
"""Characters of a topic."""

_STOCK = re.compile(
    r"\s{0,5}(?:\[[^\]\n]{1,40}\]\s{0,5})?(?:(?:urgent|dringend|eilt|urgente?|important|wichtig|private"
    r"|confidential|private (?:and|&) confidential|vertraulich|deadline[^:–—-]{0,30}"
    r"|(?:press|media|journalist|reporter|news ?desk)['’]?s? (?:enquir(?:y|ies)|inquir(?:y|ies)|quer(?:y|ies)"
    r"|requests?|questions?)|(?:request|asking|bid) for (?:a )?(?:comment|interview|statement|response"
    r"|information)(?: (?:on|about|regarding|re))?"
    r"|(?:comment|interview|filming|photo|statement|information) request(?: (?:on|about|for|regarding|re))?"
    r"|comment (?:on|about|re)|right of reply|fact[- ]?check(?:ing)?|for comment|enquiry|inquiry|query|question"
    r"|quick question"
    r"|(?:presse|medien|interview|dreh|bild|foto|recherche)-?anfrage|anfrage"
    r"|bitte um (?:eine )?(?:kurze )?(?:stellungnahme|rückmeldung|interview|statement)(?: zu[mr]?)?"
    r"|interviewwunsch|stellungnahme(?: zu[mr]?)?|rückfrage|frage(?:n)?(?: zu[mr]?)?"
    r"|demande (?:de )?presse|demande d(?:e |['’])(?:interview|entretien|réaction|commentaires?|précisions?"
    r"|tournage|informations?)|question(?:s)? presse|droit de réponse"
    r"|consulta(?:s)? de prensa|(?:solicitud|petición) de (?:entrevista|declaraciones|información|comentarios?"
    r"|valoración|imágenes|prensa)|consulta|petición de prensa|pregunta de prensa)"
    r"(?:\s(?:re|regarding|about|on|zu|zum|zur|sobre|sur))?\s{0,3}(?:[:：–—|]|-(?=\s)|$)|(?:comment on"
    r"|comment about|fragen? zu[mr]?|stellungnahme zu[mr]?|question about|questions about|query about"
    r"|bitte um stellungnahme zu[mr]?)\s)\s{0,5}",
    re.IGNORECASE,
)  # fmt: skip
_EMPTY = re.compile(
    r"(?:hi|hello|hallo|hola|bonjour|(?:a |one |two |three |some |quick |short )*questions?(?: for you)?"
    r"|kurze frage|frage|fragen|question rapide|una? pregunta|help|info|urgent|dringend|urgente|request|press"
    r"|media|no subject|kein betreff|sans objet|sin asunto|follow[- ]?up|\W*)"
)


def topic(subject: str, questions: tuple[str, ...]) -> str:
    """A short title: the subject without prefixes and stock words, else the first question; '' if there is neither."""
    left = bare(subject)
    for _ in range(4):
        cut = _STOCK.sub("", left, count=1) if _STOCK.match(left) else left
        if cut == left:
            break
        left = cut
    left = left.strip(" -–—:|.,")
    if not left or _EMPTY.fullmatch(fold(left)):
        left = questions[0] if questions else ""
    return left if len(left) <= LONGEST else left[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


_KINDS: tuple[tuple[str, str, str], ...] = (
    # request type, words that decide anywhere, words that decide in the subject or in what is asked
    (
        "correction",
        r"gegendarstellung\w*|richtigstellung|droit de rectification|rectificacion",
        (r"corrections?|correct the (?:record|report|article|figure)|erratum|berichtig\w+|rectificat\w+|correccion"
        r"|corregir"),
    ),
    (
        "right of reply",
        (r"right (?:of|to) reply|opportunity to (?:respond|reply)"
        r"|respond to (?:the )?(?:following )?(?:allegations?|claims?|points?)|alleging"
        r"|gelegenheit zur stellungnahme|konfrontier\w+|vorwurfen? stellung|droit de reponse|contradictoire"
        r"|derecho de replica|oportunidad de responder"),
        r"right (?:of|to) reply|allegations?|vorwurf\w*|accusations?|acusaciones",
    ),
    (
        "accreditation",
        (r"press (?:accreditation|pass(?:es)?)|presseakkreditierung|accreditation (?:de )?presse"
        r"|acreditacion de prensa"),
        r"accredit\w+|akkreditier\w+|presseausweis\w*|press pass(?:es)?|acredit\w+",
    ),
    (
        "filming",
        (r"camera crew|film crew|tv crew|drehgenehmigung|kamerateam|equipe de tournage|equipo de rodaje"
        r"|permiso de rodaje"),
        (r"film(?:ing|ed)?|camera|dreh\w*|kamera\w*|tournage|tourner (?:quelques|des|une?)|tourner|filmer|rodaje"
        r"|rodar|grabar|camaras?"),
    ),
    (
        "comment",
        r"requests? for comment|bitte um stellungnahme",
        (r"comments?|statement|reactions?|response to|stellungnahme|stellung|statement|commentaires?"
        r"|declaracion(?:es)?|valoracion|comentarios?|reaccion"),
    ),
    (
        "images",
        r"",
        (r"photos?|photographs?|pictures?|images?|headshots?|logos?|b-?roll|footage|fotos?|bild(?:er|material"
        r"|nachweis)?|pressefotos?|visuels?|photographies?|imagenes|fotografias?"),
    ),
    (
        "interview",
        r"(?:podcast|studio) guest|als gast|zu gast",
        (r"interview\w*|entretien|entrevista\w*|guests?|podcast|(?:breakfast )?show|studio|plato|portavoz"
        r"|come on (?:for|the|to|air|at|our)|down the line|on (?:the )?(?:show|programme|air)"
        r"|have [^.?!]{2,60} on|speak (?:to|with)|talk (?:to|with)|chat with|gesprach\w*|gast|o-?ton|invite[rsz]?"
        r"|recevoir|invitar|hablar con|invitado|invitation"),
    ),
    (
        "data",
        r"fact[- ]?check\w*|faktencheck|verification des faits",
        (r"figures?|data|statistics|stats|number of|numbers|breakdown|fact[- ]?check\w*|zahlen|statistik\w*|daten"
        r"|chiffres?|donnees|statistiques?|cifras?|datos|estadisticas?"),
    ),
    (
        "background",
        r"background (?:briefing|conversation|call)|hintergrundgesprach",
        r"(?:on )?background|hintergrund\w*|briefing|contexte|en off|contexto",
    ),
)  # fmt: skip
_COMPILED = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{anywhere})(?!\w)") if anywhere else None, re.compile(rf"(?<!\w)(?:{asked})(?!\w)"))
    for kind, anywhere, asked in _KINDS
)


def request_type(subject: str, questions: tuple[str, ...], own: str) -> str:
    """Which of `enquiries.REQUEST_TYPES` it is: by the subject, by words of weight, by what is asked; else comment."""
    title, asks, whole = fold(subject[:300]), fold(" ".join(questions)[:4_000]), fold(own[:4_000])
    for kind, anywhere, asked in _COMPILED:
        if kind in ("correction", "right of reply", "accreditation") and (
            asked.search(title) or (anywhere and anywhere.search(whole))
        ):
            return kind
    for text in (title, asks):
        for kind, anywhere, asked in _COMPILED:
            if asked.search(text) or (anywhere and anywhere.search(text)):
                return kind
    for kind, anywhere, _ in _COMPILED:
        if anywhere and anywhere.search(whole):
            return kind
    return (
        "interview" if re.search(r"(?<!\w)(?:interview|entretien|entrevista)", whole) and not questions else "comment"
    )


_URGENT = re.compile(
    r"(?<!\w)(?:urgent(?:ly)?|a\.?s\.?a\.?p|as soon as (?:possible|you can)|breaking(?: news)?|(?:today|tonight"
    r"|tomorrow)'s [\w ]{0,20}(?:paper|edition|pages?|bulletin|programme|show)|(?:publish|run|running|broadcast"
    r"|go live|print) (?:it |this )?(?:today|tonight|this (?:morning|afternoon|evening))|(?:will|to) (?:tonight"
    r"|today) (?:publish|run|broadcast|report)|(?:morgige|heutige)n? ausgabe|immediately|right away"
    r"|within the hour|dringend\w*|eilt|eilig\w*|eilanfrage|schnellstmoglich|so (?:schnell|bald) wie moglich"
    r"|umgehend"
    r"|urgente?s?|de toute urgence|des que possible|au plus vite|le plus (?:vite|rapidement) possible"
    r"|cuanto antes|lo antes posible|a la mayor brevedad|con urgencia)(?!\w)"
)
_UNHURRIED = re.compile(
    r"(?<!\w)(?:no (?:great |particular |real )?(?:rush|hurry)|not (?:at all )?urgent|nicht (?:so )?(?:dringend"
    r"|eilig)|eilt nicht|keine eile|rien d'urgent|pas (?:du tout )?urgent|sans urgence|no es urgente|sin prisa"
    r"|no corre prisa)(?!\w)"
)


def urgent(subject: str, own: str, deadline: Deadline | None, *, written: datetime, zone: ZoneInfo, week: Week) -> bool:
    """Whether it must be taken up at once: its words say so, or its deadline is on this or the next working day."""
    said = fold(f"{subject[:300]} {own[:4_000]}")
    if _URGENT.search(said) and not _UNHURRIED.search(said):
        return True
    return deadline is not None and deadline.at.astimezone(zone).date() <= week.following(
        written.astimezone(zone).date()
    )
