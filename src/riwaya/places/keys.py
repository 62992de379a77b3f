"""Under which keys a name is kept, so that its other spellings find it.

The tight key is the name in normal form with what that leaves of spelling taken away: spaces and marks (كفر نبل, كفرنبل), a hamza on its
seat (بئر, بير), letters of Persian and Kurdish. The loose key leaves more away, word by word: the article, whether the name ends in ta
marbuta or alef, a ta marbuta before another word (معرة شورين, معر شورين), the case of أبو, the dots that speech drops (ظ and ض, ذ and د,
ث and ت), a doubled letter. Two names that share a loose key need not be one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

from riwaya.text.normal import fold

_REMEMBERED = 20_000  # names and words: each is asked for several times in a row
_WORDS = re.compile(r"[^\W_]+").findall
_SEATS = str.maketrans("ئؤچگݣګپڤۋڨژۆۇێېڕڵڭۀۃڈډٹټڑںۓ", "يوجكككبفوقزووييرلنههددتترني", "ءʿʾ")  # of other languages too
_SPOKEN = str.maketrans("ظذث", "ضدت")
_ARTICLE = re.compile("^ال(?=...)")
_FATHER = re.compile("^ا(?=ب[ويا])ب[ويا](?=.|$)")
_ENDING = re.compile("(?<=..)ه$")
_ALEF = re.compile("(?<=..)ا$")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=_REMEMBERED)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in normal form, without marks."""
    return tuple(_WORDS(fold(name).translate(_SEATS).lower()))


def seated(word: str) -> str:
    """A word that is in normal form already as the tight key has it."""
    return word if word.isascii() else word.translate(_SEATS).lower()


def tight(name: str) -> str:
    """The key that spellings of one name share."""
    return "".join(words_of(name))


def loose(name: str) -> str:
    """The key that names share which may be one."""
    words = [_loosened(word) for word in words_of(name)]
    return "".join((*(_ENDING.sub("", word) for word in words[:-1]), *words[-1:]))


@lru_cache(maxsize=_REMEMBERED)
def _loosened(word: str) -> str:
    word = _FATHER.sub("بو", _ARTICLE.sub("", word))
    return _DOUBLED.sub(r"\1", _ALEF.sub("ه", word).translate(_SPOKEN))


def hashed(key: str) -> int:
    """64 bits of a key, the same on every machine."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
