"""Which column of a list holds what: guessed from the names that columns usually have, or as a person says.

Only names are looked at, never what stands beneath them: a guess from values would be wrong on the day it matters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from commsleads.rules.campaigns.identity import words

FIELDS = (
    "name", "first_name", "last_name", "email", "outlet", "domain", "group", "note", "control", "excluded", "kind",
)  # fmt: skip

USUAL: Mapping[str, str] = {
    "email": "email, e-mail, mail, e-mail address, email address, mail address, e-mail-adresse, mailadresse, "
    "emailadresse, adresse e-mail, adresse mail, adresse électronique, courriel, correo, correo electrónico, "
    "dirección de correo, primary email, business email",
    "name": "name, full name, contact, contact name, person, journalist, ansprechpartner, ansprechpartnerin, "
    "kontakt, vollständiger name, journalistin, nom complet, nom et prénom, prénom et nom, contacto, nombre completo, "
    "nombre y apellidos, periodista, journaliste",
    "first_name": "first name, firstname, given name, forename, vorname, prénom, nombre, nombre de pila",
    "last_name": "last name, lastname, surname, family name, nachname, familienname, zuname, nom, nom de famille, "
    "apellido, apellidos",
    "outlet": "outlet, media outlet, medium, media, publication, organisation, organization, company, employer, "
    "title of publication, redaktion, zeitung, firma, unternehmen, média, rédaction, journal, entreprise, société, "
    "medio, medio de comunicación, redacción, empresa, organización, periódico",
    "domain": "domain, website, web site, url, homepage, web, webseite, internetseite, site, site web, site internet, "
    "sitio web, página web, dominio, domaine",
    "group": "group, target group, segment, list, gruppe, zielgruppe, verteiler, groupe, groupe cible, liste, grupo, "
    "grupo objetivo, lista, segmento",
    "note": "note, notes, comment, comments, remark, remarks, notiz, bemerkung, bemerkungen, kommentar, anmerkung, "
    "remarque, commentaire, nota, notas, comentario, observaciones",
    "control": "control, control group, held back, hold back, holdback, kontrollgruppe, zurückgehalten, "
    "groupe de contrôle, groupe témoin, grupo de control",
    "excluded": "excluded, exclude, exclusion, do not contact, ausgeschlossen, ausschluss, nicht kontaktieren, exclu, "
    "ne pas contacter, excluido, no contactar",
    "kind": "kind, type of target, art",
}


def named(usual: Mapping[str, str]) -> dict[str, str]:
    """The field of each usual name of a column, as names are compared."""
    return {words(name): field for field, names in usual.items() for name in names.split(", ")}


_KNOWN = named(USUAL)
_YES = frozenset(("1", "yes", "y", "true", "x", "ja", "j", "wahr", "oui", "o", "vrai", "si", "sí", "s", "verdadero"))
_NO = frozenset(("", "0", "no", "n", "false", "nein", "falsch", "non", "faux", "falso", "-"))


class Columns(NamedTuple):
    """Where each field stands, counted from 0, and the names of columns that nobody reads. `problems` are sentences."""

    at: Mapping[str, int]
    unread: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def guess(header: Sequence[str], said: Mapping[str, str] | None = None, known: Mapping[str, str] = _KNOWN) -> Columns:
    """The columns of a list by its first row. `said` maps fields to a column's name, or its number counted from one.

    `known` says which names mean which field, as `named` makes it; else they are those of lists of targets.
    """
    said, fields = said or {}, FIELDS if known is _KNOWN else tuple(dict.fromkeys(known.values()))
    at: dict[str, int] = {}
    problems = [
        f"“{field[:60]}” is nothing that a list can give. There is: {', '.join(fields)}."
        for field in said
        if field not in fields
    ]
    for field, name in said.items():
        place = _place(header, name)
        if place is None:
            there = ", ".join(f"“{one[:40]}”" for one in header[:30] if one.strip())
            there = f"The list has: {there}." if there else f"The list has {len(header)}, without names."
            problems.append(f"No column is called “{name[:60]}”. {there}")
        elif field in fields:
            at[field] = place
    taken = set(at.values())
    for place, name in enumerate(header):
        field = known.get(words(name), "")
        if not field or place in taken or field in said:
            continue
        if field in at:
            both = f"“{header[at[field]][:40]}” and “{name[:40]}”"
            problems.append(f"Two columns look like {field}: {both}. Say which: --column {field}=NAME")
            continue
        at[field] = place
        taken.add(place)
    _only_name(at)
    unread = tuple(name for place, name in enumerate(header) if place not in at.values() and name.strip())
    if not {"email", "name", "last_name", "outlet", "domain"} & at.keys() and not problems:
        problems.append(
            "No column tells who is meant. Name one with --column email=NAME (or name, last_name, outlet, domain)."
        )
    return Columns(at, unread, tuple(problems))


def is_header(row: Sequence[str]) -> bool:
    """Whether a row holds a name of a column that tells who is meant."""
    telling = {"email", "name", "first_name", "last_name", "outlet", "domain"}
    return any(_KNOWN.get(words(cell)) in telling for cell in row) and not any("@" in cell for cell in row)


def truth(cell: str) -> bool | None:
    """What a cell says that asks for yes or no; empty is no. None when it cannot be told."""
    said = cell.strip().casefold()
    return True if said in _YES else False if said in _NO else None


def _place(header: Sequence[str], name: str) -> int | None:
    folded = words(name)
    for place, one in enumerate(header):
        if one.strip() == name.strip() or (folded and words(one) == folded):
            return place
    if re.fullmatch(r"[1-9]\d{0,3}", name.strip()) and int(name) <= len(header):
        return int(name) - 1
    return None


def _only_name(at: dict[str, int]) -> None:
    """ "Nom" and "nombre" alone are the whole name; beside the other part they are one."""
    for part, other in (("last_name", "first_name"), ("first_name", "last_name")):
        if part in at and other not in at and "name" not in at:
            at["name"] = at.pop(part)
