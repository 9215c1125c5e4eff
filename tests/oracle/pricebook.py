"""The price book: overrides before list prices, resellers, tiers of service and of context.

Rules (decisions 2, 3, 6): a price is found for (vendor, model, tier of service, instant); an
override comes before the list; a reseller without a price of its own uses the maker's list price,
but only where the row reports no amount: azure sells openai's models, vertex google's, both whatever
is called claude, openrouter those of the name before the slash. With no vendor the model must belong
to exactly one provider. The tiers "priority" and "fast" are one: where the book has no price of the
one, the other's holds. A price row of the list holds until the next one starts; a row without rates is no price.
A price without a cache-read rate bills cached input as plain input; without a 5-minute write rate
at the input rate; without a 1-hour write rate at the 5-minute one. The list states a 1-hour write as
a multiple of the input price that applies.
"""

import gzip
import json
import os
from bisect import bisect_right
from fractions import Fraction

import names
from instants import parse_iso

MILLION = 10**6
KINDS = ("input", "cacheRead", "cacheWrite5m", "cacheWrite1h", "output")
_IN_LIST = {"input": "input", "cache_read": "cacheRead", "cache_write": "cacheWrite5m",
            "cache_write_1h": "cacheWrite1h", "output": "output"}


# Two names of one tier of service.
_TWINS = {"priority": "fast", "fast": "priority"}


class Refused(Exception):
    """The scenario asks for something that is refused; the message is the answer."""


class Rates:
    """What one price says per million tokens of each kind."""

    __slots__ = ("base", "multiple", "tiers", "label", "_effective")

    def __init__(self, base, multiple, tiers, label):
        self.base, self.multiple, self.label = base, multiple, label
        self.tiers = sorted(tiers, key=lambda tier: tier[0])
        self._effective = {}

    def effective(self, context):
        """The rate of each kind for a request of that many input tokens; None where there is none."""
        chosen = None
        for above, rates in self.tiers:
            if context > above:
                chosen = (above, rates)
        key = chosen and chosen[0]
        if key in self._effective:
            return self._effective[key]
        tier = chosen[1] if chosen else {}

        def said(kind):
            return tier[kind] if kind in tier else self.base.get(kind)

        if self.label[0] != "list":
            # What a person or a contract does not state has no rate.
            rate = self._effective[key] = {kind: said(kind) for kind in KINDS}
            return rate
        rate = {"input": said("input"), "output": said("output")}
        rate["cacheRead"] = said("cacheRead") if said("cacheRead") is not None else rate["input"]
        rate["cacheWrite5m"] = said("cacheWrite5m") if said("cacheWrite5m") is not None else rate["input"]
        if said("cacheWrite1h") is not None:
            rate["cacheWrite1h"] = said("cacheWrite1h")
        elif self.multiple is not None and rate["input"] is not None:
            rate["cacheWrite1h"] = rate["input"] * self.multiple
        else:
            rate["cacheWrite1h"] = rate["cacheWrite5m"]
        self._effective[key] = rate
        return rate

    def cost(self, tokens, context):
        """(what the rated kinds cost, how many tokens are of a kind without a rate)."""
        rate = self.effective(context)
        total, unrated = Fraction(0), 0
        for kind in KINDS:
            if tokens[kind]:
                if rate[kind] is None:
                    unrated += tokens[kind]
                else:
                    total += tokens[kind] * rate[kind]
        return total / MILLION, unrated


class PriceList:
    """One or several lists read together; what a later one says of a model stands."""

    def __init__(self, documents):
        self.prices, self.tables, self.spellings = {}, {}, {}
        sold, aliases = {}, {}
        for number, document in enumerate(documents):
            for provider, models in document["prices"].items():
                for model, tiers in models.items():
                    identity = model.lower()
                    if number:
                        for key in [k for k in self.prices if k[0] == provider and k[1] == identity]:
                            del self.prices[key]
                    sold.setdefault(provider, set()).add(model)
                    for tier, rows in tiers.items():
                        self.prices[(provider, identity, tier.lower())] = self._rows(provider, identity, tier, rows)
            aliases.update(document.get("aliases", {}).get("models", {}))
            self.spellings.update(document.get("aliases", {}).get("providers", {}))
        for provider, models in sold.items():
            table = self.tables[provider] = names.NameTable()
            for model in sorted(models, key=lambda m: (len(m), m)):
                table.add(model, model.lower())
        for alias, target in sorted(aliases.items()):
            provider, _, model = target.partition("/")
            if provider in self.tables and model.lower() in self.tables[provider].exact:
                self.tables[provider].add(alias, self.tables[provider].exact[model.lower()])

    @staticmethod
    def _rows(provider, model, tier, rows):
        starts, rates = [], []
        ordered = sorted(rows, key=lambda row: row["start"] or "")
        for number, row in enumerate(ordered):
            starts.append(parse_iso(row["start"]) if row["start"] else -(10**30))
            said = row["rates"]
            if said is None:
                rates.append(None)
                continue
            multiple = said.get("cache_write_1h_multiple")
            rates.append(Rates(
                {_IN_LIST[key]: Fraction(value) for key, value in said.items() if key in _IN_LIST and value is not None},
                None if multiple is None else Fraction(multiple),
                [(Fraction(t["above"]), {_IN_LIST[k]: Fraction(v) for k, v in t.items() if k in _IN_LIST and v is not None})
                 for t in said.get("tiers") or []],
                ("list", provider, model, tier, number)))
        return starts, rates

    def at(self, provider, model, tier, ns):
        found = self.prices.get((provider, model, tier))
        if not found:
            return None
        place = bisect_right(found[0], ns) - 1
        return found[1][place] if place >= 0 else None


_READ, _LISTS, _BOOKS = {}, {}, {}


def _document(path):
    facts = os.stat(path)
    key = (os.path.realpath(path), facts.st_mtime_ns, facts.st_size)
    if key not in _READ:
        with open(path, "rb") as file:
            raw = file.read()
        if raw[:2] == b"\x1f\x8b":
            raw = gzip.decompress(raw)
        _READ[key] = json.loads(raw.decode("utf-8-sig"), parse_float=Fraction)
    return key, _READ[key]


def price_list(paths):
    read = [_document(path) for path in paths]
    key = tuple(k for k, _ in read)
    if key not in _LISTS:
        _LISTS[key] = PriceList([document for _, document in read])
    return key, _LISTS[key]


def book(paths, overrides, aliases):
    """The price book of a scenario at one moment; equal ones are kept between scenarios."""
    key, prices = price_list(paths)
    whole = (key, json.dumps(overrides, sort_keys=True), json.dumps(aliases, sort_keys=True))
    if whole not in _BOOKS:
        if len(_BOOKS) > 500:
            _BOOKS.clear()
        _BOOKS[whole] = Book(prices, overrides, aliases)
    return _BOOKS[whole]


def _said_rates(said):
    return {kind: Fraction(str(said[kind])) for kind in KINDS if said.get(kind) is not None}


class Resolution:
    """Which model a name is: its id, whose prices are its own, and whose list prices stand in."""

    __slots__ = ("identity", "own", "makers")

    def __init__(self, identity, own, makers):
        self.identity, self.own, self.makers = identity, own, makers


class Book:
    def __init__(self, prices, overrides, aliases):
        self.list = prices
        self.overlay, self.overrides, self._known, self._families = {}, {}, {}, {}
        self.aliases = {}
        for alias in aliases:
            self.aliases.setdefault(" ".join(alias["alias"].lower().split()), []).append(
                (self.vendor(alias["vendor"]), alias["model"]))
        for number, override in enumerate(overrides):
            self._add(number, override)
        self._known.clear()

    def vendor(self, written):
        return names.vendor_of(written or "", self.list.spellings)

    def _add(self, number, override):
        vendor, written = self.vendor(override["vendor"]), override["model"]
        table = self.overlay.setdefault(vendor, names.NameTable())
        aliased = self._aliased(vendor, written)
        if aliased and aliased[0] == vendor:
            identity = self._find(vendor, aliased[1]) or aliased[1].lower()
        else:
            identity = self._find(vendor, written, drop=False) or " ".join(written.lower().split())
        table.add(written, identity)
        table.add(identity, identity)
        tier = tier_of(override.get("tier"))
        since = parse_iso(override["from"]) if override.get("from") else -(10**30)
        until = parse_iso(override["to"]) if override.get("to") else 10**30
        held = self.overrides.setdefault((vendor, identity, tier), [])
        if any(since < other[1] and other[0] < until for other in held):
            raise Refused("two prices of %s %s overlap" % (vendor, identity))
        held.append((since, until, Rates(
            _said_rates(override.get("rates") or {}), None,
            [(int(t["aboveTokens"]), _said_rates(t.get("rates") or {})) for t in override.get("contextTiers") or []],
            ("override", number))))

    def _aliased(self, vendor, written):
        """The recorded alias of a name: of this vendor before another's."""
        if not self.aliases:
            return None
        for form in names.forms(written):
            found = self.aliases.get(form)
            if found:
                return next((one for one in found if one[0] == vendor), found[0])
        return None

    def _tables(self, vendor, makers=()):
        found = [self.overlay.get(vendor), self.list.tables.get(vendor)]
        found += [self.list.tables.get(maker) for maker in makers]
        return [table for table in found if table]

    def _makers(self, vendor, written):
        if vendor == "azure":
            return ["anthropic"] if "claude" in written.lower() else ["openai"]
        if vendor == "vertex":
            return ["anthropic"] if "claude" in written.lower() else ["google"]
        if vendor == "openrouter":
            named = names.before_slash(written)
            named = named and (names.MAKERS.get(named) or self.vendor(named))
            return [named] if named and named != vendor else []
        if vendor == "amazon-bedrock":
            named = names.maker_in(written)
            if named:
                return [named] if named != vendor else []
            sole = self._sole(written, besides=vendor)
            return [sole] if sole else []
        return []

    def _find(self, vendor, written, drop=True):
        return names.find(self._tables(vendor, self._makers(vendor, written)), written, drop)

    def _sole(self, written, besides=None):
        """The only provider of the book that sells a model of this name."""
        providers = set(self.list.tables) | set(self.overlay)
        selling = [p for p in providers if p != besides and names.find(self._tables(p), written)]
        return selling[0] if len(selling) == 1 else None

    def resolve(self, vendor, written):
        """The model a row names, or None where it is not recognised."""
        key = (vendor, written)
        if key not in self._known:
            if len(self._known) > 100000:
                self._known.clear()
            self._known[key] = self._resolve(vendor, written)
        return self._known[key]

    def _resolve(self, vendor, written):
        if not written.strip():
            return None
        aliased = self._aliased(vendor, written)
        if aliased:
            target, model = aliased
            identity = self._find(target, model) or names.forms(model)[-1]
            makers = [target] + list(self._makers(target, model)) + list(self._makers(vendor, model))
            own = vendor or target
            return Resolution(identity, own, [m for i, m in enumerate(makers) if m != own and m not in makers[:i]])
        if not vendor:
            sole = self._sole(written)
            return Resolution(self._find(sole, written), sole, []) if sole else None
        identity = self._find(vendor, written)
        if identity is None:
            return None
        return Resolution(identity, vendor, self._makers(vendor, written))

    def identity(self, vendor, written):
        """What a name is compared by: ("id", …) where recognised, else ("text", …)."""
        found = self.resolve(vendor, written)
        if found:
            return ("id", found.identity)
        return ("text", names.folded(written) if written.strip() else "")

    def family(self, vendor, written):
        """(what stands for a model's dated ids and -latest, whether the name is undated)."""
        key = (vendor, written)
        if key not in self._families:
            if len(self._families) > 100000:
                self._families.clear()
            self._families[key] = self._family(vendor, written)
        return self._families[key]

    def _family(self, vendor, written):
        found = self.resolve(vendor, written)
        if found is None:
            return self.identity(vendor, written), True
        dated, latest = names.without_date(found.identity), names.without_latest(found.identity)
        base = dated or latest
        if not base:
            return ("id", found.identity), True
        makers = list(self._makers(vendor, written)) + list(self._makers(vendor, found.identity))
        return ("id", names.find(self._tables(vendor, makers), base, False) or base), dated is None

    def own_price(self, found, tier, ns):
        for named in _names_of(tier):
            for since, until, rates in self.overrides.get((found.own, found.identity, named), ()):
                if since <= ns < until:
                    return rates
            rates = self.list.at(found.own, found.identity, named, ns)
            if rates:
                return rates
        return None

    def makers_price(self, found, tier, ns):
        for named in _names_of(tier):
            for maker in found.makers:
                rates = self.list.at(maker, found.identity, named, ns)
                if rates:
                    return rates
        return None


def _names_of(tier):
    return (tier, _TWINS[tier]) if tier in _TWINS else (tier,)


def tier_of(written):
    """A tier of service: nothing, default, auto and standard are one."""
    low = (written or "").strip().lower()
    return "standard" if low in ("", "default", "auto", "standard") else low
