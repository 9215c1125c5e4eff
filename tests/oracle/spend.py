"""What counts as spend: metered tokens × price book, reported amounts, and bills, never added up twice.

Rules (decisions 1, 4, 13, "What counts as spend"): the basis of a row is fixed when it is imported, and a
later price reaches only unpriced rows. A token charge restates what is metered of its vendor, model and
day: providers bill days of UTC, so rows meet by these, unless some file tells of that vendor's day by a date of the
reporting zone; a row is reported on its own local day, a row of a date on that date. What it restates is: of the same id, of a dated id and its undated one, or of equal text. Charges whose model is not
recognised restate what no such match has taken, or where everything is taken, all of it; so do those whose
model is recognised and not metered, while what nobody recognises is free. What is metered without a price
or without the rate of some kind of token takes the rest of the charges that restate it. Charges of another
kind are added unless the same kind is metered with a cost that day. A file that names no vendor at all is
matched as of the one provider that sells its model. Where two feeds meter the same vendor, family of models
and day, and the user chose one, all the other tells of them adds nothing. Nothing doubles.
"""

from collections import defaultdict
from fractions import Fraction

from formats import label_of
from instants import local_day, zone

COMPUTED, REPORTED, CHARGE, UNPRICED = "computed", "reported", "charge", "unpriced"
ZERO = Fraction(0)


class Entry:
    """A row that stands, with its basis. `known` is its own cost, `share` its part of a bill.

    `unrated` counts its tokens without a rate; `seller` is the vendor it is matched as; `gives_way` says that
    another feed counts in its place, `parted` that some rows of its feed and day do."""

    __slots__ = ("row", "imported", "vendor", "seller", "day", "billed_on", "basis", "known", "whole", "label", "unrated", "share",
                 "restates", "gives_way", "parted")

    def __init__(self, row, imported, vendor, day):
        self.row, self.imported, self.vendor, self.day = row, imported, vendor, row.date or day
        self.billed_on = local_day(row.ns, zone("UTC"))
        self.basis, self.known, self.whole, self.label = UNPRICED, None, False, UNPRICED
        self.unrated = row.total
        self.share, self.restates = ZERO, False
        self.seller, self.gives_way, self.parted = vendor, False, False

    def cost(self):
        """What the row adds to the spend, or None where that is not known."""
        if self.restates:
            return None
        if self.share:
            return (self.known or ZERO) + self.share
        return self.known

    def fully_known(self):
        return not self.restates and (self.whole or self.share > 0)

    def unpriced(self):
        return self.basis == UNPRICED and not self.share

    def by_basis(self, basis):
        """What the row adds to the spend on a basis: its part of a bill is a charge."""
        if self.restates:
            return ZERO
        own = self.known if self.basis == basis and self.known is not None else ZERO
        return own + self.share if basis == CHARGE else own


def price(entry, books):
    """Fixes the basis at import, then lets each later price reach the row if it is unpriced."""
    first = entry.imported.book_version
    _at_import(entry, books[first])
    for book in books[first + 1:]:
        if entry.basis != UNPRICED or entry.row.untold:
            return
        _price_book(entry, book, own=True) or _price_book(entry, book, own=False)


def _at_import(entry, book):
    row = entry.row
    if row.at_gateway:
        _settle(entry, COMPUTED, ZERO, "gateway")
    elif row.untold and (row.amount is None or not row.amount and row.file.counts_tokens):
        pass                        # nobody knows what it cost, whatever prices there are
    elif not row.total and row.amount is not None:
        _settle(entry, CHARGE, row.amount, CHARGE)
    elif _price_book(entry, book, own=True):
        pass
    elif row.total and row.amount:
        _settle(entry, REPORTED, row.amount, REPORTED)
    else:
        _price_book(entry, book, own=False)


def _settle(entry, basis, known, label, unrated=0):
    entry.basis, entry.known, entry.label = basis, known, label
    entry.whole, entry.unrated = not unrated, unrated


def _price_book(entry, book, own):
    row = entry.row
    found = book.resolve(entry.vendor, row.model)
    if found is None:
        return False
    rates = (book.own_price if own else book.makers_price)(found, row.tier, row.ns)
    if rates is None:
        return False
    cost, unrated = rates.cost(row.tokens, row.context_size())
    _settle(entry, COMPUTED, cost, rates.label, unrated)
    return True


def entries(rows, books, where, giving_way=()):
    """Every row that stands, priced, and matched against the bills of its vendor and day."""
    found = []
    book = books[-1]
    for imported, row in rows:
        entry = Entry(row, imported, book.vendor(row.vendor), local_day(row.ns, where))
        price(entry, books)
        found.append(entry)
    _name_sellers(found, book)
    # Where some file tells of a vendor by dates of the reporting zone, its day is matched by these.
    local = {(entry.seller, entry.day) for entry in found
             if entry.row.date and entry.row.file.where is where is not zone("UTC")}
    for entry in found:
        if (entry.seller, entry.day) in local:
            entry.billed_on = entry.day
    if giving_way:
        _give_way(found, book, giving_way)
    days = defaultdict(list)
    for entry in found:
        if not entry.gives_way:
            days[(entry.seller, entry.billed_on)].append(entry)
    for (vendor, _), of_day in days.items():
        if any(entry.basis == CHARGE for entry in of_day):
            _match(vendor, of_day, book)
    return found


def _name_sellers(found, book):
    """Rows of a file that names no vendor are matched as of the only provider that sells their model."""
    named = {}
    for entry in found:
        if entry.vendor:
            continue
        file = entry.row.file
        if id(file) not in named:
            named[id(file)] = any(book.vendor(row.vendor) for row in file.rows)
        if not named[id(file)]:
            model = book.resolve("", entry.row.model)
            entry.seller = model.own if model else ""


def _give_way(found, book, giving_way):
    """Marks what a feed tells of a vendor, family of models and day where one that it gives way to meters them."""
    metered = defaultdict(set)      # vendor, family, day -> the feeds that meter them
    keys = []
    for entry in found:
        key = (entry.seller, book.family(entry.seller, entry.row.model)[0], entry.billed_on)
        keys.append(key)
        if entry.row.file.counts_tokens and entry.row.total:
            metered[key].add(entry.imported.feed)
    for entry, key in zip(found, keys):
        if entry.row.file.counts_tokens and entry.imported.feed in giving_way:
            entry.gives_way = not metered[key].isdisjoint(giving_way[entry.imported.feed])
    parted = {(entry.imported.feed, entry.billed_on) for entry in found if entry.gives_way}
    for entry in found:
        entry.parted = (entry.imported.feed, entry.billed_on) in parted


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
    unmetered, unrecognised = [], []
    for charge in charges:
        if charge.row.kind is not None:
            charge.restates = charge.row.kind != "credit" and charge.row.kind in metered_kinds
        elif metered:
            models = _own_models(vendor, charge.row.model, metered, book)
            if models:
                groups[frozenset(models)].append(charge)
            elif book.resolve(vendor, charge.row.model):
                unmetered.append(charge)
            elif label_of(charge.row.model):
                pass                # what no metered model is called, and calls itself something else
            else:
                unrecognised.append(charge)
    taken = frozenset().union(*groups)
    free = [model for model in metered if model not in taken]
    free_unrecognised = [model for model in free if model[0] == "text"]
    for models, restating in groups.items():
        _restate(restating, [entry for model in models for entry in metered[model]])
    if unmetered and free_unrecognised:
        models, restating = (free, unmetered + unrecognised) if unrecognised else (free_unrecognised, unmetered)
        _restate(restating, [entry for model in models for entry in metered[model]])
    else:
        _restate(unrecognised, [entry for model in free for entry in metered[model]])


def _own_models(vendor, written, metered, book):
    """The metered models a charge names: the same id, dated ids and their undated one, or equal text."""
    own = book.identity(vendor, written)
    if own in metered and own[1]:
        return [own]
    if own[0] == "text":
        return []
    family, undated = book.family(vendor, written)
    kin = []
    for model, rows in metered.items():
        if model[0] == "id":
            other, other_undated = book.family(vendor, rows[0].row.model)
            if other == family and (undated or other_undated):
                kin.append(model)
    return kin


def _restate(charges, rows):
    """Charges that tell again what rows tell: what they leave goes to the tokens without a rate, by their number."""
    if not charges:
        return
    for charge in charges:
        charge.restates = True
    open_rows = [entry for entry in rows if entry.unrated]
    rest = sum((c.row.amount for c in charges), ZERO) - sum((e.known for e in rows if e.known is not None), ZERO)
    if open_rows and rest > 0:
        tokens = sum(entry.unrated for entry in open_rows)
        for entry in open_rows:
            entry.share += rest * entry.unrated / tokens
