"""Which passwords are refused: too short, among those everybody tries first, or made of what is known of the person."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from review_app.domain.marking import _
from review_app.domain.workflow import Verdict

SHORTEST, LONGEST, ADVISED = 8, 128, 15
WORDS = Path(__file__).parent / "common_words.txt"
_LOOK_ALIKES = str.maketrans("013457@$!|", "oieastasil")
_ROWS = (
    "1234567890", "0123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "wxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm", "zaq12wsxcde34rfv", "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0", "abcdefghijklmnopqrstuvwxyz", "a1b2c3d4e5f6g7h8", "1a2b3c4d5e6f7g8h", "13579", "24680",
    "147258369", "741852963", "159357", "789456123", "31415926535", "1qazxsw23edcvfr4", "qwaszx", "qweasdzxc", "123qwe",
    "qwe123", "asd123", "zxc123", "1234qwer", "qwer1234", "asdf1234", "abc123", "abcd1234", "1234abcd", "9638527410",
)  # fmt: skip
_BOTH_WAYS = _ROWS + tuple(row[::-1] for row in _ROWS)
_LONG_ROW = 4


def verdict(password: str, known: Iterable[str] = ()) -> Verdict:
    """Say whether a password is good enough (ASVS 5.0 V6.2); `known` are the person's own address and names."""
    if len(password) < SHORTEST:
        return Verdict(False, _("Use at least %(least)s characters; %(advised)s or more are better."), _numbers())
    if len(password) > LONGEST:
        return Verdict(False, _("Use at most %(most)s characters."), _numbers())
    plain = _folded(password)
    if _is_own(plain, known):
        return Verdict(False, _("This password is too close to your name or address. Try four odd words."))
    if is_common(password):
        return Verdict(False, _("This password is among those everybody tries first. Try four odd words."))
    return Verdict(True)


def is_common(password: str) -> bool:
    """Tell whether a password is a common word, a row of keys, a date or a repetition, decorated or not."""
    plain = _folded(password)
    undoubled = re.sub(r"(.)\1+", r"\1", plain)
    rows = _only_rows(plain) or _only_rows(undoubled)
    return rows or _repeats(plain) or _is_date(plain) or any(_is_words(one) for one in _undressed(plain))


def _numbers() -> dict[str, int]:
    return {"least": SHORTEST, "most": LONGEST, "advised": ADVISED}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(WORDS.read_text(encoding="utf-8").split())


def _undressed(plain: str) -> set[str]:
    """Return the letters a password is built on: without figures and signs around them, and with 3 read as e."""
    read = plain.translate(_LOOK_ALIKES)
    trimmed = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    return {plain} | {re.sub(r"[\W\d_]+", "", one) for one in (plain, read, trimmed.translate(_LOOK_ALIKES))}


def _is_words(letters: str) -> bool:
    """Tell whether at most two common words make up all of it."""
    words = _words()
    pairs = ((letters[:cut], letters[cut:]) for cut in range(3, len(letters) - 2))
    return letters in words or letters in _cut_short() or any(a in words and b in words for a, b in pairs)


@lru_cache(maxsize=1)
def _cut_short() -> frozenset[str]:
    """Return long words as systems of old cut them after eight letters, and people still write them."""
    return frozenset(word[:SHORTEST] for word in _words() if len(word) > SHORTEST)


def _repeats(plain: str) -> bool:
    """Tell whether it is one piece again and again, or hardly more than two different characters."""
    return len(set(plain)) <= 3 or re.fullmatch(r"(.{1,5}?)\1+.{0,2}", plain) is not None


def _is_date(plain: str) -> bool:
    figures = re.sub(r"[\s./-]", "", plain)
    day, month, year = r"(0[1-9]|[12]\d|3[01])", r"(0[1-9]|1[0-2])", r"(19|20)\d\d"
    forms = (day + month + year, month + day + year, year + month + day, year + year)
    return any(re.fullmatch(form, figures) for form in forms)


def _only_rows(plain: str) -> bool:
    """Tell whether all of it is taken from rows of keys, at most two loose characters left."""
    rest = len(plain)
    start = 0
    while start < len(plain):
        taken = _row_from(plain, start)
        rest -= taken
        start += taken or 1
    return rest <= 2


def _row_from(plain: str, start: int) -> int:
    """Return how many characters from here run along a row, forwards or backwards; 0 for a short run."""
    for end in range(min(len(plain), start + 30), start + _LONG_ROW - 1, -1):
        piece = plain[start:end]
        if any(piece in row for row in _BOTH_WAYS):
            return end - start
    return 0


def _is_own(plain: str, known: Iterable[str]) -> bool:
    parts = {part for text in known for part in re.split(r"[\W_]+", _folded(text)) if len(part) >= _LONG_ROW}
    wholes = {_folded(text) for text in known if text}
    letters = re.sub(r"[\W\d_]+", "", plain)
    return plain in wholes or letters in parts or any(letters == a + b for a in parts for b in parts)
