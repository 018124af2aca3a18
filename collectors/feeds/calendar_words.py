"""Names of months, halves of the day and time zones, as feeds write them."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

MONTH_WORDS = """
- january jan januar jänner janvier janv jan enero ene gennaio gen janeiro januari leden ledna styczeń
  stycznia січень січня январь января ιανουάριος ιανουαρίου ιαν tammikuu tammikuuta ianuarie ian ocak január
- february feb februar feber février févr fev febrero febbraio febb fevereiro februari únor února luty lutego
  лютий лютого февраль февраля φεβρουάριος φεβρουαρίου φεβ φεβρ helmikuu helmikuuta februarie şubat február
- march mar märz mrz mär mars marzo março maart mrt březen března marzec marca березень березня март марта
  μάρτιος μαρτίου μαρ μάρ μαρτ maaliskuu maaliskuuta martie mart március marts marec
- april apr avril avr abril abr aprile aprill duben dubna kwiecień kwietnia квітень квітня апрель апреля
  απρίλιος απριλίου απρ huhtikuu huhtikuuta aprilie nisan április ápr
- may mai mayo maggio mag maio mei maj květen května травень травня май мая μάιος μαΐου μαι μαϊ μάι toukokuu
  toukokuuta mayıs május máj
- june jun juni juin junio giugno giu junho červen června czerwiec czerwca червень червня июнь июня ιούνιος
  ιουνίου ιουν ιούν kesäkuu kesäkuuta iunie iun haziran június jún
- july jul juli juillet juil julio luglio lug julho červenec července lipiec lipca липень липня июль июля
  ιούλιος ιουλίου ιουλ ιούλ heinäkuu heinäkuuta iulie iul temmuz július júl
- august aug août aout agosto ago augustus srpen srpna sierpień sierpnia серпень серпня август августа
  αύγουστος αυγούστου αυγ αύγ elokuu elokuuta ağustos augusztus
- september sep sept septembre septiembre setiembre set settembre sett setembro září wrzesień września
  вересень вересня сентябрь сентября σεπτέμβριος σεπτεμβρίου σεπ σεπτ syyskuu syyskuuta septembrie eylül
  szeptember
- october oct oktober okt octobre octubre ottobre ott outubro out říjen října październik października жовтень
  жовтня октябрь октября οκτώβριος οκτωβρίου οκτ lokakuu lokakuuta octombrie ekim október
- november nov novembre noviembre novembro listopad listopadu listopada листопад листопада ноябрь ноября
  νοέμβριος νοεμβρίου νοε νοέ νοεμ marraskuu marraskuuta noiembrie kasım
- december dec dezember dez décembre déc diciembre dic dicembre dezembro desember des prosinec prosince
  grudzień grudnia грудень грудня декабрь декабря δεκέμβριος δεκεμβρίου δεκ joulukuu joulukuuta decembrie
  aralık
"""
"""Twelve months, each after a dash, in English, German, French, Spanish, Italian, Portuguese, Dutch, Nordic, Slavic,
Greek and other tongues. Names cut short are found by their beginning.

"listopad" is November in Polish and Czech; the Croatian October is left out because it would contradict them.
"""

FORENOON = frozenset(("am", "a.m", "오전", "午前", "上午", "πμ", "de."))
AFTERNOON = frozenset(("pm", "p.m", "오후", "午後", "下午", "μμ", "du."))
KOREAN = frozenset(("오전", "오후"))

ZONE_MINUTES: dict[str, int] = {
    "utc": 0, "gmt": 0, "ut": 0, "z": 0, "wet": 0, "uct": 0, "zulu": 0,
    "bst": 60, "west": 60, "cet": 60, "met": 60, "mez": 60, "wat": 60,
    "cest": 120, "mest": 120, "mesz": 120, "eet": 120, "sast": 120, "cat": 120,
    "eest": 180, "msk": 180, "eat": 180, "trt": 180, "idt": 180,
    "gst": 240, "pkt": 300, "ist": 330, "npt": 345, "wib": 420, "ict": 420,
    "sgt": 480, "hkt": 480, "awst": 480, "pht": 480, "jst": 540, "kst": 540,
    "acst": 570, "aest": 600, "acdt": 630, "aedt": 660, "nzst": 720, "nzdt": 780,
    "brt": -180, "art": -180, "adt": -180, "ndt": -150, "nst": -210, "ast": -240, "clt": -240,
    "edt": -240, "est": -300, "cdt": -300, "cst": -360, "mdt": -360, "mst": -420, "pdt": -420,
    "pst": -480, "akdt": -480, "akst": -540, "hst": -600,
}  # fmt: skip
"""Minutes east of Greenwich. EST … PDT as RFC 822 says; "IST" is India, the commonest writer of it in feeds."""

ZONE_REGIONS: dict[str, str] = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
"""Abbreviations that follow summer time by themselves."""


def fold(word: str) -> str:
    """Lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))


@lru_cache(maxsize=512)
def month_of(word: str) -> int | None:
    """The month that a name means, written out or cut short to three letters or more; None for any other word."""
    word = fold(word)
    known = months()
    if word in known or len(word) < 3:
        return known.get(word)
    meant = {number for name, number in known.items() if name.startswith(word)}
    return meant.pop() if len(meant) == 1 else None


@cache
def months() -> dict[str, int]:
    """Every known name of a month, folded, to its number."""
    lines = MONTH_WORDS.split("- ")[1:]
    return {fold(word): number for number, line in enumerate(lines, start=1) for word in line.split()}
