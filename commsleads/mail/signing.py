"""Where a mail's signature begins: dashes, the line of a device, a sign-off with a name under it, a disclaimer."""

from __future__ import annotations

import re

from commsleads.mail.marks import rule

LONGEST_SIGNATURE = 15
"""Lines under a sign-off. What is longer is a text of its own."""

_DEVICE = re.compile(
    r"[\s*_<\[]{0,6}(?:(?:sent|sendt|skickat|gesendet|von meine[mr]|envoyé|enviado|enviada|inviato|verzonden|verstuurd|wysłane"
    r"|wysłano|отправлено|надіслано|diese nachricht wurde von meinem|lähetetty|odesláno)\b[^\n]{0,20}"
    r"\b(?:from|via|with|using|fra|från|mit|von|depuis|de|desde|do|da|dal|dall'|vanaf|van|met|z|с|з|gesendet|my|mi|min|meu|mon)\b"
    r"[^\n.?!]{0,60}|von meinem [^\n]{1,40} gesendet|get outlook for [^\n]{1,60}|outlook für [^\n]{1,40} (?:beziehen|herunterladen)[^\n]{0,60}"
    r"|télécharger outlook pour [^\n]{1,60}|obtener outlook para [^\n]{1,60}|iphone'?dan gönderildi|从我的[^\n]{1,20}发送|發自我的[^\n]{1,20}"
    r"|iphone\s?から送信)[.>\]*_]{0,4}\s{0,3}(?:<[^<>\n]{1,200}>)?\s{0,3}",
    re.IGNORECASE,
)
_DASHES = re.compile(r"(?:--|—|––|-- —|__)\s{0,3}")
_SIGN_OFF = re.compile(
    r"[\s*_]{0,4}(?:(?:with )?(?:many |much |very |all |my |our )?(?:best|kind|kindest|warm|warmest|cordial)?\s?(?:regards|wishes|thanks)"
    r"|(?:many |with )?thanks(?: again| so much| a lot| very much)?(?: and (?:best|kind) (?:regards|wishes))?|thank you(?: so much| very much| in advance)?"
    r"|thanks in advance|best|cheers|yours(?: (?:sincerely|faithfully|truly|ever))?|sincerely(?: yours)?|all the best|respectfully|warmly|kindly|rgds|br"
    r"|(?:mit )?(?:freundlichen|freundlichem|besten|herzlichen|lieben|vielen|kollegialen|sonnigen|schönen)\s(?:grüßen|grüssen|gruß|gruss|dank)[^\n]{0,30}"
    r"|(?:mit )?(?:freundliche|beste|herzliche|liebe|viele|schöne)\s(?:grüße|grüsse|gruesse)[^\n]{0,30}|(?:herzlichst|hochachtungsvoll|gruß|grüße|mfg|lg|vg|danke)"
    r"|mit freundlichen gruessen|(?:bien |très )?cordialement|(?:bien )?à (?:vous|toi)|(?:sincères |meilleures )?salutations(?: distinguées)?|cdt|bien à vous"
    r"|(?:avec )?mes (?:meilleures|sincères) salutations|je vous prie d'agréer[^\n]{0,120}|veuillez (?:agréer|recevoir)[^\n]{0,120}|merci(?: d'avance| beaucoup)?"
    r"|(?:un )?(?:cordial|atento)?\s?saludos?(?: cordiales| cordial)?|atentamente|cordialmente|un abrazo|(?:muchas )?gracias(?: de antemano)?|reciba[^\n]{0,60}saludo"
    r"|distinti saluti|cordiali saluti|(?:un )?saluti|grazie|met vriendelijke groet(?:en)?|groet(?:en|jes)?|mvg|mvh|(?:vennlig|med vänlig|med venlig|venlig)\s?hilsen"
    r"|med vänliga? hälsning(?:ar)?|hälsningar|hilsen|atenciosamente|abraços|obrigad[oa]|pozdrawiam|z poważaniem|с уважением|с наилучшими пожеланиями)"
    r"[\s,.!;:*_]{0,5}",
    re.IGNORECASE,
)
_SIGN_OFF_HEAD = re.compile(r"[^\n,/]{2,60}[,/]\s")
_DISCLAIMER = re.compile(
    r"\bconfidential|\bintended (?:solely |only )?(?:for|recipient)|\bnot the intended recipient|\bscanned (?:for|by)|\bswept for"
    r"|\bvirus(?:es)?\b|\bprivileged\b|\bthis (?:e-?mail|message)(?: and any| is| message| may| was| has)|\bdisclaimer\b|\bopinions? expressed\b"
    r"|\bmonitored\b|vertraulich|\bdiese (?:e-?mail|nachricht) (?:ist|enthält|kann)|irrtümlich|ce (?:message|courriel|mail)|confidentiel|destinataire"
    r"|este (?:mensaje|correo)|destinatario|think before you print|consider the environment|denken sie an die umwelt|unsubscribe|mailing list"
    r"|listinfo|please use this email address for all replies",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\+?\(?\d[\d\s()./-]{6,20}\d|[^\s@]{1,64}@[^\s@]{1,100}|\bwww\.|https?://|\b(?:tel|mob|phone|fax|mobile)\b",
    re.IGNORECASE,
)


def split_footer(lines: list[str]) -> tuple[list[str], list[str]]:
    """What a reader is shown, and what stands below it by a machine's doing: after `-- `, after the line of a device,
    disclaimers between rules, rules without anything below."""
    end = len(lines)
    for row, line in enumerate(lines):
        if len(line) > 300 or not line.strip():
            continue
        if _DASHES.fullmatch(line) or _DEVICE.fullmatch(line):
            end = row
            break
    end = _ruled(lines[:end])
    end = _disclaimed(lines[:end])
    while end and (not lines[end - 1].strip() or rule(lines[end - 1]) or _mark(lines[end - 1])):
        end -= 1
    return lines[:end], lines[end:]


def _mark(line: str) -> bool:
    """The one odd letter by which a mail program's tracker shows."""
    return line.strip() in ("ᐧ", "·", "--", "-")


def _ruled(lines: list[str]) -> int:
    """The line at which a short footer under a rule begins, or a long one with a disclaimer's words."""
    end = len(lines)
    rules = [row for row, line in enumerate(lines) if rule(line)]
    for row in reversed(rules[-8:]):
        below = [line for line in lines[row + 1 : end] if line.strip()]
        words = "\n".join(below)[:4_000]
        if not below or _DISCLAIMER.search(words) or ("_" in lines[row] and len(below) <= 8 and not words.rstrip().endswith("?") and len(words) <= 500):
            end = row
        else:
            break
    return end


def _disclaimed(lines: list[str]) -> int:
    """The line at which the disclaimers begin that end the text, paragraph by paragraph from below."""
    end = len(lines)
    while True:
        start = end
        while start and not lines[start - 1].strip():
            start -= 1
        last = start
        while start and lines[start - 1].strip():
            start -= 1
        words = "\n".join(lines[start:last])
        if start == 0 or len(words) < 120 or len(_DISCLAIMER.findall(words[:4_000])) < 2:
            return end
        end = start


def split_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """The writer's words, and the sign-off with what stands below it."""
    filled = [row for row, line in enumerate(lines) if line.strip()]
    for row in reversed(filled[-LONGEST_SIGNATURE:]):
        line = lines[row]
        if len(line) <= 160 and row and _SIGN_OFF.fullmatch(line):
            below = [lines[one] for one in filled if one > row]
            if sum(len(one) > 120 or one.rstrip().endswith("?") for one in below) == 0:
                return lines[:row], lines[row:]
    return _contact_block(lines)


def _contact_block(lines: list[str]) -> tuple[list[str], list[str]]:
    """A last paragraph of short lines with a telephone or an address in it, without any sign-off above."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    start = end
    while start and lines[start - 1].strip():
        start -= 1
    block = lines[start:end]
    if not start or not 2 <= len(block) <= 10 or not _CONTACT.search("\n".join(block)[:1_000]):
        return lines, []
    if any(len(line) > 90 or line.rstrip().endswith((".", "?", "!", ":", ",")) for line in block):
        return lines, []
    return lines[:start], lines[start:]
