"""For whom somebody writes: by the register of outlets, by the signature, by what the first sentences say."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from commsleads.letters import Letter
from commsleads.rules.reading.desk import Desk, is_free
from commsleads.rules.reading.people import Signed
from commsleads.rules.reading.presswords import ROLES
from commsleads.text import fold
from commsleads.urls import site

_LOOKED_AT = 2_000
_W = r"[A-ZÀ-ÖØ-ÞĀ-Ž0-9][\w’'&+\-]{0,30}(?:\.[a-z]{2,5}\b)?"
_JOINT = r"(?:of|on|the|and|&|de|del|du|des|d'|la|le|les|los|las|el|der|die|für|von|y|et|in|i|e)"
_TITLE = rf"[“\"„«‘']?\s?({_W}(?:(?: {_JOINT}){{0,2}} {_W}){{0,5}})"
_EN_WHO = (
    r"(?i:journalist|reporter|correspondent|editor|writer|producer|presenter|columnist|researcher|broadcaster"
    r"|podcaster|host|fact-checker|photographer)"
)
_DE_WHO = (
    r"(?:Journalist|Redakteur|Reporter|Volontär|Korrespondent|Moderator|Producer|Autor|Chefredakteur"
    r"|Bildredakteur)(?:in)?"
)
_FR_WHO = (
    r"(?i:journaliste|rédacteur|rédactrice|reporter|correspondante?|pigiste|chroniqueuse|chroniqueur|présentateur"
    r"|présentatrice|réalisateur|réalisatrice)"
)
_ES_WHO = r"(?i:periodista|redactora?|reporter[oa]|corresponsal|productora?|presentadora?|guionista)"
_SAID = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_EN_WHO}s? (?:here )?(?:at|with|for|from|of|on) (?:the |a |an )?{_TITLE}",
        (rf"\b(?:[Ww]rite|[Ww]riting|[Rr]eport|[Rr]eporting|[Ff]ile|[Ff]reelance|[Ff]reelancing|[Ww]orking"
        rf"|[Ww]ork) (?:[\w-]+ ){{0,3}}(?:for|at) (?:the )?{_TITLE}"),
        rf"\b[Cc]over(?:ing|s)? [^.?!]{{2,80}}? (?:for|at) (?:the )?{_TITLE}",
        rf"\bI (?:co-)?(?:produce|host|present|edit|run|publish|make) (?:the )?{_TITLE}",
        (rf"\b(?:something|feature|piece|article|story|report|segment|column|documentary|series|profile|interview"
        rf"|episode)\b[^.?!]{{0,60}}? (?:for|in|on) (?:the )?{_TITLE}"),
        (rf"\b(?:[Tt]his is|[Ii]t['’]s|I['’]m|[Mm]y name is"
        rf"|I am) [A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?,? (?:and I['’]m )?(?:calling |writing )?(?:from|at|with"
        rf"|of) (?:the )?{_TITLE}"),
        (rf"\b(?:schreibe|schreiben|berichte|berichten|arbeite|arbeiten|recherchiere|recherchieren|drehe"
        rf"|drehen)(?: [\wäöüß,]+){{0,4}}? (?:für|bei|beim) (?:das |die |den |der |dem )?{_TITLE}"),
        (rf"\b{_DE_WHO}(?: [a-zäöüß]+){{0,2}} (?:bei der|bei dem|bei|beim|vom|von|der|des|für das|für die|für den"
        rf"|für|im|in der|aus der) {_TITLE}"),
        (rf"\b(?:[Rr]edaktion|Wirtschaftsredaktion|Lokalredaktion|Nachrichtenredaktion) (?:der|des|von|vom|bei"
        rf"|beim) {_TITLE}"),
        (rf"\b(?:Artikel|Beitrag|Bericht|Sendung|Reportage|Doppelseite|Seite|Geschichte|Ausgabe"
        rf"|Feature)\w*\b[^.?!]{{0,30}}? (?:im|in der|für das|für die|für den|der|des|bei|auf) {_TITLE}"),
        (rf"\b{_FR_WHO}(?: (?:[a-zà-ÿ'’-]+)){{0,3}}? (?:à l['’]|à|au|aux|chez|pour le|pour la|pour l['’]|pour"
        rf"|de l['’]|de la|de|du) ?(?:la |le |l['’])?{_TITLE}"),
        (rf"\b(?:[Pp]odcasts?|[Zz]eitschrift|[Mm]agazin|[Tt]ageszeitung|[Ww]ochenzeitung|[Nn]achrichtenagentur"
        rf"|[Mm]agazine|[Qq]uotidien|[Hh]ebdomadaire|[Rr]evue|[Rr]evista|[Dd]iario|[Pp]eriódico|[Aa]gencia"
        rf"|[Aa]gence|[Nn]ews agency|[Nn]ewspaper|[Pp]rograma|[Éé]mission|[Ss]endung)(?: called| named"
        rf"| namens)? {_TITLE}"),
        rf"\bj['’]écris (?:[a-zà-ÿ-]+ ){{0,3}}pour (?:le |la |les |l['’])?{_TITLE}",
        rf"\b[Jj]['’]écris pour (?:le |la |les |l['’])?{_TITLE}",
        rf"\b(?:[Jj]e|[Nn]ous) (?:travaill\w+|collabor\w+) (?:pour|à|avec|au) (?:le |la |les |l['’])?{_TITLE}",
        rf"\b[Jj]e (?:produis|présente|anime|coanime|réalise) (?:le |la |les |l['’])?{_TITLE}",
        (rf"\b(?:article|sujet|reportage|enquête|portrait|dossier|chronique)\b[^.?!]{{0,40}}? (?:pour|dans) (?:le "
        rf"|la |les |l['’])?{_TITLE}"),
        rf"\b{_ES_WHO}(?: [a-zà-ÿ]+){{0,2}}? (?:de la|de los|de|del|en|para) (?:la |el )?{_TITLE}",
        (rf"\b(?:[Ee]scribo|[Tt]rabajo|[Cc]olaboro|[Ii]nformo) (?:[a-zà-ÿ]+ ){{0,3}}(?:para|en|con|de) (?:la "
        rf"|el )?{_TITLE}"),
        rf"\b(?:[Pp]roduzco|[Pp]resento|[Dd]irijo|[Cc]onduzco) (?:la |el )?{_TITLE}",
        (rf"\b(?:[Ll]es|[Ll]e|[Oo]s|[Tt]e) (?:escribo|llamo|contacto) (?:de|desde) (?:la redacción de )?(?:la "
        rf"|el )?{_TITLE}"),
        (rf"\b(?:reportaje|artículo|información|pieza|entrevista|programa|crónica)\b[^.?!]{{0,40}}? (?:para"
        rf"|en) (?:la |el )?{_TITLE}"),
    )
)  # fmt: skip
_ROLE_WORD = re.compile(rf"(?<!\w)(?:{ROLES})(?!\w)")
_SPLIT = re.compile(
    r"\s*[,|•·–—/]\s*|\s+-\s+|\s+@\s+|\s+(?:at|with|for|bei|beim|bei der|chez|au|à|à la)\s+(?=[A-ZÀ-Þ])"
)
_SECTION = re.compile(
    r"(?:lokales|wirtschaft|politik|sport|kultur|wissenschaft|feuilleton|ausland|inland|digital|online"
    r"|nachrichten|wirtschaft und politik|business|politics|culture|science|sports?|home affairs"
    r"|economie|politique|societe|local|economia|politica|sociedad|freelance|freie?r?|independiente|independant"
    r"|news|features|investigations|und|and|energy|health|environment|education|international)"
    r"(?:\s(?:und|and|et|y|&)\s\w+)?"
)
_CONTACT = re.compile(r"[@+]|\d{3}|https?:|www\.|^(?:tel|mob|phone|fax|t|m|e|w|a)\b[.:]", re.IGNORECASE)
_STREET = re.compile(
    r"\b(?:street|road|lane|avenue|square|floor|str\.|straße|strasse|platz|allee|rue|boulevard|calle|avenida|plaza"
    r"|p\.?o\.? box|postfach)\b|\b\d{4,5}\b",
    re.IGNORECASE,
)
_INTRODUCED = (
    rf"(?: here)?(?:,? (?:here )?(?:at|from|with|of|von|vom|von der|von dem|bei|beim|de|du|del|de la|à"
    rf"|au) (?:the |der |dem |la |le |el )?|, (?:the )?){_TITLE}"
)
_TITLED = re.compile(rf"(?<!\w){_TITLE}")
_WHERE_IN_NAME = re.compile(r"(?:\(|\s[-–—|/]\s|,\s|\svia\s|\s(?:at|from)\s)\s?([^()|]{2,60})\)?\s*$")
_NOT_AN_OUTLET = frozenset({
    "i", "we", "my", "the", "a", "you", "your", "our", "it", "he", "she", "they", "his", "her", "ihr", "ihre",
    "ihren", "ihrem", "sie", "ich", "wir", "der", "die", "das", "vous", "nous",
    "je", "le", "la", "les", "su", "sus", "gmail", "outlook", "yahoo", "hotmail", "linkedin", "twitter", "x",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "today", "tomorrow", "morgen",
    "heute", "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december", "press", "media", "news", "best", "thanks", "dear",
    "sunday's", "tonight", "iphone", "ipad", "samsung", "google", "facebook",
    "tv", "radio", "english", "german", "french", "spanish", "freelance", "british", "us", "uk", "eu", "sendung",
    "beitrag", "artikel", "print", "online",
})  # fmt: skip


class Where(NamedTuple):
    """An outlet's name and how it is known: domain, register, signature, sentence, name, address (what is named is
    the name of its domain), or '' if it is not known."""

    name: str
    by: str


def written_for(letter: Letter, own: str, signature: Signed, desk: Desk, name: str) -> Where:
    """The outlet of a mail. `name` is its writer's. What is only a domain is no name: then there is none."""
    known = desk.outlet(letter.sender.domain)
    if known:
        return Where(known.name, "domain")
    text = " ".join(own[:_LOOKED_AT].split())
    registered = _registered(text[:800] + "\n" + "\n".join(signature.lines) + "\n" + letter.sender.name, desk)
    if registered:
        return Where(registered, "register")
    for by, found in (
        ("signature", _of_signature(signature)), ("sentence", _introduced(text, name)), ("sentence", _said(text)),
        ("name", _of_name(letter)), ("address", _of_address(letter, text, signature)),
    ):  # fmt: skip
        if found and not _refused(found, desk, name):
            return Where(found, by)
    return Where("", "")


def _registered(text: str, desk: Desk) -> str:
    """An outlet of the register that is named, the longest name first: `Funkhaus Nord` before `Funkhaus`."""
    folded = fold(text)
    for outlet in sorted(desk.outlets, key=lambda one: -len(one.name)):
        name = fold(outlet.name)
        at = folded.find(name) if len(name) >= 4 else -1
        # A word of every day (`Metro`, `Stern`) is only meant where it is written as a name.
        while at >= 0:
            beside = f"{folded[max(0, at - 1) : at]}{folded[at + len(name) : at + len(name) + 1]}"
            if not any(one.isalnum() for one in beside) and outlet.name in text:
                return outlet.name
            at = folded.find(name, at + 1)
    return ""


def _refused(found: str, desk: Desk, name: str) -> bool:
    folded, ours = fold(found), fold(desk.organisation)
    if ours and (folded == ours or folded.startswith((f"{ours} ", f"{ours}'"))):
        return True
    return (
        folded in _NOT_AN_OUTLET
        or folded == fold(name)
        or _ROLE_WORD.fullmatch(folded) is not None
        or is_free(folded)
        or folded.replace(" ", "").isdigit()
        or len(folded) < 2
    )


def _of_signature(signature: Signed) -> str:
    """What stands after the role in its line, before it, or alone in the line below or above."""
    at, lines = signature.role_at, signature.lines
    beside = _beside_name(signature)
    if at < 0 or beside:
        return beside
    pieces = [piece.strip(" ,.()") for piece in _SPLIT.split(lines[at]) if piece.strip(" ,.()")]
    rest = [one for one in pieces if not _ROLE_WORD.search(fold(one)) and _names_outlet(one) and one != signature.name]
    if rest:
        return rest[-1]
    glued = _glued(pieces)
    if glued:
        return glued
    for row in (at + 1, at + 2, at - 1):
        if (
            0 <= row < len(lines)
            and _names_outlet(lines[row])
            and lines[row] != signature.name
            and not _ROLE_WORD.search(fold(lines[row]))
        ):
            return re.split(r"\s*[|•·]\s*|,\s", lines[row], maxsplit=1)[0].strip(" ,.")
    return ""


def _beside_name(signature: Signed) -> str:
    """`Nina Wolff | Abendkurier`: what stands beside the name in its line, if it is no role."""
    line = next(
        (one for one in signature.lines if signature.name and signature.name in one and one != signature.name), ""
    )
    pieces = [piece.strip(" ,.()") for piece in _SPLIT.split(line)]
    if len(pieces) < 2 or pieces[0] != signature.name or any(_ROLE_WORD.search(fold(piece)) for piece in pieces):
        return ""
    return pieces[1] if _names_outlet(pieces[1]) else ""


def _names_outlet(piece: str) -> bool:
    return (
        2 <= len(piece) <= 60
        and piece[:1].isupper() | piece[:1].isdigit()
        and not _CONTACT.search(piece)
        and not _STREET.search(piece)
        and not _SECTION.fullmatch(fold(piece))
        and not piece.endswith(("?", "!", ":"))
    )


def _glued(pieces: list[str]) -> str:
    """`Bildredakteurin Wochenspiegel`, `Gridwatch reporter`: a name beside the role with nothing between."""
    for piece in pieces:
        words = piece.split()
        for count, word in enumerate(words):
            if _ROLE_WORD.fullmatch(fold(word)):
                after, before = " ".join(words[count + 1 :]), " ".join(words[:count])
                if after and _names_outlet(after) and not _SECTION.match(fold(after)) and after[:1].isupper():
                    return after
                if (
                    before
                    and _names_outlet(before)
                    and len(before.split()) >= 2
                    and all(one[:1].isupper() for one in before.split())
                    and word[:1].islower()
                ):
                    return before
    return ""


def _said(text: str) -> str:
    for pattern in _SAID:
        match = pattern.search(text)
        if match:
            return match[1].strip(" .,'’\"”»").removesuffix("'s").removesuffix("’s")
    return ""


def _introduced(text: str, name: str) -> str:
    """`Joanna at The Bulletin`, `Amrit Singh, Wirehouse News` in the first sentences, by the writer's own name."""
    first, _, rest = name.partition(" ")
    if len(first) < 3:
        return ""
    pattern = (
        rf"\b(?:{re.escape(first)}(?: {re.escape(rest)})?){_INTRODUCED}"
        if rest
        else rf"\b{re.escape(first)}{_INTRODUCED}"
    )
    match = re.search(pattern, text[:300])
    return match[1].strip(" .,") if match else ""


def _of_address(letter: Letter, text: str, signature: Signed) -> str:
    """A name in the signature or the text with the letters of the sender's domain: `The Ledger`, theledger.example."""
    domain = letter.sender.domain
    label = _letters(site(domain).partition(".")[0] or domain.partition(".")[0])
    if len(label) < 4 or is_free(domain):
        return ""
    pieces = [piece.strip(" ,.()") for line in signature.lines for piece in _SPLIT.split(line)]
    for piece in (*pieces, *(match[1] for match in islice(_TITLED.finditer(text[:800]), 40))):
        letters = _letters(piece)
        if (
            piece[:1].isupper()
            and letters
            and (letters == label or letters.removeprefix("the") == label or f"{letters}podcast" == label)
        ):
            return piece
    return ""


def _letters(name: str) -> str:
    return "".join(one for one in fold(name) if one.isalnum())


def _of_name(letter: Letter) -> str:
    """`Ruth Calder (North County Post)`, `Ruth Calder | BBC News` in the From field."""
    match = _WHERE_IN_NAME.search(letter.sender.name[:200])
    if not match or ("," in letter.sender.name and " " not in letter.sender.name.partition(",")[0].strip()):
        return ""
    found = match[1].strip(" \"'")
    return found if found[:1].isupper() and len(found) > 2 and "@" not in found else ""
