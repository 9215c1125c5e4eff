"""Ratios divide like by like, and say how much of the whole they cover.

Rules (decisions 8, 9): the numerator and the denominator cover the same rows, those whose cost and whose
count are known. A session belongs to the cell (hour × vendor × model × feature × tenant × environment ×
tier × price) of its first request and to that request's day; it is successful if its last request was.
A row that names no session counts for none: what it costs is
no session's cost. A partly priced row counts its known part as spend and is not "cost known". Where some of what a feed tells of
a day gives way to another feed, its sessions of that day are told in parts, and what they cost is not known.
"""

from collections import defaultdict
from fractions import Fraction

from instants import hour_of
from values import decimal15


def cell_of(entry):
    row = entry.row
    return (entry.imported.feed, entry.day, hour_of(row.ns), entry.vendor, row.model.lower(), row.feature, row.tenant,
            row.environment, row.tier, entry.label, bool(row.session))


class Session:
    __slots__ = ("first", "last_ns", "outcomes")

    def __init__(self, entry):
        self.first, self.last_ns, self.outcomes = entry, entry.row.ns, []


def sessions_of(entries):
    """The sessions of each feed over all its files: first request, and what the last instant said."""
    found = {}
    for entry in entries:
        row = entry.row
        if not row.session or not row.file.counts_sessions:
            continue
        session = found.setdefault((entry.imported.feed, row.session), None)
        if session is None:
            session = found[(entry.imported.feed, row.session)] = Session(entry)
        if row.ns < session.first.row.ns:
            session.first = entry
        if row.ns > session.last_ns:
            session.last_ns, session.outcomes = row.ns, []
        if row.ns == session.last_ns:
            session.outcomes.append(row.outcome())
    return list(found.values())


def outcome_of(session):
    """True, False, or None where the last request states none."""
    said = [one for one in session.outcomes if one is not None]
    return any(said) if said else None


def ratio(top, bottom, covered, whole):
    if not bottom:
        return {"value": None, "coverage": None}
    return {"value": decimal15(Fraction(top) / bottom),
            "coverage": decimal15(Fraction(covered) / whole) if whole else None}


def ratios(entries, sessions):
    """Of the entries and sessions of the period."""
    known_cell = defaultdict(lambda: True)
    for entry in entries:
        if not entry.fully_known():
            known_cell[cell_of(entry)] = False
    known = [entry for entry in entries if known_cell[cell_of(entry)]]

    def cost(rows):
        return sum((entry.cost() for entry in rows), Fraction(0))

    def counts(what):
        return [entry for entry in known if what(entry.row.file)]

    covered = [s for s in sessions if known_cell[cell_of(s.first)] and not s.first.parted]
    knowing = [s for s in covered if s.first.row.file.knows_outcomes]
    successful = [s for s in knowing if outcome_of(s)]
    stated = [s for s in sessions if outcome_of(s) is not None]
    requests = lambda rows: sum(entry.row.requests or 0 for entry in rows)
    tokens = lambda rows: sum(entry.row.total for entry in rows)
    by_request = counts(lambda f: f.counts_requests)
    by_token = [entry for entry in counts(lambda f: f.counts_tokens) if not entry.row.untold]
    by_session = [entry for entry in counts(lambda f: f.counts_sessions) if entry.row.session and not entry.parted]
    by_decided = [entry for entry in by_session if entry.row.file.knows_outcomes]
    return {
        "perSession": ratio(cost(by_session), len(covered), len(covered), len(sessions)),
        "perSuccessfulSession": ratio(
            cost(by_decided), len(successful), len(knowing), len(sessions)),
        "perRequest": ratio(cost(by_request), requests(by_request), requests(by_request), requests(entries)),
        "per1kTokens": ratio(1000 * cost(by_token), tokens(by_token), tokens(by_token), tokens(entries)),
        "successShare": ratio(sum(1 for s in stated if outcome_of(s)), len(stated), len(stated), len(sessions)),
    }
