"""What counts as spend: metered tokens × price book, reported amounts, and bills, never added up twice.

Rules (decisions 1, 4, 13, "What counts as spend"): the basis of a row is fixed when it is imported, and a
later price reaches only unpriced rows. A token charge restates what is metered of its vendor, model and
local day; what is metered without a price takes the rest of the charges that restate it. Charges of
another kind are added unless the same kind is metered with a cost that day. Nothing doubles.
"""

from collections import defaultdict
from fractions import Fraction

from instants import local_day

COMPUTED, REPORTED, CHARGE, UNPRICED = "computed", "reported", "charge", "unpriced"
ZERO = Fraction(0)


class Entry:
    """A row that stands, with its basis. `known` is its own cost, `share` its part of a bill."""

    __slots__ = ("row", "imported", "vendor", "day", "basis", "own", "known", "whole", "label", "share", "restates")

    def __init__(self, row, imported, vendor, day):
        self.row, self.imported, self.vendor, self.day = row, imported, vendor, day
        self.basis, self.known, self.whole, self.label = UNPRICED, None, False, UNPRICED
        self.share, self.restates = ZERO, False

    def cost(self):
        """What the row adds to the spend, or None where that is not known."""
        if self.restates:
            return None
        if self.share:
            return (self.known or ZERO) + self.share
        return self.known

    def fully_known(self):
        return not self.restates and (self.whole or self.share > 0)

    def spend_basis(self):
        return CHARGE if self.basis == UNPRICED and self.share else self.basis


def price(entry, books):
    """Fixes the basis at import, then lets each later price reach the row if it is unpriced."""
    first = entry.imported.book_version
    _at_import(entry, books[first])
    for book in books[first + 1:]:
        if entry.basis != UNPRICED:
            return
        _price_book(entry, book, own=True) or _price_book(entry, book, own=False)


def _at_import(entry, book):
    row = entry.row
    if row.at_gateway:
        _settle(entry, COMPUTED, ZERO, True, "gateway")
    elif not row.total and row.amount is not None:
        _settle(entry, CHARGE, row.amount, True, CHARGE)
    elif _price_book(entry, book, own=True):
        pass
    elif row.total and row.amount:
        _settle(entry, REPORTED, row.amount, True, REPORTED)
    else:
        _price_book(entry, book, own=False)


def _settle(entry, basis, known, whole, label):
    entry.basis, entry.known, entry.whole, entry.label = basis, known, whole, label


def _price_book(entry, book, own):
    row = entry.row
    found = book.resolve(entry.vendor, row.model)
    if found is None:
        return False
    rates = (book.own_price if own else book.makers_price)(found, row.tier, row.ns)
    if rates is None:
        return False
    cost, whole = rates.cost(row.tokens, row.context_size())
    _settle(entry, COMPUTED, cost, whole, rates.label)
    return True


def entries(rows, books, where):
    """Every row that stands, priced, and matched against the bills of its vendor and day."""
    found = []
    book = books[-1]
    for imported, row in rows:
        entry = Entry(row, imported, book.vendor(row.vendor), local_day(row.ns, where))
        price(entry, books)
        found.append(entry)
    days = defaultdict(list)
    for entry in found:
        days[(entry.vendor, entry.day)].append(entry)
    for (vendor, _), of_day in days.items():
        if any(entry.basis == CHARGE for entry in of_day):
            _match(vendor, of_day, book)
    return found


def _match(vendor, of_day, book):
    metered = defaultdict(list)     # what a model is compared by -> its metered entries
    metered_kinds, charges = set(), []
    for entry in of_day:
        if entry.row.file.counts_tokens:
            if entry.row.total:
                metered[book.identity(vendor, entry.row.model)].append(entry)
            elif entry.basis == CHARGE and entry.row.amount:
                metered_kinds.add(entry.row.kind)
        elif entry.basis == CHARGE:
            charges.append(entry)
    groups = defaultdict(list)      # models matched -> the charges with that match
    for charge in charges:
        if charge.row.kind is not None:
            charge.restates = charge.row.kind in metered_kinds
            continue
        models = _models_matched(vendor, charge.row.model, metered, book)
        if models:
            charge.restates = True
            groups[frozenset(models)].append(charge)
    for models, restating in groups.items():
        matched = [entry for model in models for entry in metered[model]]
        unpriced = [entry for entry in matched if entry.basis == UNPRICED]
        rest = sum((c.row.amount for c in restating), ZERO) - sum((e.known for e in matched if e.basis != UNPRICED), ZERO)
        if unpriced and rest > 0:
            tokens = sum(entry.row.total for entry in unpriced)
            for entry in unpriced:
                entry.share += rest * entry.row.total / tokens


def _models_matched(vendor, written, metered, book):
    """The metered models a charge restates: its own, else those nobody recognises, else all of the day."""
    if not metered:
        return None
    own = book.identity(vendor, written)
    if own[0] == "id":
        if own in metered:
            return [own]
        family, undated = book.family(vendor, own[1])
        kin = []
        for model in metered:
            if model[0] == "id":
                other, other_undated = book.family(vendor, model[1])
                if other == family and (undated or other_undated):
                    kin.append(model)
        if kin:
            return kin
        return [model for model in metered if model[0] == "text"]
    if own[1] and own in metered:
        return [own]
    return list(metered)
