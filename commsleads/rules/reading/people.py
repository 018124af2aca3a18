"""Who writes: name, address, telephone and role, by the head of a mail and its signature."""

from __future__ import annotations

import re
from typing import NamedTuple

from commsleads.letters import Letter
from commsleads.rules.reading.desk import same_house
from commsleads.rules.reading.presswords import ROLES
from commsleads.text import fold

_LONGEST_LINE = 160
_MOST_LINES = 20

_NOT_A_PERSON = re.compile(
    r"\b(?:desk|newsdesk|newsroom|team|redaktion|bildredaktion|redaction|redaccion|editorial|editors?|news|press"
    r"|presse|prensa|media|office|info|contact|kontakt|"
    r"no-?reply|noreply|support|service|studio|programme|program|podcast|show|radio|tv|television|magazine"
    r"|magazin|zeitung|sekretariat|bureau|mailbox|admin|"
    r"reception|letters|pictures|sport|politics|business|online|digital|digest|weekly|daily|times|post|herald"
    r"|via|notifications?|accounts?|corrections|feedback|"
    r"forum|community|hello|mornings?|breakfast|drive|planung|planning|produccion|production|assignments?"
    r"|leserbriefe|chefredaktion|zentrale|pressestelle|sales|marketing|comptabilite|direction|enquiries"
    r"|wirtschaft|politik|lokales|kultur|agency|agentur|agence|agencia|the|limited|ltd|gmbh|inc|group|gruppe"
    r"|mail|delivery|system)\b"
)
_PART = (
    r"(?:[A-ZÀ-ÖØ-ÞĀ-ŽА-Я][\w’'\-]{1,30}|[A-ZÀ-Þ]\.?|(?:de|del|della|di|da|dos|du|van|von|der|den|ter|zu|zur|la|le|el|al|bin"
    r"|ben|ibn|y|e|af|av|of)\b|[dlO][’'][A-ZÀ-Þ]\w{1,30})"
)
_NAME = re.compile(rf"{_PART}(?:[ ]{_PART}){{1,4}}")
_SURNAME_FIRST = re.compile(
    r"([A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,40}(?: [A-ZÀ-Þ][A-ZÀ-Þ'’-]{1,40})?) ([A-ZÀ-Þ][a-zß-ÿ]+(?:[ -][A-ZÀ-Þ][a-zß-ÿ]+)?)"
)
_TITLE = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|mx|dr|prof|sir|dame|herr|frau|m|mme|mlle|sr|sra|dra|d|da)\.?\s+){1,3}(?=\S)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+(?:via|at|from|bei|chez|@)\s.*$|\s*[|(\[–—/].*$|\s+-\s.*$", re.IGNORECASE | re.DOTALL)
_CALLED = re.compile(
    r"\b(?:[Mm]y name is|[Mm]y name['’]s|[Tt]his is|[Mm]ein [Nn]ame ist|[Ii]ch hei(?:ß|ss)e|[Jj]e m['’]appelle"
    r"|[Mm]on nom est|[Mm]e llamo|[Mm]i nombre es|I['’]m|I am|[Ii]ch bin|[Jj]e suis|[Ss]oy)"
    rf"\s+({_PART}(?:[ ]{_PART}){{1,4}})"
)
_PHONE = re.compile(r"(?<![\w/.,:@=-])(?:\+\s?|00)?\(?\d[\d \u00a0().\-/]{5,22}\d(?![\w@/])")
_LABEL = re.compile(
    r"(?<!\w)(?:tel|telephone|phone|mobile|mob|cell|direct|handy|telefon|mobil|durchwahl|tél|téléphone|port|portable"
    r"|móvil|teléfono|t|m|p|d|call me on|call on|ring me on|reach me on|text me on|unter|au)[.:]?\s{0,3}(?:no"
    r"|nr)?[.:]?\s{0,3}$",
    re.IGNORECASE,
)
_MOBILE = re.compile(
    r"(?<!\w)(?:mob|mobile|cell|m|handy|mobil|portable|port|móvil|call me on|reach me on|text me on)[.:]?\s{0,3}$",
    re.IGNORECASE,
)
_FAX = re.compile(r"(?<!\w)(?:tele)?fax\w*[.:]?\s{0,3}$", re.IGNORECASE)
_DATE_LIKE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?:[ T]\d.*)?"
    r"|\d{4}\s?[-–/]\s?\d{2,4}"
)
_ROLE_WORD = re.compile(rf"(?<!\w)(?:{ROLES})(?!\w)")
_ROLE_SAID = re.compile(
    r"\b(?:[Ii](?:['’]m| am)|[Ii] work as) (?:an? |the )?((?:[\w-]+ ){0,3}(?:journalist|reporter|correspondent"
    r"|columnist|editor|producer|presenter|researcher|writer|podcaster))\b"
    r"|\b[Ii]ch bin ((?:[\w-]+ ){0,3}(?:Journalist|Redakteur|Reporter|Volontär|Korrespondent|Moderator"
    r"|Producer)(?:in)?)\b"
    r"|\b[Jj]e suis ((?:journaliste|rédacteur|rédactrice|reporter|correspondante?|pigiste)(?: (?!à\b|au\b|chez\b"
    r"|pour\b|de\b|du\b|et\b)[a-zà-ÿ-]+){0,2})"
    r"|\b[Ss]oy ((?:periodista|redactora?|reporter[oa]|corresponsal|productora?|presentadora?)(?: (?!de\b|del\b"
    r"|en\b|y\b|para\b)[a-zà-ÿ-]+){0,2})"
)  # fmt: skip


class Signed(NamedTuple):
    """What a signature says, line by line: its lines, and of them the one that is a name and the one with a role."""

    lines: tuple[str, ...]
    name: str
    role_at: int


def signed(own: str, signature: str) -> Signed:
    """The signature's lines. Where none was cut, the last short lines of the text may be one."""
    lines = [line.strip(" \t*_>|") for line in signature.split("\n")[: _MOST_LINES * 2]]
    lines = [line[:_LONGEST_LINE] for line in lines if line and not set(line) <= set("-–—_=~ ")][:_MOST_LINES]
    if len(lines) < 2:
        tail = [line.strip() for line in own[-800:].split("\n") if line.strip()][-5:]
        while tail and (
            len(tail[0]) > 70 or (tail[0].endswith((".", "?", "!", ":")) and not _ROLE_WORD.search(fold(tail[0])))
        ):
            tail.pop(0)
        lines = [*[line for line in tail if len(line) <= 70], *lines]
    name = next((_person(line) for line in lines if _person(line)), "")
    role_at = next((row for row, line in enumerate(lines) if _says_role(line)), -1)
    return Signed(tuple(lines), name, role_at)


def _says_role(line: str) -> bool:
    return len(line) <= 120 and "?" not in line and bool(_ROLE_WORD.search(fold(line)))


def _person(line: str) -> str:
    """A line's text if it is a person's name of two to five words, with or without a title; else ''."""
    text = _TITLE.sub("", _THANKS.sub("", line.strip(" ,.;*_-–")))
    first = re.split(r"\s*[,|–—]\s*|\s+-\s+", text, maxsplit=1)[0]
    if (
        not _NAME.fullmatch(first)
        or _NOT_A_PERSON.search(fold(first))
        or _ROLE_WORD.search(fold(first))
        or _GREETING.search(fold(first))
    ):
        return ""
    return first.rstrip(".")


_THANKS = re.compile(
    r"(?:(?:many |with |kind |best |warm )?(?:thanks|thank you|regards|wishes|best|cheers)|viele grüße"
    r"|beste grüße|lg|vg|mfg|danke|merci|cordialement|un saludo|saludos|gracias)\s?[,.!–-]\s?",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"\b(?:regards|wishes|thanks|thank|cheers|best|kind|sincerely|faithfully|grusse|grussen|gruss|dank"
    r"|cordialement|salutations|saludos?|saludo|atentamente|gracias|merci|hello|hi|dear|hallo|guten|bonjour"
    r"|buenos|estimad\w+|sent|gesendet|tel|phone|mobile|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday)\b"
)


def called(letter: Letter, own: str, signature: Signed) -> str:
    """The writer's name: of the From field, else of the signature or the first sentences. Never a role or a desk."""
    shown = shown_name(letter)
    if " " in shown:
        return shown
    said = _CALLED.search(own[:1_500])
    # A single word is a first name at best: what is signed in full is better.
    return signature.name or (_person(said[1]) if said else "") or shown


def shown_name(letter: Letter) -> str:
    """The From field's name in the order it is spoken, '' if it is not a person's."""
    name = " ".join(letter.sender.name[:200].strip("\"' ").split())
    name = _TITLE.sub("", _TAIL.sub("", name)).strip(" ,;\"'")
    if "@" in name or not name or any(one.isdigit() for one in name):
        return ""
    name = _spoken(name, letter.sender.address)
    folded = fold(name)
    shouted = _SURNAME_FIRST.fullmatch(name)
    if shouted:
        name = f"{shouted[2]} {shouted[1].title()}"
    if _NOT_A_PERSON.search(folded) or _ROLE_WORD.search(folded):
        return ""
    return name if len(name) <= 80 and len(name.split()) <= 6 else ""


def _spoken(name: str, address: str) -> str:
    """`Calder, Ruth` is a person's name turned round; `Ruth Calder, North County Post` is a person and an outlet."""
    last, comma, first = (piece.strip() for piece in name.partition(","))
    if not comma or not first:
        return last or name
    given = fold(first.split()[0])
    if len(first.split()) <= 2 and (given in fold(address.partition("@")[0]) or " " not in last or last[:1].islower()):
        return f"{first} {last}"
    return last


def reachable(letter: Letter) -> str:
    """The address to answer to: the sender's, or that of Reply-To where it is of the same house."""
    sender, reply_to = letter.sender.address, letter.reply_to.address
    if reply_to and reply_to != sender and same_house(letter.sender.domain, letter.reply_to.domain):
        return reply_to
    return sender


def telephone(own: str, signature: Signed) -> str:
    """The number to call, as written: a mobile before a landline, one of the signature before one of the text."""
    for text in ("\n".join(signature.lines), own[-1_500:], own[:3_000]):
        best: tuple[int, str] | None = None
        for match in list(_PHONE.finditer(text))[:20]:
            number = match[0].strip(" .-/(") if not match[0].startswith("(") else match[0].strip(" .-/")
            digits = sum(one.isdigit() for one in number)
            before = text[max(0, match.start() - 20) : match.start()]
            if not 8 <= digits <= 15 or _DATE_LIKE.fullmatch(number) or _FAX.search(before):
                continue
            labelled, plain = bool(_LABEL.search(before)), not (number.startswith(("+", "0", "(")))
            if plain and not labelled:
                continue
            rank = 2 if _MOBILE.search(before) else 1 if labelled or number.startswith(("+", "00")) else 0
            if best is None or rank > best[0]:
                best = (rank, number)
        if best:
            return " ".join(best[1].split())
    return ""


def role(own: str, signature: Signed) -> str:
    """What the writer does: of the signature (without the outlet), else of the first sentences; '' if not said."""
    if signature.role_at >= 0:
        line = signature.lines[signature.role_at]
        for piece in re.split(r"\s*[,|•·–—/]\s*|\s+-\s+|\s+(?:at|with|for|bei|beim|chez|au|à|de|en)\s+", line):
            if _ROLE_WORD.search(fold(piece)) and len(piece) <= 80:
                return piece.strip(" ,.")
    said = _ROLE_SAID.search(" ".join(own[:1_500].split()))
    return next((one for one in said.groups() if one), "").strip() if said else ""
