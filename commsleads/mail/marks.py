"""What shows in a mail's lines where somebody else's words begin: attributions, heads that were quoted, rules."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST_LINE = 400
"""Characters of a line in which a mark is looked for: marks are short, hostile lines are not."""

_MOST_FIELDS = 12
_MOST_ROWS = 40

# The labels of a quoted head, in the languages of the mail programs that write them.
_LABELS = {
    "from": (
        "from|von|de|da|van|från|fra|od|от|від|lähettäjä|kimden|feladó|expéditeur|absender|remitente|mittente"
        "|message de|发件人|寄件者|寄件人|差出人|보낸 사람|보낸사람"
    ),
    "date": (
        "date|sent|sent on|datum|gesendet|gesendet am|envoyé|envoyé le|enviado|enviado el|enviado em|enviada em|enviada"
        "|fecha|data|inviato|verzonden|verzonden op|skickat|sendt|dato|wysłano|wysłane|отправлено|дата|надіслано"
        "|päiväys|lähetetty|tarih|message du|odesláno|发送时间|发件时间|日期|傳送時間|寄件日期|送信日時|日時"
        "|보낸 날짜|날짜"
    ),
    "to": (
        "to|an|à|a|para|aan|till|til|do|кому|vastaanottaja|kime|pour|empfänger|destinataire|destinatario|komu|címzett"
        "|收件人|收件者|宛先|받는 사람|받는사람"
    ),
    "cc": "cc|bcc|kopie|copie|copie à|copia|kopia|kopi|копия|cci|抄送|副本|참조",
    "subject": (
        "subject|betreff|objet|asunto|oggetto|onderwerp|ämne|emne|temat|тема|assunto|aihe|konu|sujet|předmět|tárgy"
        "|主题|主旨|件名|题目|제목"
    ),
    "other": (
        "reply-to|reply to|antwort an|répondre à|responder a|importance|priority|priorität|wichtigkeit|attachments"
        "|anlagen|organization|sender|mailed-by|signed-by|message-id|resent-from"
    ),
}
_KINDS = {label: kind for kind, labels in _LABELS.items() for label in labels.split("|")}
_LABEL = re.compile(r"[\s>*_|-]{0,40}([^\W\d_][^:：*<>@\"]{0,24}?)\s{0,3}[*_]{0,2}\s{0,3}[:：][*_]{0,2}[ \t\xa0]{0,10}")
_SUBJECT_WITHIN = re.compile(r"\b(?:Subject|Betreff|Objet|Asunto)\s?:")

_ORIGINAL = (
    "original message|original appointment|ursprüngliche nachricht|originalnachricht|message d'origine|reply message"
    "|message original|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|original melding"
    "|originele bericht|ursprungligt meddelande|original meddelande|oprindelig meddelelse|opprinnelig melding"
    "|wiadomość oryginalna|oryginalna wiadomość|исходное сообщение|оригинальное сообщение|alkuperäinen viesti"
    "|původní zpráva|orijinal ileti|原始邮件|原始郵件|元のメッセージ|원본 메시지|antwort|reply"
)
_FORWARD = (
    "forwarded message|forwarded by [^-]{0,80}|forwarded|weitergeleitete nachricht|message transféré|message transmis"
    "|message réexpédié|mensaje reenviado|mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht"
    "|vidarebefordrat meddelande|videresendt meddelelse|videresendt melding|wiadomość przekazana|转发邮件|轉寄郵件"
    "|przekazana wiadomość|пересылаемое сообщение|пересланное сообщение|välitetty viesti|přeposlaná zpráva"
    "|转发的邮件|転送メッセージ|전달된 메시지"
)
_BEGIN = (
    "begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-?mail)|début du message (?:réexpédié|transféré)"
    "|inicio del mensaje reenviado|início da mensagem reenviada|inizio messaggio inoltrato|vidarebefordrat brev"
    "|begin doorgestuurd bericht|start på videresendt (?:besked|melding)|начало переадресованного сообщения"
)
_ORIGINAL_LINE = re.compile(
    rf"[\s>*_]{{0,40}}[-_]{{2,60}}\s?(?:{_ORIGINAL})\s?[-_]{{2,60}}[\s*_:]{{0,10}}", re.IGNORECASE
)
_FORWARD_LINE = re.compile(rf"[\s>*_]{{0,40}}-{{2,60}}\s?(?:{_FORWARD})\s?:?\s?-{{2,60}}[\s*_]{{0,10}}", re.IGNORECASE)
_BEGIN_LINE = re.compile(rf"[\s>*_]{{0,40}}(?:{_BEGIN})\s{{0,3}}:?\s{{0,3}}", re.IGNORECASE)

_VERB = re.compile(
    r"\bwrote\b|\bwrites\b|\bschrieb\b|\bgeschrieben\b|\ba\s+écrit\b|\bescribi[óo]\b|\bha\s+scritto\b|\bschreef\b"
    r"|\bgeschreven\b|\bskrev\b|\bescreveu\b|\bnapisał(?:\(?a\)?)?\b|\bnapsal(?:\(?a\)?)?\b|\bпише[тш]?\b|\bписал"
    r"|\bнаписа[влн]|\bkirjoitti\b|\byazdı\b|\bírta\b|写道|寫道|のメール|のメッセージ|は書きました|님이 작성",
    re.IGNORECASE,
)
# How an attribution begins: a word for `on`, a weekday, a number, or the year of the East.
_STARTER = re.compile(
    r"[\s>*_\u2010-\u2015-]{0,20}(?:(?:on|am|le|el|il|op|em|den|dnia|w dniu|dne|quoting|zitat von|citando(?: a)?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|lun|mar|mer|jeu|ven|sam|dim|[mtwfls]\w{1,8}\.)"
    r"[\s,.]|\d|在)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}")
_CLOCK = re.compile(r"\d{1,2}\s?[:.h]\s?\d{2}")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d{4}年")
_EVIDENCE = re.compile(r"[@\d]")
_GMAIL = re.compile(r"\s{0,5}\d{4}-\d\d-\d\d \d\d?:\d\d(?::\d\d)? (?:GMT|UTC)?\s?[+-]\d\d:?\d\d\s[^\n]{1,200}")
_RULES = frozenset("-_=*~#+\u2500\u2014")
_RULE = re.compile(r"\s{0,8}(?:[-_=*~#+\u2500\u2014] ?){3,200}\s{0,8}")
_MARGIN = re.compile(r" {0,3}>|[A-Z][A-Za-z]{0,3}>(?:\s|$)")


class Field(NamedTuple):
    """One line of a quoted head: what it is (from, date, to, cc, subject, other) and what it says."""

    kind: str
    value: str
    label: str


def margin(line: str) -> bool:
    """Whether a line is marked as quoted in its margin: ``>``, or a writer's initials before it."""
    return ">" in line[:8] and bool(_MARGIN.match(line))


def field_of(line: str) -> Field | None:
    """A line of a quoted head, None if it is none."""
    line = line[:2_000]
    match = _LABEL.match(line)
    if not match:
        return None
    label = " ".join(match[1].lower().split())
    kind = _KINDS.get(label)
    return Field(kind, line[match.end() :].strip(" \t*_\xa0"), label) if kind else None


def head_at(lines: list[str], at: int) -> tuple[list[Field], int]:
    """The quoted head that begins at a line, and the line after it; ([], at) if there is none.

    A head says who wrote, and two of when, to whom, who else and about what; a blank line may stand between its lines.
    """
    fields: list[Field] = []
    last, strays = at, 0
    for row in range(at, min(at + _MOST_ROWS, len(lines))):
        found = field_of(lines[row])
        if found and not any(one.kind == found.kind in ("from", "subject") for one in fields):
            fields.append(found)
            last, strays = row + 1, 0
            if len(fields) == _MOST_FIELDS:
                break
        elif found or not fields:
            break
        elif _blank(lines[row]):
            if fields[-1].kind == "subject" or row + 1 >= len(lines) or not field_of(lines[row + 1]):
                break
        else:
            # A long list of people, or a long subject, goes on in the next line.
            strays += 1
            if fields[-1].kind in ("date", "other") or strays > 3 or row != last + strays - 1:
                break
    return (fields, last) if _is_head(fields) else ([], at)


def _is_head(fields: list[Field]) -> bool:
    kinds = {one.kind for one in fields}
    if any(one.kind == "to" and _SUBJECT_WITHIN.search(one.value) for one in fields):
        kinds.add("subject")
    return "from" in kinds and len(kinds & {"date", "to", "cc", "subject"}) >= 2


def _blank(line: str) -> bool:
    return not line.strip("> \t\xa0*")


def rule(line: str) -> bool:
    """Whether a line is made of dashes, underscores, stars and the like only."""
    return len(line) <= 220 and line.lstrip()[:1] in _RULES and bool(_RULE.fullmatch(line))


def original(line: str) -> bool:
    """Whether a line says that the original message follows."""
    return len(line) <= LONGEST_LINE and bool(_ORIGINAL_LINE.fullmatch(line.replace("’", "'")))


def forward(line: str) -> bool:
    """Whether a line says that a forwarded message follows."""
    if len(line) > LONGEST_LINE or not line.strip():
        return False
    return bool(_FORWARD_LINE.fullmatch(line) or _BEGIN_LINE.fullmatch(line))


class Attribution(NamedTuple):
    """`On … somebody wrote:`. `end` is the line after it; `sure` says that it is one whatever follows it."""

    end: int
    sure: bool


def attribution(lines: list[str], at: int) -> Attribution | None:
    """The attribution that begins at a line, wrapped over four lines at most; None if none does.

    It says when, or from which address, somebody wrote. A sentence that merely ends with `wrote:` is somebody's own.
    """
    first = lines[at].strip()
    if not first or len(first) > LONGEST_LINE or first.endswith(("!", "?")):
        return None
    if _GMAIL.fullmatch(first):
        return Attribution(at + 1, sure=True)
    whole = ""
    for row in range(at, min(at + 4, len(lines))):
        line = lines[row].strip("> \t\xa0*_")
        if not line or len(line) > LONGEST_LINE or (whole and line.endswith(("!", "?"))):
            return None
        whole = f"{whole} {line}" if whole else line
        if not line.endswith((":", "：", "wrote", "schrieb")) or not _EVIDENCE.search(whole):
            continue
        sure = _written(whole)
        if sure is not None:
            later = any(_opens(lines[one]) for one in range(at + 1, row + 1))
            return None if later and not _opens(first) else Attribution(row + 1, sure)
    return None


def _opens(line: str) -> bool:
    """Whether a line looks like the first one of an attribution."""
    return bool(_STARTER.match(line)) and any(letter.isdigit() for letter in line[:60])


def _written(whole: str) -> bool | None:
    """Whether joined lines are surely an attribution; None if they are none."""
    address, clock, date = (bool(pattern.search(whole)) for pattern in (_ADDRESS, _CLOCK, _DATE))
    if not _VERB.search(whole):
        return True if address and clock and date else None
    if not (address or clock or date):
        return None
    return address or (clock and (date or _opens(whole)))
