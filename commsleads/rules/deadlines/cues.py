"""Words that announce a deadline in a mail, and words of somebody who asks for an answer. Folded, by language."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple


class Cues(NamedTuple):
    """The cues of one language. `announce` has the groups ``noun``, ``by``, ``issue`` and ``need``; see `passages`.

    `tells` are the words with which a sentence stops asking and says what somebody did or will do.
    """

    announce: re.Pattern[str]
    ask: re.Pattern[str]
    tells: re.Pattern[str]
    never: re.Pattern[str]


_NOUN = {
    "en": r"deadlines?|due\s(?:date|by)|cut-?off(?:\stime)?|turnaround",
    "de": r"(?:abgabe|antwort|ruckmelde)?frist|deadline|redaktionsschlu(?:ss|s)|abgabe(?:termin|schluss)?|drucklegung"
    r"|andruck|sendetermin",
    "fr": r"deadline|date\slimite|heure\slimite|bouclage|echeance|delai|dernier\sdelai",
    "es": r"deadline|fecha\slimite|hora\slimite|fecha\stope|plazo|cierre(?:\sde\sedicion)?|hora\sde\scierre",
}
_BY = {
    "en": r"by|before|no\slater\sthan|not\slater\sthan|(?:(?<=have\s)|(?<=got\s)|(?<=wait\s)"
    r"|(?<=hold\s))(?:until|till)|within|in\sthe\snext|inside\sthe\snext|at\sthe\slatest"
    r"|on\sor\sbefore|ahead\sof|prior\sto|for(?=\s(?:tomorrow|today|tonight))",
    "de": r"bis|spatestens|binnen|innerhalb|in\sden\snachsten|vor(?=\s\d)|noch(?=\sheute)|(?<=noch\s)heute",
    "fr": r"d'ici|avant|au\splus\star[td]|jusqu'(?:a|au)|sous|dans\sles|pour(?=\s(?:demain|ce\ssoir"
    r"|aujourd|lundi|mardi"
    r"|mercredi|jeudi|vendredi))",
    "es": r"antes\sdel?|hasta|a\smas\stardar|como\smuy\starde|como\starde|para(?=\s(?:hoy|manana|el|las|esta))"
    r"|dentro\sde|en\s(?:las|los)\sproxim[ao]s",
}
_ISSUE = {
    "en": r"(?:i|we|i'm|we're|i'll|we'll|i\sam|we\sare|piece|story|article|programme|program|episode|item|copy)"
    r"(?:\s[a-z']{1,10}){0,3}?\s(?:fil(?:e|es|ing|ed)|publish(?:es|ing|ed)?|go(?:es|ing)?\s(?:live"
    r"|to\s(?:air|press|print)"
    r"|on\sair|off\sstone|out)|air(?:s|ing)?|broadcast(?:s|ing)?|run(?:s|ning)?|post(?:ing|s)?|print(?:s|ing)?"
    r"|record(?:s|ing)?)|(?:copy|pages?|issue)\sclos(?:e|es|ing)|on\sair|(?:filing|publishing"
    r"|publication|broadcast|airing)(?=\s(?:at|by|on|time))",
    "de": r"(?:veroffentlich|erschein|publizier)\w{0,6}|(?:gehen|geht)(?:\s\w{1,9}){0,3}?\s(?:online"
    r"|auf\ssendung|in\sdruck)"
    r"|(?:wir|ich)\ssenden?|sendung\s(?:ist|lauft|beginnt)|auf\ssendung|in\sdruck",
    "fr": r"(?:nous|on|je)\s(?:boucl|publi|diffus|rend)\w{1,4}|(?:sera|est)\s(?:publie|diffuse)e?|parution"
    r"|mise\sen\sligne"
    r"|passage\sa\sl'antenne|diffusion",
    "es": r"(?:cerramos|publicamos|publicaremos|emitimos|entrego|entregamos|mando)|se\s(?:publica|emite)"
    r"|sale\sa\santena"
    r"|salimos\sen\santena|publicacion",
}
_NEED = {
    "en": r"(?:need|repl(?:y|ies)|respon(?:d|se)|answers?|(?:get|come)\sback\sto\s(?:me|us)|hear\s(?:back\s)?from\syou"
    r"|let\s(?:me|us)\sknow|call\s(?:me|us)(?:\sback)?)(?:\s(?:it|this|that|something|anything|a|an|back|answer|reply"
    r"|response|comment|statement|line|quote|from|you|or|if|possible|ideally|please|me|us|for)){0,5}?"
    r"(?=\s(?:today|tonight|this\s(?:morning|afternoon|evening)|tomorrow|first\sthing|later\stoday))",
    "de": r"(?:ruckmeldung|antwort(?:en)?|brauche|benotige|melden\ssie\ssich)(?:\s(?:bitte|noch|es|das"
    r"|eine|die|ihre|uns"
    r"|mich|bei|mir)){0,4}?(?=\s(?:heute|morgen))",
    "fr": r"(?:besoin|repon(?:dre|se|ses)|retour|revenir\svers\s(?:moi|nous))(?:\s(?:d'une|de|votre|une"
    r"|vos|s'il|vous|plait"
    r"|si|possible|des|reponse|retour|encore)){0,4}?(?=\s(?:aujourd'hui|demain|ce\s(?:soir|matin)|cet\sapres))",
    "es": r"(?:necesit(?:o|amos|aria|ariamos)|respuesta|responder(?:me|nos)?|contestar(?:me"
    r"|nos)?)(?:\s(?:una|la|su|esto|lo"
    r"|por|favor|respuesta|si|es|posible)){0,4}?(?=\s(?:hoy|manana|esta\s(?:tarde|noche|manana)))",
}
_ASK = {
    "en": r"repl(?:y|ies)|respon[ds]|answer|get\sback|let\s(?:me|us)\sknow|need|hear|comment|statement|send|confirm"
    r"|(?:could|can|would|will)\syou|please|help|grateful|appreciate|anything|great|availab|interview|speak|talk|quote"
    r"|possible|ideal|have\suntil|deadline|fil(?:e|ing)|publish|interested|like\sto|turn\sthis|come\sback|reach\sme"
    r"|call\sme|input|thoughts|pitch|submi|asap|urgent|rsvp|line\sfrom|if\syou|looking\sfor|required|due|want",
    "de": r"antwort|ruckmeld|stellungnahme|bitte|konn(?:t)?en\ssie|freue|benotig|brauch|melde|auskunft"
    r"|wurde\sich|dankbar"
    r"|zusend|schicken|mitteil|statement|kommentar|moglich|interview|gesprach|ausern|ausserung|deadline|ruckruf"
    r"|beantwort|helfen|einschatzung|information|zukommen|zeit\shaben",
    "fr": r"repon|retour|reaction|pouvez|pourriez|merci|besoin|comment|declaration|savoir|disponib|interview|entretien"
    r"|confirm|souhait|possible|communiqu|deadline|revenir|rappel|envoyer|transmett|aider|contacter|eclair",
    "es": r"respuesta|respond|contest|podria|puede|podeis|necesit|comentario|declaracion|gracias|agrade"
    r"|confirm|disponib"
    r"|entrevista|saber|envi|remit|deadline|favor|ayuda|valoracion|llam|posible|volver|reaccion",
}
_TELLS = {
    "en": r"that|whether|if|will|would|going\sto|plan(?:s|ned)?|expect\w{0,3}|said|says|was|were|has|had"
    r"|did|does|why|how"
    r"|when|who|due\sto|set\sto",
    "de": r"dass|ob|wird|werden|wurden|soll\w{0,3}|hat|hatte|sei|plant|planen|wann|wie|warum|sagte|war|waren",
    "fr": r"que|qu'|si|va|vont|sera|seront|ont|quand|combien|pourquoi|doit|doivent|etait|prevoi\w{0,3}",
    "es": r"que|si|va|van|sera|seran|ha|han|cuando|cuant\w{2}|porque|debe|deben|fue|preve",
}
_NEVER = (
    r"embargo|sperrfrist|sous\sembargo|embargad|not\sbefore|opening\shours|office\shours|offnungszeiten|valid\suntil"
    r"|expires|unsubscribe|away\suntil|out\sof\s(?:the\s)?office|abwesend|im\surlaub|de\svacaciones|en\sconges|absent"
    r"|founded|since"
)


@cache
def cues(code: str) -> Cues:
    """The cues of a language, built once."""
    kinds = {"noun": _NOUN, "by": _BY, "need": _NEED, "issue": _ISSUE}
    announce = "|".join(f"(?P<{kind}>{table[code]})" for kind, table in kinds.items())
    return Cues(
        re.compile(rf"(?<![a-z0-9'])(?:{announce})(?![a-z])"),
        re.compile(rf"(?<![a-z])(?:{_ASK[code]})"),
        re.compile(rf"(?<![a-z])(?:{_TELLS[code]})(?![a-z])"),
        re.compile(rf"(?<![a-z])(?:{_NEVER})"),
    )
