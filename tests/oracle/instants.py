"""Instants and local days.

Rules: time is kept in UTC, to the nanosecond; days are cut in the reporting zone; a row of a
day (a date without a time) is of that date wherever it is reported, and stands at noon of it in UTC; years before 2015 or from
2100 are bad. A local time that happens twice is the first of the two; one that a change of
clocks leaves out is read with the offset before the change.
"""

import re
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from values import BadValue, present, text

SECOND = 10**9
HOUR = 3600 * SECOND
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
FIRST = int((datetime(2015, 1, 1, tzinfo=timezone.utc) - EPOCH).total_seconds()) * SECOND
AFTER = int((datetime(2100, 1, 1, tzinfo=timezone.utc) - EPOCH).total_seconds()) * SECOND

MONTHS = {name: i + 1 for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}
_TIME = r"(?:[T ,]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([AaPp][Mm])?\s*(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?\Z"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME)
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})\Z")
_DAY_OR_MONTH_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})" + _TIME)
_NAMED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ,]+(\d{4})" + _TIME)
_NAMED_US = re.compile(r"([A-Za-z]{3})[a-z]* (\d{1,2}),? (\d{4})" + _TIME)
_UNIX = re.compile(r"-?\d+(?:\.\d+)?\Z")
_ZONES = {}
_DAYS = {}


class WholeDay(int):
    """The noon in UTC that stands for a date without a time."""

    def date(self):
        return local_day(self, timezone.utc)


def zone(name):
    if name not in _ZONES:
        _ZONES[name] = timezone.utc if name in ("UTC", "Etc/UTC", "Z") else ZoneInfo(name)
    return _ZONES[name]


def local_day(ns, where):
    """The day of an instant in a zone, as 2026-07-01. Offsets change on quarter hours only."""
    quarter = ns // (900 * SECOND)
    key = (quarter, id(where))
    day = _DAYS.get(key)
    if day is None:
        day = (EPOCH + timedelta(seconds=quarter * 900)).astimezone(where).date().isoformat()
        if len(_DAYS) > 200000:
            _DAYS.clear()
        _DAYS[key] = day
    return day


def hour_of(ns):
    """The UTC hour an instant lies in, counted from 1970."""
    return ns // HOUR


def within_reach(ns):
    if not FIRST <= ns < AFTER:
        raise BadValue("a year outside 2015 to 2099")
    return ns


def from_unix(value):
    """Unix time in seconds, milliseconds, microseconds or nanoseconds, told by its size."""
    size = abs(value)
    unit = SECOND if size < 10**11 else 10**6 if size < 10**14 else 10**3 if size < 10**17 else 1
    return within_reach(int(value * unit // 1))


def from_datetime(moment, fraction=0):
    since = moment - EPOCH
    return within_reach((since.days * 86400 + since.seconds) * SECOND + fraction)


def parse(value, where, day_first=False):
    """An instant in nanoseconds. `where` is the zone of a time that names none."""
    value = present(value)
    if value is None:
        raise BadValue("no time")
    if not isinstance(value, str):
        if isinstance(value, bool):
            raise BadValue("not a time")
        try:
            return from_unix(value)
        except TypeError:
            raise BadValue("not a time")
    year_first = _YEAR_FIRST.match(value)
    if year_first:
        year, _, month, day = year_first.group(1, 2, 3, 4)
        rest = year_first.groups()[4:]
        return _build(int(year), int(month), int(day), rest, where)
    compact = _COMPACT.match(value)
    if compact:
        return _build(*(int(part) for part in compact.groups()), (None,) * 6, where)
    if _UNIX.match(value):
        from values import number

        return from_unix(number(value))
    either = _DAY_OR_MONTH_FIRST.match(value)
    if either:
        first, sign, second, year = either.group(1, 2, 3, 4)
        day, month = (first, second) if day_first or sign == "." else (second, first)
        return _build(int(year), int(month), int(day), either.groups()[4:], where)
    named = _NAMED.match(value)
    if named and named.group(2).lower() in MONTHS:
        day, month, year = named.group(1, 2, 3)
        return _build(int(year), MONTHS[month.lower()], int(day), named.groups()[3:], where)
    named = _NAMED_US.match(value)
    if named and named.group(1).lower() in MONTHS:
        month, day, year = named.group(1, 2, 3)
        return _build(int(year), MONTHS[month.lower()], int(day), named.groups()[3:], where)
    raise BadValue("not a time: " + text(value))


def _build(year, month, day, rest, where):
    hour, minute, second, fraction, half, offset = rest
    try:
        if hour is None:
            return WholeDay(from_datetime(datetime(year, month, day, 12, tzinfo=timezone.utc)))
        hour, minute, second = int(hour), int(minute), int(second or 0)
        if half:
            if not 1 <= hour <= 12:
                raise BadValue("not a time of day")
            hour = hour % 12 + (12 if half.lower() == "pm" else 0)
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        raise BadValue("no such day or time")
    if offset is None:
        moment = _in_zone(moment, where)
    elif offset.upper() in ("Z", "UTC", "GMT"):
        moment = moment.replace(tzinfo=timezone.utc)
    else:
        digits = offset[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        if minutes >= 24 * 60 or int(digits[2:]) > 59:
            raise BadValue("no such offset")
        shift = timedelta(minutes=minutes if offset[0] == "+" else -minutes)
        moment = moment.replace(tzinfo=timezone.utc) - shift
    return from_datetime(moment, int((fraction or "").ljust(9, "0")[:9]))


def _in_zone(naive, where):
    if where is timezone.utc:
        return naive.replace(tzinfo=timezone.utc)
    offset = naive.replace(tzinfo=where, fold=0).utcoffset()
    return naive.replace(tzinfo=timezone.utc) - offset


def parse_iso(value):
    """An instant of a price's start or end: ISO 8601; a bare date is its first moment in UTC."""
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})\Z", value)
    if found:
        moment = datetime(*(int(part) for part in found.groups()), tzinfo=timezone.utc)
        since = moment - EPOCH
        return since.days * 86400 * SECOND
    fraction = re.search(r"\.(\d+)", value)
    plain = re.sub(r"\.\d+", "", value).replace("Z", "+00:00")
    moment = datetime.fromisoformat(plain)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    since = moment - EPOCH
    nanos = int(fraction.group(1).ljust(9, "0")[:9]) if fraction else 0
    return (since.days * 86400 + since.seconds) * SECOND + nanos
