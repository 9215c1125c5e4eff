"""Importing again: one feed's files come together exactly.

Rules (decision 12, "Importing again"): two rows with one request id count once, the first; without
ids the multiplicity of an identical row is the largest over the files, not the sum. A file covers wholly
the hours strictly between those of its first and last row, and these two in part. An hour that two files
both cover wholly, with different rows, is a conflict: keep, replace or add. Where one covers it wholly and
the other in part, the whole one's rows stand if the other's totals are nowhere larger; else it is a conflict.
Where both cover it in part, it is the union of their rows, unless an instant at which both end or begin
has rows of each that the other lacks (a day's row that has grown since): that is a conflict. The same bytes
with the same meaning change nothing; with another meaning they replace what they told before. An import
taken back is as if it had never been, and so is what it said about which of two feeds counts; of what the
standing imports say of a pair, the last holds.
"""

import hashlib
import json
from collections import Counter, defaultdict

from instants import hour_of
from names import vendor_of
from pricebook import Refused


class Import:
    """One import step: what was read, how it answers a conflict, and what it stands for."""

    def __init__(self, raw, format, feed, mapping, on_conflict, reading, book_version, choices=None):
        self.bytes, self.feed = hashlib.sha256(raw).digest(), feed
        self.meaning = (format, _meaning(mapping) if format.startswith("generic") else "")
        self.on_conflict, self.reading, self.book_version = on_conflict, reading, book_version
        self.choices = choices or {}    # another feed -> which of the two counts: "this", "other" or "both"
        for choice in self.choices.values():
            if choice not in ("this", "other", "both"):
                raise Refused("of two feeds this, other or both counts, not %s" % choice)
        self.void = False          # the same bytes with the same meaning: nothing changed
        self.reverted = False


def _meaning(mapping):
    told = dict(mapping or {})
    for part in ("columns", "constants"):
        told[part] = sorted(json.dumps(one, sort_keys=True) for one in told.get(part) or [])
    told["inputIncludesCache"] = told.get("inputIncludesCache", True)
    for flag in ("dayFirst", "decimalComma"):
        told[flag] = bool(told.get(flag))
    told["timeZone"] = told.get("timeZone") or "UTC"
    told["costCurrency"] = told.get("costCurrency") or None
    return json.dumps(told, sort_keys=True)


class Feeds:
    """All imports in order, and which of them stand."""

    def __init__(self):
        self.imports = []

    def standing(self, feed=None):
        """Of the same bytes in one feed, the last meaning stands, in its own place."""
        live = [one for one in self.imports if not one.void and not one.reverted]
        last = {(one.feed, one.bytes): one for one in live}
        return [one for one in live if last[(one.feed, one.bytes)] is one and (feed is None or one.feed == feed)]

    def add(self, new):
        """Adds an import; returns its counts of rows and its hours in conflict."""
        before = self.standing(new.feed)
        self.imports.append(new)
        for old in before:
            if old.bytes == new.bytes and old.meaning == new.meaning:
                new.void = True
                return _counts(new.reading, 0, len(new.reading.rows), 0), 0
        feed = _Feed()
        told = None
        for one in self.standing(new.feed):
            told = feed.take(one)
        return told

    def giving_way(self):
        """feed -> the feeds it gives way to, where both meter the same."""
        loser = {}
        for one in self.standing():
            for other, choice in one.choices.items():
                if other != one.feed:
                    loser[frozenset((one.feed, other))] = {"this": (other, one.feed), "other": (one.feed, other)}.get(choice)
        found = defaultdict(set)
        for pair in filter(None, loser.values()):
            found[pair[0]].add(pair[1])
        return found

    def rows(self):
        """(import, row) of every row that stands, in the order of the imports."""
        feeds = {}
        for one in self.standing():
            feeds.setdefault(one.feed, _Feed()).take(one)
        order = {id(one): number for number, one in enumerate(self.imports)}
        found = [pair for feed in feeds.values() for pair in feed.rows()]
        found.sort(key=lambda pair: order[id(pair[0])])
        return found


def _counts(reading, good, duplicate, left_out):
    return {"read": reading.read, "good": good, "bad": reading.bad, "duplicate": duplicate,
            "skipped": reading.skipped + left_out}


def _totals(rows):
    """What rows come to by vendor, model, feature, tenant, environment and tier: requests, successes, tokens, money."""
    found = {}
    for row in rows:
        key = (vendor_of(row.vendor), " ".join(row.model.lower().split()), row.feature, row.tenant, row.environment, row.tier)
        successes = (1 if row.requests is None else row.requests) if row.success else 0
        counts = (row.requests or 0, successes, *row.tokens.values(), row.reasoning, row.amount or 0)
        before = found.get(key)
        found[key] = tuple(map(sum, zip(before, counts))) if before else counts
    return found


def _within(part, whole):
    """Whether the totals of some rows are each at most those of others."""
    those, nothing = _totals(whole), (0,) * 9
    return all(a <= b for key, counts in _totals(part).items() for a, b in zip(counts, those.get(key, nothing)))


def _differ(some, others, at):
    """Whether at an instant each has rows that the other lacks."""
    one = Counter(row.mark() for row in some if row.ns == at)
    other = Counter(row.mark() for row in others if row.ns == at)
    return bool(one - other) and bool(other - one)


class _Feed:
    """The rows of a feed as its imports are taken one after the other."""

    def __init__(self):
        self.kept = []                      # (import, row), None where replaced
        self.by_hour = defaultdict(list)    # hour -> places in kept
        self.ids = set()
        self.prints = Counter()
        self.covered = []                   # (first hour, last hour) of each import
        self.edges = set()                  # the first and the last instant of each import

    def rows(self):
        return [pair for pair in self.kept if pair]

    def take(self, one):
        rows, ids, duplicate = [], set(), 0
        for row in one.reading.rows:
            if row.request and row.request in ids:
                duplicate += 1
                continue
            if row.request:
                ids.add(row.request)
            rows.append(row)
        if not rows:
            return _counts(one.reading, 0, duplicate, 0), 0
        hours = defaultdict(list)
        for row in rows:
            hours[hour_of(row.ns)].append(row)
        first, last = min(hours), max(hours)
        edges = {min(row.ns for row in rows), max(row.ns for row in rows)}
        conflicts, told, outgrown = self._meet(hours, first, last, edges)
        for hour in outgrown:
            self._forget(hour, Counter(row.whole_print() for row in hours[hour]))
        dropped, added = set(), set()
        if one.on_conflict == "replace":
            for hour in conflicts:
                self._forget(hour)
        elif one.on_conflict == "add":
            added = conflicts
        else:
            dropped = conflicts
        left_out = good = 0
        there = {hour: Counter(self._row(place).whole_print() for place in self.by_hour.get(hour, ())) for hour in dropped}
        now = Counter()
        for row in rows:
            hour = hour_of(row.ns)
            if hour in told:
                duplicate += 1
                continue
            if hour in dropped:
                if there[hour][row.whole_print()] > 0:
                    there[hour][row.whole_print()] -= 1
                    duplicate += 1
                else:
                    left_out += 1
                continue
            if row.request:
                if row.request in self.ids:
                    duplicate += 1
                    continue
            elif hour not in added:
                mark = row.whole_print()
                now[mark] += 1
                if now[mark] <= self.prints[mark]:
                    duplicate += 1
                    continue
            good += 1
            self.by_hour[hour].append(len(self.kept))
            self.kept.append((one, row))
        for place in range(len(self.kept) - good, len(self.kept)):
            self._remember(self.kept[place][1], 1)
        self.covered.append((first, last))
        self.edges |= edges
        return _counts(one.reading, good, duplicate, left_out), len(conflicts)

    def _row(self, place):
        return self.kept[place][1]

    def _meet(self, hours, first, last, edges):
        """The hours in conflict, those told in whole already, and those whose rows this file has outgrown."""
        conflicts, told, outgrown = set(), set(), set()
        for hour in set(hours) | set(self.by_hour):
            if not first <= hour <= last:
                continue
            whole = first < hour < last
            whole_before = any(a < hour < b for a, b in self.covered)
            if not whole_before and not any(hour in ends for ends in self.covered):
                continue
            stands = [self._row(place) for place in self.by_hour.get(hour, ())]
            new = hours.get(hour, [])
            if whole and whole_before:
                if Counter(row.whole_print() for row in stands) != Counter(row.whole_print() for row in new):
                    conflicts.add(hour)
            elif whole:
                (outgrown if _within(stands, new) else conflicts).add(hour)
            elif whole_before:
                (told if _within(new, stands) else conflicts).add(hour)
            elif any(_differ(stands, new, at) for at in edges & self.edges if hour_of(at) == hour):
                conflicts.add(hour)
        return conflicts, told, outgrown

    def _remember(self, row, times):
        if row.request:
            self.ids.add(row.request) if times > 0 else self.ids.discard(row.request)
        else:
            self.prints[row.whole_print()] += times

    def _forget(self, hour, but=()):
        """Takes an hour's rows out, but as many as are told again."""
        again, left = Counter(but), []
        for place in self.by_hour.pop(hour, ()):
            row = self._row(place)
            if again[row.whole_print()] > 0:
                again[row.whole_print()] -= 1
                left.append(place)
            else:
                self._remember(row, -1)
                self.kept[place] = None
        if left:
            self.by_hour[hour] = left
