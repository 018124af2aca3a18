"""Where a mail's signature begins: dashes, the line of a device, a sign-off with a name under it, a disclaimer."""

from __future__ import annotations

import re

from commsleads.mail.marks import rule

LONGEST_SIGNATURE = 15
"""Lines under a sign-off. What is longer is a text of its own."""

LONGEST_FOOTER = 40
"""Lines under `-- `, or in a disclaimer's box."""

# What a telephone writes below a mail. The second kind may be the start of a sentence, so it must stand apart.
_APP = re.compile(
    r"[\s*_<\[]{0,6}(?:get outlook for [^\n]{1,60}"
    r"|(?:diese nachricht wurde )?von meine[mr] [^\n]{1,40} (?:aus )?gesendet"
    r"|outlook für [^\n]{1,40} (?:beziehen|herunterladen)|télécharger outlook pour [^\n]{1,60}"
    r"|obtener outlook para [^\n]{1,60}|iphone'?dan gönderildi|从我的[^\n]{1,20}发送|從我的[^\n]{1,20}傳送"
    r"|iphone\s?から送信)[.>\]*_]{0,4}\s{0,3}(?:<[^<>\n]{1,200}>)?\s{0,3}",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"[\s*_<\[]{0,6}(?:Sent (?:from|via|using|with)|Sendt (?:fra|med|via)|Skickat från|Gesendet (?:von|mit|über|via)"
    r"|Envoyé (?:de|depuis|par|via|avec|à partir de)|Enviad[oa] (?:desde|de|do|da|com|con|via)|Inviato (?:da|dal|con)"
    r"|Inviato dall|Verzonden (?:vanaf|van|met|via)|Verstuurd (?:vanaf|via)|Wysłan[eo] z|Отправлено (?:с|из)"
    r"|Надіслано з|Lähetetty|Odesláno z)\b[^\n.?!]{1,60}[.>\]*_]{0,4}\s{0,3}(?:<[^<>\n]{1,200}>)?\s{0,3}"
)
_DASHES = re.compile(r"(?:--|—|––)\s{0,3}")
_SIGN_OFFS = (
    # English
    r"(?:with )?(?:many |much |very |all |my |our )?(?:best|kind|kindest|warm|warmest|cordial)?\s?(?:regards|wishes)"
    r"|(?:many |best |warm )?thanks(?: again| so much| a lot| very much| in advance)?"
    r"(?: (?:and|&) (?:best|kind)? ?regards)?|all the best|respectfully|warmly|kindly|rgds|kr|br|best|cheers"
    r"|thank you(?: so much| very much| in advance| again)?|yours(?: (?:sincerely|faithfully|truly|ever))?"
    r"|sincerely(?: yours)?"
    # German
    r"|(?:mit )?(?:freundlichen?|freundlichem|besten?|herzlichen?|lieben?|vielen?|kollegialen|sonnigen|schönen?)\s"
    r"(?:grü(?:ß|ss)en?|gru(?:ß|ss)|gruessen?|dank)[^\n]{0,30}"
    r"|herzlichst|hochachtungsvoll|gruß|grüße|mfg|lg|vg|danke"
    # French
    r"|(?:bien |très )?cordialement|bien à (?:vous|toi)|(?:sincères |meilleures )?salutations(?: distinguées)?|cdt"
    r"|(?:avec )?mes (?:meilleures|sincères) salutations|je vous prie d[’']agréer[^\n]{0,120}"
    r"|veuillez (?:agréer|recevoir)[^\n]{0,120}|merci(?: d[’']avance| beaucoup)?"
    # Spanish
    r"|(?:un )?(?:cordial |atento )?saludos?(?: cordial(?:es)?)?|atentamente|cordialmente|un abrazo"
    r"|(?:muchas )?gracias(?: de antemano)?|reciba[^\n]{0,60}saludo"
    # others
    r"|distinti saluti|cordiali saluti|(?:un )?saluti|grazie|met vriendelijke groet(?:en)?|groet(?:en|jes)?|mvg|mvh"
    r"|(?:vennlig|venlig|med (?:vänliga?|venlig|vennlig))\s(?:hilsen|hälsning(?:ar)?)|hälsningar|hilsen"
    r"|atenciosamente|abraços|obrigad[oa]|pozdrawiam|z poważaniem|с уважением|с наилучшими пожеланиями"
)
_SIGN_OFF = re.compile(rf"[\s*_]{{0,4}}(?:{_SIGN_OFFS})[\s,.!;:*_]{{0,5}}", re.IGNORECASE)
# Two languages in one line: `Viele Grüße / Best regards`.
_SIGN_OFF_PAIR = re.compile(rf"[\s*_]{{0,4}}(?:{_SIGN_OFFS})\s{{0,2}}[/|]\s?[^\n]{{3,40}}", re.IGNORECASE)
_DISCLAIMER = re.compile(
    r"\bconfidential|\bintended (?:solely |only )?(?:for|recipient)|\bnot the intended recipient|\bscanned (?:for|by)"
    r"|\bswept for|\bvirus(?:es)?\b|\bprivileged\b|\bthis (?:e-?mail|message)(?: and any| is| message| may| was| has)"
    r"|\bdisclaimer\b|\bopinions? expressed\b|\bmonitored\b|\bvertraulich|\birrtümlich|listinfo|unsubscribe"
    r"|\bdiese (?:e-?mail|nachricht) (?:ist|enthält|kann)|\bce (?:message|courriel|mail)\b|\bconfidentiel"
    r"|\bdestinataire|\beste (?:mensaje|correo)\b|\bdestinatario|think before you print|consider the environment"
    r"|denken sie an die umwelt|\bmailing list\b|please use this email address for all replies",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\+?\(?\d[\d ()./-]{6,20}\d|[^\s@]{1,64}@[^\s@]{1,100}|\bwww\.|https?://|\b(?:tel|mob|phone|fax|mobile)\b",
    re.IGNORECASE,
)
_ODD = frozenset({"ᐧ", "·", "--", "-", "—"})


def footer_rows(lines: list[str], owned: list[int]) -> frozenset[int]:
    """Of the writer's own lines, those that stand below the words by a program's doing: everything after ``-- `` and
    after the line of a device, disclaimers in boxes or at the end, rules with nothing below."""
    rows = [row for row in owned if lines[row].strip()]
    footer: set[int] = set()
    for count, row in enumerate(rows):
        if count and len(rows) - count <= LONGEST_FOOTER and _begins_footer(lines, row):
            footer.update(rows[count:])
            rows = rows[:count]
            break
    footer.update(boxed := _boxed(lines, rows))
    rows = [row for row in rows if row not in boxed]
    end = _disclaimed(lines, rows, _ruled(lines, rows))
    while end and (rule(lines[rows[end - 1]]) or lines[rows[end - 1]].strip() in _ODD):
        end -= 1
    footer.update(rows[end:])
    return frozenset(footer)


def _begins_footer(lines: list[str], row: int) -> bool:
    line = lines[row]
    if len(line) > 300:
        return False
    if _DASHES.fullmatch(line):
        return not _code(lines, row)
    apart = not lines[row - 1].strip()
    return bool(_APP.fullmatch(line) or (apart and _DEVICE.fullmatch(line)))


def _code(lines: list[str], row: int) -> bool:
    """Whether dashes stand in a fenced block."""
    return sum(line.lstrip().startswith("```") for line in lines[max(0, row - 200) : row]) % 2 == 1


def _boxed(lines: list[str], rows: list[int]) -> set[int]:
    """Disclaimers between two rules, wherever they stand, with a heading that says only that."""
    found: set[int] = set()
    rules = [place for place, row in enumerate(rows) if rule(lines[row])]
    at = 0
    while at + 1 < len(rules):
        one, two = rules[at], rules[at + 1]
        words = "\n".join(lines[row] for row in rows[one + 1 : two])[:4_000]
        if two - one <= LONGEST_FOOTER and len(_DISCLAIMER.findall(words)) >= 1 and len(words) > 60 and one:
            above = one - 1 if lines[rows[one - 1]].strip(" :*").lower() == "disclaimer" else one
            found.update(rows[above : two + 1])
            at += 2
        else:
            at += 1
    return found


def _ruled(lines: list[str], rows: list[int]) -> int:
    """How many rows stand above a footer under a rule: a disclaimer, a list's address, a signature under a line."""
    end = len(rows)
    for place in reversed([place for place, row in enumerate(rows) if rule(lines[row])][-8:]):
        below = [lines[row] for row in rows[place + 1 : end]]
        words = "\n".join(below)[:4_000]
        short = len(below) <= 8 and len(words) <= 500 and not words.rstrip().endswith("?")
        if not below or _DISCLAIMER.search(words) or ("_" in lines[rows[place]] and short):
            end = place
        else:
            break
    return end


def _disclaimed(lines: list[str], rows: list[int], end: int) -> int:
    """How many rows stand above the disclaimers that end the text, paragraph by paragraph from below."""
    while end:
        start = end - 1
        while start and rows[start - 1] == rows[start] - 1:
            start -= 1
        words = "\n".join(lines[row] for row in rows[start:end])
        if start == 0 or len(words) < 120 or len(_DISCLAIMER.findall(words[:4_000])) < 2:
            break
        end = start
    return end


def split_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """The writer's words, and the sign-off with what stands below it."""
    filled = [row for row, line in enumerate(lines) if line.strip()]
    below: list[str] = []
    for row in reversed(filled[-LONGEST_SIGNATURE:]):
        line = lines[row]
        if row != filled[0] and len(line) <= 160 and (_SIGN_OFF.fullmatch(line) or _SIGN_OFF_PAIR.fullmatch(line)):
            return lines[:row], lines[row:]
        below.append(line)
        if len(line) > 120 or line.rstrip().endswith("?"):
            break
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
