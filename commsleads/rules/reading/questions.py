"""What a mail asks: questions, requests in other forms, and points that are listed for an answer."""

from __future__ import annotations

import re

MOST = 30
"""Questions kept of one mail."""

LONGEST = 600
"""Characters kept of one."""

_LOOKED_AT = 20_000
_ITEM = re.compile(r"\s{0,8}(?:\(?\d{1,2}[.):]|\(?[a-h][.)]|[-–•*·])\s{1,4}(?=\S)", re.IGNORECASE)
_END = re.compile(r"[.!?…？。！]{1,5}[\"'”’»)\]]{0,3}(?=\s|$)|(?<=[？。！])")
_SHORT = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|no|nr|vs|etc|approx|ca|bzw|usw|inkl|evtl|ggf|sr|sra|mme|mm|art|abs|jan|feb|mar|apr|jun|jul|aug|sept?|oct|okt|nov|dec|dez|z|b|d|h"
    r"|u|a|e|g|i|p|m|str|tel)|\d)\.$",
    re.IGNORECASE,
)
_LIST_HEAD = re.compile(
    r"(?:questions?|points?|things?|following|claims?|allegations?|queries|fragen|punkte|folgende\w*"
    r"|vorwürfe\w*|suivant\w*|points|preguntas?|siguientes?|puntos)\b[^:]{0,80}:\s{0,3}$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:could|can|would|will|might) (?:you|someone|somebody|anyone|your|i|we) |\bplease (?:could you "
    r"|can you )?(?:also )?(?:send|confirm|provide|explain|share|supply|tell|clarify|let|give|forward|comment"
    r"|respond|describe|state)\b"
    r"|\bi(?:'d| would)(?: also)? (?:like to (?:know|ask|interview|speak|talk|film|visit|understand|request|hear"
    r"|check)|be (?:grateful|interested)|love (?:to|a)|appreciate)"
    r"|\bwe(?:'d| would)(?: also)? (?:like|love|be grateful)|\bi['’]?(?:m| am) (?:after|seeking|hoping"
    r"|trying to (?:find|get|establish|understand))\b|\b(?:do|have) you (?:have|got)\b"
    r"|\bif you could\b(?! come back| get back| let me know)|\blooking (?:for|to) (?:a |an |speak|interview"
    r"|comment)|\bwould (?:also )?love (?:to|a)\b"
    r"|\bbitte (?:senden|schicken|nennen|teilen|bestätigen|erläutern|geben|übermitteln|nehmen|lassen|beantworten"
    r"|erklären)|\b(?:können|könnten|würden|dürften|dürfen|möchten) (?:sie|wir|ich)\b|\b(?:ich|wir) (?:bitten?"
    r"|möchten?|würden?)\b[^.?!]{0,60}\b(?:wissen|erfahren|um|interviewen|sprechen|führen|drehen|bitten)\b"
    r"|\bgern(?:e)? (?:würde|möchte)n? (?:ich|wir)\b|\bpourr(?:iez|ais|ait|ions)[- ](?:vous|je|on|nous|il)\b"
    r"|\bpouvez[- ]vous\b|\bmerci de (?:bien vouloir |nous |me )?\w+(?:er|ir|re)\b|\bveuillez\b"
    r"|\b(?:nous aimerions|j['’]aimerais|nous souhait(?:ons|erions)|je souhait(?:e|erais)|nous voudrions"
    r"|je voudrais)\b"
    r"|\b(?:podrían?|pueden?|podríais)\b(?= )|\b(?:me|nos) gustaría\b|\b(?:quisiera|quisiéramos|querría"
    r"|querríamos)\b|\b(?:le|les) (?:agradecería|ruego|pido)\b|\bpor favor\b[^.?!]{0,30}\b(?:env[ií]e|confirme"
    r"|indique|faciliten?)",
    re.IGNORECASE,
)  # fmt: skip
# Sentences that only ask when, or for an answer at all, or are polite.
_LOGISTIC = re.compile(
    r"\blet me (?:know|have)\b|\bget back to\b|\bhear (?:back )?from you\b|\b(?:response|reply"
    r"|answer)\b[^.?!]{0,40}\b(?:by|before|no later|today|asap|soon|as soon|until|this)\b|\b(?:call|ring|phone"
    r"|e-?mail|text) (?:me|back)\b|\bgrateful for (?:anything|a reply|any)\b"
    r"|\bantwort\w*\b[^.?!]{0,60}\b(?:bis|heute|morgen|vor|freuen|dankbar)\b|\brückmeld\w*|\bmelden sie sich\b"
    r"|\bme répondre\b|\b(?:une |votre )?réponse\b[^.?!]{0,40}\b(?:avant|d['’]ici|rapide)"
    r"|\brespuesta\b[^.?!]{0,40}\b(?:antes|hoy|mañana|rápida)|\bresponder(?:me|nos)\b[^.?!]{0,30}\bantes",
    re.IGNORECASE,
)  # fmt: skip
_SUBSTANCE = re.compile(
    r"\b(?:whether|if|how|what|why|who|which|where|confirm|comment|statement|ob|wie|was|warum|wer|welche\w*|si"
    r"|combien|pourquoi|quel\w*|qué|cuánt\w+|cómo|quién|por qué)\b",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"\b(?:how are you|hope you(?:'re| are)|are you well|wie geht es|comment allez|cómo está|does that (?:work"
    r"|suit)|is that (?:ok|okay|possible|alright)|any (?:thoughts|chance)|make sense)\b|^(?:hi|hello|hallo|hola"
    r"|bonjour|press team|really|right|ok|okay)\W*$",
    re.IGNORECASE,
)  # fmt: skip
_OPENS = (
    r"how|why|when|what|who|whom|whose|where|which|is|are|was|were|will|did|does|do|has|have|had"
    r"|wie|warum|wann|was|wer|wo|welche\w*|weshalb|seit wann|combien|pourquoi|quand|quel\w*|qui|où|cuánt\w+|cómo"
    r"|cuándo|quién\w*|qué|por qué|dónde"
)
_FIRST = re.compile(rf"[¿\s\"'“«]{{0,4}}(?:{_OPENS})\b", re.IGNORECASE)
_JOINED = re.compile(rf",? (?:and|und|et|y|o|oder|or|ou)(?: si)?,? (?=¿?(?:{_OPENS})\b)", re.IGNORECASE)
_WH_ONLY = re.compile(r"(?:is|are|was|were|will|did|does|do|has|have|had)\b", re.IGNORECASE)


def asked(own: str) -> tuple[str, ...]:
    """The questions in a mail's own words, in their order and as they were written."""
    found: dict[str, None] = {}
    listed, head = False, ""  # the sentence that announces a list is no question of its own
    for block in _blocks(own[:_LOOKED_AT]):
        item = _ITEM.match(block)
        if not item:
            listed = False
        elif listed:
            text = block[item.end() :].strip()
            if len(text) > 3:
                found.pop(head, None)
                _add(found, text)
            continue
        head = ""
        for sentence in sentences(block[item.end() :] if item else block):
            if _is_question(sentence):
                for part in _parted(sentence):
                    _add(found, part)
                    head = part
        if not item:
            listed = bool(_LIST_HEAD.search(block[-160:]))
        if len(found) >= MOST:
            break
    return tuple(found)[:MOST]


def _add(found: dict[str, None], text: str) -> None:
    found.setdefault(" ".join(text.split())[:LONGEST])


def _blocks(text: str) -> list[str]:
    """Paragraphs and items of lists, each on one line."""
    blocks: list[str] = []
    open_block = False
    for line in text.split("\n")[:2_000]:
        if not line.strip():
            # A blank line after the head of a list does not end the list.
            open_block = False
        elif open_block and not _ITEM.match(line):
            blocks[-1] += " " + line.strip()
        else:
            blocks.append(line.strip())
            open_block = True
    return blocks


def sentences(block: str) -> list[str]:
    """A paragraph on one line, parted at its sentences' ends. An abbreviation's point is none."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(block):
        piece = block[start : end.end()]
        after = block[end.end() : end.end() + 3].lstrip()
        if end[0].startswith(".") and (_SHORT.search(piece[-12:]) or after[:1].islower()):
            continue
        if piece.strip():
            found.append(piece.strip())
        start = end.end()
    if block[start:].strip():
        found.append(block[start:].strip())
    return found[:500]


def _is_question(sentence: str) -> bool:
    said = sentence[:2_000]
    if len(said) < 4 or _POLITE.search(said):
        return False
    marked = said.rstrip("\"'”’»)] ").endswith(("?", "？")) or "¿" in said
    if not marked and not _ASKS.search(said):
        return False
    return not _LOGISTIC.search(said) or bool(_SUBSTANCE.search(said))


def _parted(sentence: str) -> list[str]:
    """Two questions that stand in one sentence, as two: each is to have its own answer."""
    if not sentence.endswith("?") or not _FIRST.match(sentence):
        return [sentence]
    parts: list[str] = []
    rest = sentence
    for _ in range(4):
        cut = next((one for one in _JOINED.finditer(rest) if _may_part(rest, one)), None)
        if cut is None:
            break
        parts.append(rest[: cut.start()].rstrip(", ") + "?")
        rest = rest[cut.end() :]
    return [*parts, rest]


def _may_part(sentence: str, cut: re.Match[str]) -> bool:
    before, after = sentence[: cut.start()], sentence[cut.end() :]
    comma = cut[0].startswith(",")
    return len(before.split()) >= 3 and len(after.split()) >= 2 and (comma or not _WH_ONLY.match(after))
