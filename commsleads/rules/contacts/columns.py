"""Which column of a list of contacts holds what, by the names that columns usually have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commsleads.rules.campaigns import columns
from commsleads.rules.campaigns.columns import Columns
from commsleads.rules.campaigns.identity import words

_FROM_TARGETS = ("name", "first_name", "last_name", "email", "outlet")
_USUAL: Mapping[str, str] = {field: columns.USUAL[field] for field in _FROM_TARGETS} | {
    "email_2": "email 2, e-mail 2, second email, other email, alternative email, private email, email privat, "
    "zweite e-mail, weitere e-mail, e-mail privat, email secondaire, autre e-mail, otro correo, correo 2",
    "phone": "phone, telephone, tel, phone number, direct line, landline, work phone, business phone, telefon, "
    "telefonnummer, festnetz, durchwahl, téléphone, numéro de téléphone, fixe, teléfono, número de teléfono",
    "phone_2": "mobile, mobile phone, cell, cell phone, phone 2, second phone, mobil, handy, mobiltelefon, telefon 2, "
    "portable, mobile 2, móvil, celular, teléfono móvil, teléfono 2",
    "role": "role, title, job title, position, function, rolle, funktion, stellung, titel, poste, fonction, cargo, "
    "puesto, función",
    "beat": "beat, beats, topic, topics, subject, subjects, covers, ressort, ressorts, themen, thema, fachgebiet, "
    "rubrique, rubriques, sujets, thèmes, sección, secciones, temas, área",
    "preferred": "preferred, preferred method, preferred contact, reach by, contact by, bevorzugt, bevorzugter weg, "
    "contact préféré, moyen préféré, medio preferido, contacto preferido",
    "origin": "origin, source, where from, herkunft, quelle, origine, provenance, origen, fuente, procedencia",
}
FIELDS = tuple(_USUAL)
_KNOWN = columns.named(_USUAL)
_TELLING = frozenset(("email", "name", "first_name", "last_name", "phone"))


def guess(header: Sequence[str], said: Mapping[str, str]) -> Columns:
    """The columns of a list of contacts by its first row; `said` maps fields to a column's name or number."""
    return columns.guess(header, said, _KNOWN)


def is_header(row: Sequence[str]) -> bool:
    """Whether a row holds a name of a column that tells who is meant."""
    named = {_KNOWN.get(words(cell)) for cell in row}
    return bool(_TELLING & named) and not any("@" in cell for cell in row)
