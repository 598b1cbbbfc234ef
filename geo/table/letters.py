"""Wrong letters: text that was encoded twice, or read in an encoding that is not its own."""

import re
from collections.abc import Iterator
from itertools import islice

# What Windows-1252 has in place of the control characters of Latin-1.
AS_LATIN_1 = {ord(bytes([b]).decode("cp1252", "replace")): b for b in range(0x80, 0xA0)}
AS_LATIN_1.pop(0xFFFD, None)
UNMISTAKABLE = re.compile("[ÂÃÄÅÐÑ][¡-©¬-¹¼-¾]|â€[^\\s\\w]|Ã[ŠŒŽšœžŸƒ]")
LETTER = r"[^\W\d_]"
HIGH = re.compile("[\u00aa-\u024f]")
OTHER_WORD = re.compile(rf"(?<!{LETTER})[À-ÖØ-öø-ÿ]{{4,}}(?!{LETTER})")
SYMBOL_WITHIN = re.compile("(?<=[A-Za-zÀ-ÖØ-öø-ÿ])[¢£¤¥¦¬¯¹²³¼½¾¿¡±](?=[a-zà-öø-ÿ])")
MIXED_WORD = re.compile("[A-Za-z][\u0370-\u06ff]|[\u0370-\u06ff][A-Za-z]")
BEGINNING, END = re.compile(rf"{LETTER}*\Z"), re.compile(rf"{LETTER}*")
RUN = re.compile("[\u00a1-\u00ff]{4,40}")
SYMBOL = re.compile("[\u00a1-\u00bf×÷]")
SHORTEST = 3  # letters, of a word that speaks against Windows-1252
LONGEST_WORD = 40  # to either side; what is longer is judged by its part
# The most likely first: where two read a word equally well, nobody can tell, and this decides.
OTHER_ALPHABETS = {
    "cp1251": "Windows-1251 (Cyrillic)",
    "koi8_r": "KOI8-R (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
}
CENTRAL_EUROPEAN = {"cp1250": "Windows-1250 (Central European)"}
MOST_FOREIGN = 0.6  # of the letters in words that have any beyond ASCII; French has a third
WORDS_JUDGED = 1_000


def encoded_once(text: str) -> str | None:
    """What `text` was before it was encoded twice: München of MÃ¼nchen; None where it was not.

    Where a part alone was, and cannot be undone, the text comes back as it is.
    """
    if text.isascii():
        return None
    if whole := _undone(text):
        return whole
    if UNMISTAKABLE.search(text):
        return " ".join(_undone(word) or word for word in text.split(" "))
    return None


def _undone(text: str) -> str | None:
    try:
        once = text.translate(AS_LATIN_1).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None
    beyond = [c for c in once if not c.isascii()]
    rare = sum(not _is_common(c) for c in beyond)
    by_chance = rare == 1 or MIXED_WORD.search(once)
    return None if not beyond or by_chance else once


def _is_common(c: str) -> bool:
    """Whether a letter or sign is one that texts hold, not one that chance makes of two others."""
    known = "\xa0" <= c <= "\u017f" or "\u0370" <= c <= "\u06ff" or "\u1e00" <= c <= "\u1eff"
    return (known and (c.isalpha() or c < "\xc0")) or "\u2010" <= c <= "\u2122"


def other_alphabet(text: str) -> tuple[str, str, str] | None:
    """A word that Windows-1252 made of another alphabet, how it reads there, and that encoding.

    `Ìîñêâà`, `Москва`, `Windows-1251 (Cyrillic)`; None where no word looks like one.
    """
    found = OTHER_WORD.search(text)
    return _read_as(found[0], [found[0]], OTHER_ALPHABETS) if found else None


def doubtful(text: str) -> tuple[str, str, str] | None:
    """The same of a whole text that was read as Windows-1252 for want of anything better."""
    words = list(islice(_words(text, HIGH), WORDS_JUDGED))
    letters = "".join(words)
    high = [word for word in words if len(word) >= SHORTEST and not any(map(str.isascii, word))]
    if high and sum(not c.isascii() for c in letters) > MOST_FOREIGN * len(letters):
        return _read_as(max(high, key=len), words, OTHER_ALPHABETS)
    for word in _words(text, SYMBOL_WITHIN):
        return _read_as(word, [word, *words], CENTRAL_EUROPEAN)
    if found := next((run[0] for run in RUN.finditer(text) if SYMBOL.search(run[0])), None):
        return found, found, ""
    return None


def _words(text: str, sign: re.Pattern[str]) -> Iterator[str]:
    """Each word with such a sign in it."""
    done = 0
    while found := sign.search(text, done):
        at = found.start()
        before = BEGINNING.search(text[max(done, at - LONGEST_WORD) : at])
        after = END.match(text, at + 1, at + 1 + LONGEST_WORD)
        done = after.end() if after else at + 1
        yield (before[0] if before else "") + text[at:done]


def _read_as(word: str, words: list[str], names: dict[str, str]) -> tuple[str, str, str] | None:
    """How `word` reads in the encoding in which `words` are least of a mess."""
    # Imported here, for few tables ever need it.
    from charset_normalizer import from_bytes

    data = " ".join(words).encode("cp1252", "ignore")
    fitting = {match.encoding: match for match in from_bytes(data, cp_isolation=list(names))}
    if not fitting:
        return word, word, ""
    order = list(names)
    best = min(fitting, key=lambda e: (fitting[e].chaos, -fitting[e].coherence, order.index(e)))
    return word, word.encode("cp1252", "ignore").decode(best, "replace"), names[best]
