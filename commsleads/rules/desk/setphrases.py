"""The set phrases for "could not be reached" and "declined to comment", by language."""

from __future__ import annotations

import re
from typing import NamedTuple

UNREACHED, DECLINED = "unreached", "declined"


class Phrase(NamedTuple):
    """A phrase: what it says (unreached or declined), and what must stand in its sentence besides."""

    kind: str
    words: re.Pattern[str]
    besides: re.Pattern[str]


_SHARED = {
    "<COMMENT>": r"(?:(?:a |any |further |immediate )?(?:comments?|response|reply|statement|interview|reaction))",
    "<ASKED>": r"""
        (?:(?:(?:[\w&.-]+ ){0,4}[\w&.-]+'s )?(?:(?:an?|any|our|the|its|his|her|their|several|repeated|multiple|numerous
        |written|e-?mailed|media|press|further|detailed|specific|follow-up) ){0,4}(?:requests?|inquir(?:y|ies)
        |enquir(?:y|ies)|questions?|queries|query|e-?mails?|calls?|messages?|phone calls?|approach(?:es)?)\b)
        """,
    "<WHEN>": r"""
        (?:by (?:phone|telephone|e-?mail|press time|deadline|publication|(?:the )?time of)
        |at (?:press time|the time of)|before (?:publication|deadline|press time|this))
        """,
}
"""What many phrases have in common."""


def _phrase(kind: str, words: str, besides: str = "") -> Phrase:
    """A phrase of patterns that are broken over lines, which count for nothing."""
    patterns = []
    for pattern in (words, besides):
        whole = _joined(pattern)
        for name, part in _SHARED.items():
            whole = whole.replace(name, _joined(part))
        patterns.append(re.compile(whole, re.IGNORECASE))
    return Phrase(kind, *patterns)


def _joined(pattern: str) -> str:
    return "".join(line.strip() for line in pattern.splitlines())


PHRASES = (
    # English
    _phrase(
        UNREACHED,
        r"""
        \b(?:could not|couldn't|cannot|could n't) (?:immediately |yet )?be (?:immediately )?(?:reached
        |contacted) (?:for <COMMENT>|<WHEN>|to comment)
        """,
    ),
    _phrase(UNREACHED, r"\b(?:could not|couldn't) (?:immediately be|be immediately) (?:reached|contacted)\b"),
    _phrase(
        UNREACHED,
        r"\b(?:could not|couldn't) be (?:reached|contacted)(?: on \w+day| late \w+day)?(?=[.,;]|$)",
        r"""
        \b(?:spokes\w+|press (?:office|officer|team)|representatives?|officials?|executives?|chief executive
        |comment)\b
        """,
    ),
    _phrase(
        UNREACHED,
        r"""
        \b(?:was|were|is|are) (?:not|n't) (?:immediately |yet )?(?:available|reachable) (?:for <COMMENT>
        |to comment)
        """,
    ),
    _phrase(UNREACHED, r"\b(?:wasn't|weren't|isn't) (?:immediately )?available (?:for <COMMENT>|to comment)"),
    _phrase(
        UNREACHED, r"\b(?:was|were|is|are) (?:immediately )?(?:unavailable|unreachable) (?:for <COMMENT>|to comment)"
    ),
    _phrase(
        UNREACHED,
        r"""
        \b(?:(?:did not|didn't|has not|hasn't|have not|haven't|had not|hadn't|does not
        |would not) (?:yet )?(?:immediately )?(?:respond|responded|reply|replied)|failed to (?:respond|reply)
        |(?:has|have|had) yet to (?:respond|reply))(?: immediately)?(?: to <ASKED>| for <COMMENT>| when (?:asked
        |approached|contacted)| <WHEN>| with (?:a )?comment)
        """,
    ),
    _phrase(
        UNREACHED,
        r"""
        \b(?:did not|didn't|has not|hasn't|have not|had not|failed to|never) (?:immediately )?(?:return|returned
        |answer|answered) <ASKED>
        """,
        r"\b(?:comment|reporter|request\w*|calls?|messages?|e-?mails?|questions|enquir\w+|inquir\w+)\b",
    ),
    _phrase(
        UNREACHED,
        r"""
        \b(?:no (?:response|reply|answer|comment) (?:was|had been|has been|were) received|(?:received|got|had
        |there was) no (?:response|reply|answer)|received no (?:response|reply))\b
        """,
        r"""
        \b(?:comment|request\w*|questions?|enquir\w+|inquir\w+|e-?mails?|calls?|publication|press time|deadline
        |from)\b
        """,
    ),
    _phrase(
        UNREACHED,
        r"""
        \b<ASKED> (?:for \w+ )?(?:sent )?(?:to [\w .&'-]{2,60} )?(?:went|were|was|remained
        |remain) (?:left )?(?:unanswered|not answered|not returned|unreturned)
        """,
    ),
    _phrase(
        DECLINED,
        r"""
        \b(?:declined|refused|declines|refuses|would decline) (?:an? |our |the |any |all |repeated |further )?
        (?:to (?:comment|respond|be interviewed|answer|discuss|say|elaborate|confirm|make)
        |(?:\w+ ){0,2}(?:comment|interviews?\b|requests?))
        """,
    ),
    _phrase(
        DECLINED,
        r"""
        \b(?:would not|wouldn't|did not wish to|did not want to|chose not to|opted not to
        |was unwilling to) (?:be drawn|comment)\b
        """,
    ),
    _phrase(DECLINED, r"\b(?:had|has|offered|made|gave) no (?:further |immediate )?comment\b"),
    _phrase(
        UNREACHED,
        r"\b(?:did not|didn't|has not|had not) (?:provide|offer|issue|give|supply|send) (?:us with )?<COMMENT>",
    ),
    # German
    _phrase(
        UNREACHED, r"\bniemand\b[^.!?]{0,60}(?:Stellungnahme|telefonisch|Kommentar)[^.!?]{0,40}\berreich(?:en|bar)\b"
    ),
    _phrase(
        UNREACHED,
        r"\b(?:war|waren|ist|sind)\b[^.!?]{0,100}\bnicht (?:zu erreichen|erreichbar)\b",
        r"""
        \b(?:Stellungnahme|Kommentar|Anfrage|Nachfrage|telefonisch|Sprecher\w*|Pressestelle|Presse\w*
        |Redaktionsschluss)\b
        """,
    ),
    _phrase(
        UNREACHED,
        r"""
        \blie(?:ß|ss)(?:en)?\b[^.!?]{0,80}\b(?:Anfragen?|Nachfragen?|Fragen?
        |Bitten?)\b[^.!?]{0,80}\bunbeantwortet\b
        """,
    ),
    _phrase(
        UNREACHED,
        r"""
        \b(?:reagier(?:te|ten|t|en)|antwort(?:ete|eten|et|en)|beantwort(?:ete|eten
        |et))\b(?=[^.!?]{0,160}\b(?:Anfragen?|Nachfragen?|Fragen|Bitten?)\b)[^.!?]{0,120}\bnicht\b
        """,
    ),
    _phrase(
        UNREACHED,
        r"""
        \bha(?:t|tte|ben|tten)\b(?=[^.!?]{0,160}\b(?:Anfragen?|Nachfragen?
        |Fragen)\b)[^.!?]{0,120}\bnicht\b[^.!?]{0,60}\b(?:reagiert|geantwortet|beantwortet|geäußert|geäussert)\b
        """,
    ),
    _phrase(
        UNREACHED,
        r"""
        \b(?:Anfragen?|Nachfragen?|Fragen?)\b[^.!?]{0,100}\bblieb(?:en)?\b[^.!?]{0,60}\b(?:unbeantwortet
        |ohne (?:Antwort|Reaktion|Erfolg))
        """,
    ),
    _phrase(
        UNREACHED,
        r"\bäu(?:ß|ss)er(?:te|ten|t|n) sich\b[^.!?]{0,80}\b(?:nicht|noch nicht)\b",
        r"\b(?:Anfrage|Nachfrage|zunächst|Redaktionsschluss|dazu|Vorw\w+)\b",
    ),
    _phrase(
        DECLINED,
        r"""
        \b(?:woll(?:te|ten|e|en)|mochte|mochten|möchte)\b[^.!?]{0,100}\b(?:nicht
        |keinen?)\b[^.!?]{0,60}\b(?:äu(?:ß|ss)ern|kommentieren|Stellung nehmen|Kommentar\w*)
        """,
    ),
    _phrase(
        DECLINED,
        r"""
        \b(?:lehn(?:te|ten|t)|verweiger(?:te|ten|t))\b[^.!?]{0,100}\b(?:Stellungnahme|Kommentar|Interview
        |Auskunft|Auskünfte|äu(?:ß|ss)ern)
        """,
    ),
    _phrase(DECLINED, r"\b(?:gab|gaben|gibt) (?:dazu |hierzu |auf Anfrage )?keinen Kommentar\b"),
    # French
    _phrase(
        UNREACHED,
        r"""
        \bn'(?:a|ont|avait|avaient)(?: (?:toujours|encore))? pas(?: (?:encore|immédiatement|immediatement
        |souhaité donner suite))? (?:répondu|donné suite|réagi|retourné|rappelé|repondu|donne suite)\b
        """,
        r"""
        \b(?:sollicitations?|demandes?|questions?|appels?|courriels?|messages?|mails?|relances?|contacté\w*
        |sollicité\w*|interrogé\w*|joint\w*)\b
        """,
    ),
    _phrase(UNREACHED, r"\bn'(?:a|ont|avait) (?:pas |pu être |)(?:pas )?pu être (?:joint|contacté)\w*"),
    _phrase(
        UNREACHED, r"\b(?:n'(?:était|étaient|est) pas joignables?|(?:était|étaient|est|restait|reste) injoignables?)\b"
    ),
    _phrase(
        DECLINED,
        r"""
        \bn'(?:a|ont) pas (?:souhaité|voulu|désiré) (?:\w+ ){0,2}?(?:répondre|commenter|s'exprimer|réagir|faire
        |communiquer|donner)
        """,
    ),
    _phrase(
        DECLINED,
        r"""
        \b(?:a|ont) (?:refusé|décliné)\b[^.!?]{0,40}(?:commenter|répondre|s'exprimer|réagir|commentaire
        |interview|demande|sollicitation)
        """,
    ),
    _phrase(DECLINED, r"\bs'(?:est|était) refusée?s? à (?:tout commentaire|commenter)"),
    # Spanish
    _phrase(
        UNREACHED, r"\b(?:intentó|intentaron|trató de|trataron de|ha intentado)(?: contactar)? sin éxito(?: \w+r\b)?"
    ),
    _phrase(
        UNREACHED,
        r"""
        \bno (?:ha |han |había |habían )?(?:respondi(?:ó|eron|do)|contest(?:ó|aron|ado)|atendi(?:ó|eron|do)
        |devolvi(?:ó|eron)|devuelto)\b
        """,
        r"""
        \b(?:preguntas?|solicitud(?:es)?|peticion(?:es)?|petición|llamadas?|mensajes?|correos?|consultas?
        |comentarios?|requerimientos?)\b
        """,
    ),
    _phrase(UNREACHED, r"\bno (?:pudo|pudieron) ser (?:localizad|contactad|ubicad)\w*"),
    _phrase(
        UNREACHED,
        r"""
        \bno (?:estuvo|estuvieron|estaba|estaban) disponibles? para (?:hacer )?(?:comentar|comentarios|declarar
        |responder)
        """,
    ),
    _phrase(
        UNREACHED,
        r"""
        \b(?:no (?:se pudo|fue posible|se ha podido|ha sido posible) (?:contactar|localizar
        |obtener (?:una )?(?:respuesta|comentarios?)))
        """,
    ),
    _phrase(
        DECLINED,
        r"""
        \b(?:declin(?:ó|aron)|rehus(?:ó|aron)|rechaz(?:ó|aron)|se neg(?:ó|aron) a|no (?:quiso|quisieron)
        |evit(?:ó|aron)|prefiri(?:ó|eron) no) (?:\w+ ){0,2}?(?:comentar\w*|comentarios|responder|declaraciones
        |pronunciarse|declarar|entrevistas?|valoraciones)
        """,
    ),
)
