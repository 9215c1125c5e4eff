"""Numbers, absent cells and yes/no, as files write them, and decimals as the result writes them.

Rules: *Money* is exact; a kind of cell that says nothing (empty, NULL, None, NaN, -, N/A) is
"nothing", never 0; the decimal sign is given with the file, never guessed from one cell. All
arithmetic is `fractions.Fraction` and `int`; a binary floating point number never occurs.
"""

import json
import re
from fractions import Fraction

NOTHING = {"", "null", "none", "nan", "-", "n/a"}
YES = {"true", "t", "yes", "y", "1", "ok", "success", "successful", "succeeded", "completed", "pass", "passed"}
NO = {"false", "f", "no", "n", "0", "error", "err", "failure", "failed", "fail"}

_POINT = re.compile(r"[+-]?(?:\d{1,3}(?:[,'\u2019 ]\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d{1,2})?\Z")
_COMMA = re.compile(r"[+-]?(?:\d{1,3}(?:[.'\u2019 ]\d{3})+|\d+)?(?:,\d*)?(?:[eE][+-]?\d{1,2})?\Z")
_SPACES = re.compile("[\u00a0\u2009\u202f]")


class BadValue(Exception):
    """A cell that cannot be what its column is said to be: its row is bad."""


def present(value):
    """The value itself, or None where the cell says nothing."""
    if value is None:
        return None
    if isinstance(value, str):
        value = value.strip()
        return None if value.lower() in NOTHING else value
    return value


def text(value):
    """A cell as text; nothing is the empty text."""
    value = present(value)
    if value is None:
        return ""
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return next((text(item) for item in value if text(item)), "")
    if isinstance(value, Fraction):
        return decimal(value)
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True, default=str)
    return str(value)


def number(value, decimal_comma=False):
    """An exact number, or None for nothing."""
    value = present(value)
    if value is None:
        return None
    if isinstance(value, bool):
        raise BadValue("a number was expected")
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    if not isinstance(value, str):
        raise BadValue("a number was expected")
    written = _SPACES.sub(" ", value).replace("\u2212", "-").strip("$\u20ac\u00a3 ")
    if not any(c.isdigit() for c in written) or not written.isascii() and "\u2019" not in written:
        raise BadValue("not a number: " + value)
    if not (_COMMA if decimal_comma else _POINT).match(written):
        raise BadValue("not a number: " + value)
    thousands, point = (".", ",") if decimal_comma else (",", ".")
    for sign in (thousands, "'", "\u2019", " "):
        written = written.replace(sign, "")
    return Fraction(written.replace(point, "."))


def count(value, decimal_comma=False):
    """A whole number of at least 0, or None for nothing."""
    found = number(value, decimal_comma)
    if found is None:
        return None
    if found < 0 or found.denominator != 1:
        raise BadValue("a whole number was expected")
    return found.numerator


def yes(value):
    """True, False, or None for nothing. A status of HTTP counts: 2xx and 3xx are successes."""
    value = present(value)
    if value is None or isinstance(value, bool):
        return value
    word = text(value).lower()
    if word in YES:
        return True
    if word in NO:
        return False
    if re.match(r"[1-5]\d\d\Z", word):
        return word[0] in "23"
    raise BadValue("yes or no was expected: " + word)


def _json_number(written):
    exponent = re.search(r"[eE]([+-]?\d+)\Z", written)
    if exponent and abs(int(exponent.group(1))) > 99:
        raise ValueError("a number out of reach: " + written)
    return Fraction(written)


def _json_constant(name):
    if name == "NaN":
        return None
    raise ValueError("not a number: " + name)


_DECODER = json.JSONDecoder(parse_float=_json_number, parse_constant=_json_constant)


def parse_json(written):
    """One JSON value with exact numbers. Raises ValueError."""
    return _DECODER.decode(written)


def parse_json_stream(written):
    """JSON values that stand one after the other."""
    at, found = 0, []
    while True:
        while at < len(written) and written[at] in " \t\r\n":
            at += 1
        if at == len(written):
            return found
        value, at = _DECODER.raw_decode(written, at)
        found.append(value)


def decimal(value):
    """An exact decimal without trailing zeros. Falls back to 30 places where none is exact."""
    value = Fraction(value)
    rest, places = value.denominator, 0
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives) if rest == 1 else 30
    return _places(value, places, True)


def decimal15(value):
    """A fraction as a decimal with 15 places, half to even."""
    return _places(Fraction(value), 15, False)


def _places(value, places, trim):
    scaled = round(value * 10**places)  # Fraction rounds half to even
    sign, digits = ("-" if scaled < 0 else ""), str(abs(scaled)).rjust(places + 1, "0")
    if not places:
        return sign + digits
    whole, part = digits[:-places], digits[-places:]
    if trim:
        part = part.rstrip("0")
    return sign + whole + ("." + part if part else "")
