"""What a scenario of imports, prices and reverts comes to, computed apart from the program.

One JSON scenario on stdin gives one JSON result on stdout; with --batch, one per line. See README.md.
"""

import json
import os
import sys
from collections import Counter, defaultdict
from fractions import Fraction

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import formats
import instants
import merging
import pricebook
import ratios
import spend
from pricebook import KINDS, Refused
from values import decimal


def evaluate(scenario):
    """The result of one scenario, or {"error": …} where it is refused."""
    try:
        return _evaluate(scenario)
    except (Refused, OSError) as refusal:
        return {"error": str(refusal)}


def _evaluate(scenario):
    currency = (scenario.get("currency") or "USD").upper()
    paths, aliases = scenario.get("prices") or [], scenario.get("aliases") or []
    overrides = [dict(one) for one in scenario.get("overrides") or []]
    where = instants.zone(scenario.get("timeZone") or "UTC")
    if paths and currency != "USD":
        raise Refused("the price list is in USD, the workspace counts in %s" % currency)

    def book():
        for one in overrides:
            if (one.get("currency") or currency).upper() != currency:
                raise Refused("a price in %s, the workspace counts in %s" % (one["currency"], currency))
        return pricebook.book(paths, overrides, aliases)

    books, feeds, told = [book()], merging.Feeds(), []
    for step in scenario.get("steps") or []:
        if step["op"] == "import":
            with open(step["path"], "rb") as file:
                raw = file.read()
            reading = formats.read(raw, step["format"], step.get("mapping"), currency)
            told.append(feeds.add(merging.Import(
                raw, step["format"], step.get("feed") or "", step.get("mapping"), step.get("onConflict") or "keep",
                reading, len(books) - 1, step.get("feeds"))))
        elif step["op"] == "revert":
            if not 0 <= step["import"] < len(feeds.imports):
                raise Refused("no import %s" % step["import"])
            feeds.imports[step["import"]].reverted = True
        elif step["op"] == "override":
            overrides.append({key: value for key, value in step.items() if key != "op"})
            books.append(book())
        else:
            raise Refused("unknown step %s" % step["op"])

    entries = spend.entries(feeds.rows(), books, where, feeds.giving_way())
    sessions = ratios.sessions_of(entries)
    since, until = scenario.get("from") or "0000-00-00", scenario.get("to") or "9999-99-99"
    counts = lambda entry: since <= entry.day <= until and not entry.gives_way
    entries = [entry for entry in entries if counts(entry)]
    sessions = [session for session in sessions if counts(session.first)]
    result = _summary(entries, sessions)
    result["rows"] = [rows for rows, _ in told]
    result["conflicts"] = [conflicts for _, conflicts in told]
    return result


def _sum(found):
    return sum(filter(None, found), Fraction(0))


def _known(amounts):
    """The sum of the known ones as a decimal, or None where none is known."""
    amounts = [amount for amount in amounts if amount is not None]
    return decimal(_sum(amounts)) if amounts else None


def _summary(entries, sessions):
    files = {id(entry.row.file): entry.row.file for entry in entries}.values()
    total = _known(entry.cost() for entry in entries)
    unpriced = [entry for entry in entries if entry.unpriced()]
    tokens = Counter()
    for entry in entries:
        tokens.update(entry.row.tokens)
        tokens["reasoning"] += entry.row.reasoning
    knows = any(f.counts_sessions and f.knows_outcomes for f in files)
    return {
        "spend": total,
        "costed": total is not None,
        "complete": not unpriced and all(entry.whole or entry.share or entry.restates for entry in entries),
        "byBasis": {basis: decimal(_sum(entry.by_basis(basis) for entry in entries))
                    for basis in (spend.COMPUTED, spend.REPORTED, spend.CHARGE)},
        "reconciled": decimal(_reconciled(entries)),
        "unpricedTokens": sum(entry.row.total for entry in unpriced),
        "unpricedRequests": sum(entry.row.requests or 0 for entry in unpriced),
        "requests": _count(files, "counts_requests", sum(entry.row.requests or 0 for entry in entries)),
        "successes": _count(files, "counts_successes", sum(
            (1 if entry.row.requests is None else entry.row.requests) for entry in entries if entry.row.success)),
        "sessions": _count(files, "counts_sessions", len(sessions)),
        "successfulSessions": sum(1 for s in sessions if ratios.outcome_of(s)) if knows else None,
        "tokens": {kind: tokens[kind] for kind in KINDS + ("reasoning",)},
        "ratios": ratios.ratios(entries, sessions),
        "byVendorMonth": _by_vendor_month(entries),
        "days": _days(entries),
    }


def _count(files, what, found):
    return found if any(getattr(file, what) for file in files) else None


def _reconciled(entries):
    """Charges that only restate: their amount less what unpriced rows took of it."""
    return (_sum(entry.row.amount for entry in entries if entry.restates) - _sum(entry.share for entry in entries))


def _by_vendor_month(entries):
    months = defaultdict(list)
    for entry in entries:
        months[(entry.vendor, entry.day[:7])].append(entry)
    return [{
        "vendor": vendor, "month": month,
        "computed": _known(e.known for e in of_month if e.basis == spend.COMPUTED),
        "reported": _known(e.row.amount for e in of_month if e.row.total and e.row.amount),
        "billed": _known(e.row.amount for e in of_month if e.basis == spend.CHARGE),
    } for (vendor, month), of_month in sorted(months.items())]


def _days(entries):
    days = defaultdict(list)
    for entry in entries:
        days[entry.day].append(entry.cost())
    return [{"day": day, "spend": _known(costs)} for day, costs in sorted(days.items())]


def main(arguments):
    if arguments == ["--batch"]:
        for line in sys.stdin:
            if line.strip():
                sys.stdout.write(json.dumps(_answer(line)) + "\n")
                sys.stdout.flush()
    elif not arguments:
        print(json.dumps(_answer(sys.stdin.read())))
    else:
        sys.exit("usage: oracle.py [--batch]")


def _answer(written):
    try:
        return evaluate(json.loads(written))
    except Exception as failure:  # a batch goes on after a scenario that cannot be read
        return {"error": "%s: %s" % (type(failure).__name__, failure)}


if __name__ == "__main__":
    main(sys.argv[1:])
