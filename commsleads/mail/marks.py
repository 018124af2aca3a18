"""What shows in a mail's lines where somebody else's words begin: attributions, headers that were quoted, dashes."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST_LINE = 400
"""Characters of a line in which a mark is looked for: marks are short, hostile lines are not."""

# The labels of a quoted head, in the languages of the mail programs that write them.
_LABELS = {
    "from": "from|von|de|da|van|från|fra|od|от|від|lähettäjä|kimden|feladó|expéditeur|absender|remitente|mittente|message de"
            "|发件人|寄件者|寄件人|差出人|보낸 사람|보낸사람",
    "date": "date|sent|sent on|datum|gesendet|gesendet am|envoyé|envoyé le|enviado|enviado el|enviado em|enviada em|enviada|fecha"
            "|data|inviato|verzonden|verzonden op|skickat|sendt|dato|wysłano|wysłane|отправлено|дата|надіслано|päiväys"
            "|lähetetty|tarih|gönderilme|message du|odesláno|发送时间|发件时间|日期|傳送時間|寄件日期|送信日時|日時|보낸 날짜|날짜",
    "to": "to|an|à|a|para|aan|till|til|do|кому|vastaanottaja|kime|pour|empfänger|destinataire|destinatario|komu|címzett"
          "|收件人|收件者|宛先|받는 사람|받는사람",
    "cc": "cc|bcc|kopie|copie|copie à|copia|kopia|kopi|kopiya|копия|cci|抄送|副本|참조",
    "subject": "subject|betreff|objet|asunto|oggetto|onderwerp|ämne|emne|temat|тема|assunto|aihe|konu|sujet|předmět|tárgy"
               "|主题|主旨|件名|题目|제목",
    "other": "reply-to|reply to|antwort an|répondre à|responder a|importance|priority|priorität|wichtigkeit|attachments|anlagen"
             "|organization|sender|mailed-by|signed-by|date sent|message-id|resent-from",
}  # fmt: skip
_KINDS = {label: kind for kind, labels in _LABELS.items() for label in labels.split("|")}
_LABEL = re.compile(r"[\s>*_|-]{0,40}([^\W\d_][^:：*<>@\"]{0,24}?)\s{0,3}[*_]{0,2}\s{0,3}[:：][*_]{0,2}[ \t\xa0]{0,10}")

_ORIGINAL = (
    "original message|original appointment|ursprüngliche nachricht|originalnachricht|message d'origine|message original"
    "|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|originele bericht|ursprungligt meddelande"
    "|original meddelande|oprindelig meddelelse|original melding|opprinnelig melding|wiadomość oryginalna"
    "|oryginalna wiadomość|исходное сообщение|оригинальное сообщение|alkuperäinen viesti|původní zpráva|orijinal ileti"
    "|reply message|antwort|原始邮件|原始郵件|元のメッセージ|원본 메시지|reply"
)
_FORWARD = (
    "forwarded message|forwarded by [^-]{0,80}|forwarded|weitergeleitete nachricht|message transféré|message transmis"
    "|message réexpédié|mensaje reenviado|mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht|vidarebefordrat meddelande"
    "|videresendt meddelelse|videresendt melding|wiadomość przekazana|przekazana wiadomość|пересылаемое сообщение"
    "|пересланное сообщение|välitetty viesti|přeposlaná zpráva|转发邮件|轉寄郵件|转发的邮件|転送メッセージ|전달된 메시지"
)
_ORIGINAL_LINE = re.compile(
    rf"[\s>*_]{{0,40}}[-_]{{2,60}}\s?(?:{_ORIGINAL})\s?[-_]{{2,60}}[\s*_:]{{0,10}}", re.IGNORECASE
)
_FORWARD_LINE = re.compile(rf"[\s>*_]{{0,40}}-{{2,60}}\s?(?:{_FORWARD})\s?:?\s?-{{2,60}}[\s*_]{{0,10}}", re.IGNORECASE)
_BEGIN_FORWARD = re.compile(
    r"[\s>*_]{0,40}(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-?mail)"
    r"|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|início da mensagem reenviada|inizio messaggio inoltrato"
    r"|begin doorgestuurd bericht|vidarebefordrat brev|start på videresendt (?:besked|melding)|начало переадресованного сообщения"
    r")\s{0,3}:?\s{0,3}",
    re.IGNORECASE,
)

_VERBS = (
    r"\bwrote\b|\bwrites\b|\bschrieb\b|\bgeschrieben\b|\ba\s+écrit\b|\bescribió\b|\bescribio\b|\bha\s+scritto\b|\bschreef\b"
    r"|\bgeschreven\b|\bskrev\b|\bescreveu\b|\bnapisał(?:\(?a\)?)?\b|\bnapsal(?:\(?a\)?)?\b|\bпише[тш]?|\bписал|\bнаписа[влn]"
    r"|\bkirjoitti\b|\byazdı\b|\bírta\b|\bsaid\b|写道|寫道|のメール|のメッセージ|は書きました|님이 작성"
)
_VERB = re.compile(_VERBS, re.IGNORECASE)
_STARTS = re.compile(
    r"[\s>*_\u2010-\u2015-]{0,20}(?:on|am|le|el|il|op|em|den|dnia|w dniu|dne|em|a\s|at|quoting|zitat von|citando|citando a|in\s"
    r"|mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|[0-9\"'<]|\d{4}年|在|[^\W\d_])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}")
_CLOCK = re.compile(r"\d{1,2}\s?[:.h]\s?\d{2}")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
_ISO_GMAIL = re.compile(r"\s{0,5}\d{4}-\d\d-\d\d \d\d?:\d\d(?::\d\d)? (?:GMT|UTC)?\s?[+-]\d\d:?\d\d\s[^\n]{1,200}")
_FROM_TAIL = re.compile(
    r"[^\n]{0,160}\b\d{4}\b[^\n]{0,60}\b(?:from|от|von|de)\b[^\n]{1,160}@[^\n]{1,100}:\s{0,3}", re.IGNORECASE
)
_RULE = re.compile(r"\s{0,8}[-_=*~#+]{3,200}\s{0,8}")


class Field(NamedTuple):
    """One line of a quoted head: what it is (from, date, to, cc, subject, other) and what it says."""

    kind: str
    value: str
    label: str


def field_of(line: str) -> Field | None:
    """A line of a quoted head, None if it is none."""
    if len(line) > 2_000:
        line = line[:2_000]
    match = _LABEL.match(line)
    if not match:
        return None
    label = " ".join(match[1].lower().split())
    kind = _KINDS.get(label)
    return Field(kind, line[match.end() :].strip(" \t*_\xa0"), label) if kind else None


def head_at(lines: list[str], at: int) -> tuple[list[Field], int]:
    """The quoted head that begins at a line, and the line after it; ([], at) if there is none.

    A head says who wrote, and two more of when, to whom and about what; between its lines may stand a blank one each.
    """
    fields: list[Field] = []
    row, last, strays = at, at, 0
    while row < len(lines) and len(fields) < 12 and row - at < 40:
        line = lines[row]
        found = field_of(line)
        if found:
            if any(one.kind == found.kind and found.kind in ("from", "subject") for one in fields):
                break
            fields.append(found)
            last, strays = row + 1, 0
        elif not fields:
            return [], at
        elif line.strip("> \t*"):
            # A long list of people goes on in the next line; any other line ends the head.
            strays += 1
            if (
                fields[-1].kind not in ("to", "cc", "from", "subject")
                or strays > 3
                or not row
                or not lines[row - 1].strip("> \t")
            ):
                break
        elif row + 1 >= len(lines) or not field_of(lines[row + 1]) or fields[-1].kind == "subject":
            break
        row += 1
    kinds = {one.kind for one in fields}
    joined = " ".join(one.value for one in fields if one.kind == "to")
    if "subject" not in kinds and re.search(r"\b(?:Subject|Betreff|Objet|Asunto)\s?:", joined):
        kinds.add("subject")
    if "from" in kinds and len(kinds & {"date", "to", "cc", "subject"}) >= 2:
        return fields, last
    return [], at


def rule(line: str) -> bool:
    """Whether a line is made of dashes, underscores, stars and the like only."""
    return len(line) <= 220 and bool(_RULE.fullmatch(line))


def original(line: str) -> bool:
    """Whether a line says that the original message follows."""
    return len(line) <= LONGEST_LINE and bool(_ORIGINAL_LINE.fullmatch(line))


def forward(line: str) -> bool:
    """Whether a line says that a forwarded message follows."""
    if len(line) > LONGEST_LINE or not line.strip():
        return False
    return bool(_FORWARD_LINE.fullmatch(line) or _BEGIN_FORWARD.fullmatch(line))


def attribution(lines: list[str], at: int) -> int:
    """The line after an attribution (`On … somebody wrote:`) that begins at a line; 0 if none does.

    It may be wrapped over four lines. It has a verb of writing or a mail program's fixed shape, and a date, a time or
    an address: a sentence that merely ends with `wrote:` is somebody's own.
    """
    first = lines[at]
    if not first.strip() or len(first) > LONGEST_LINE or not _STARTS.match(first):
        return 0
    if _ISO_GMAIL.fullmatch(first) or _FROM_TAIL.fullmatch(first):
        return at + 1
    whole = ""
    for row in range(at, min(at + 4, len(lines))):
        line = lines[row].strip()
        if not line or len(line) > LONGEST_LINE:
            return 0
        whole = f"{whole} {line.lstrip('> ')}" if whole else line
        if line.endswith((":", "：", ":*", "wrote")) and _written(whole):
            return row + 1
        if row > at and _ends_sentence(line):
            return 0
    if (
        _VERB.search(first)
        and _ADDRESS.search(first)
        and _YEAR.search(first)
        and first.rstrip().endswith((">", "wrote"))
    ):
        return at + 1
    return 0


def _ends_sentence(line: str) -> bool:
    return line.endswith((". ", "!", "?"))


def _written(whole: str) -> bool:
    """Whether joined lines are an attribution: who, and when or where from, and that they wrote."""
    evidence = bool(_ADDRESS.search(whole)) + bool(_CLOCK.search(whole)) + bool(_YEAR.search(whole))
    if _VERB.search(whole):
        return evidence >= 1
    return evidence >= 3
