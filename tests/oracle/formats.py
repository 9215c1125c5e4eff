"""Reading the formats: bytes to rows, each row disjoint kinds of tokens, an amount, and who it was.

Rules: OpenAI, LiteLLM and OpenTelemetry count cached input inside the input, Anthropic does not
("What input tokens means"); a row whose cached part exceeds its input is bad; a request repeated once
per tag is one request; a request answered from the gateway's own cache has neither tokens nor cost
(decisions 7, 10, 11). Good rows are never lost because of bad ones.
"""

import csv
import gzip
import io
import re
from fractions import Fraction

import instants
import values
from pricebook import KINDS, Refused, tier_of
from values import BadValue

csv.field_size_limit(2**31 - 1)

WHOLE_COUNTS = ("input-tokens", "uncached-input-tokens", "output-tokens")
TOKEN_FIELDS = ("input-tokens", "uncached-input-tokens", "cache-read-tokens", "cache-write-5m-tokens",
                "cache-write-1h-tokens", "output-tokens", "reasoning-tokens")

# Charges that are not for tokens, by the whole words that name them (decision 4). Of these the first stand before
# the word "token", the others give way to it.
OTHER_KINDS = [
    ("credit", r"(credit|refund|discount|promotion)s?|goodwill"), ("tokens", r"tokens?"),
    ("web search", r"web[ _-]?search(es)?|grounding"), ("file search", r"file[ _-]?search(es)?|vector[ _-]?stores?"),
    ("code interpreter", r"code[ _-]?interpreters?"), ("code execution", r"code[ _-]?executions?"),
    ("session usage", r"session[ _-]?usages?"), ("storage", r"storages?"),
    ("fine-tuning", r"fine[ _-]?tun(ing|ed?)s?|trainings?"), ("support", r"supports?"), ("tax", r"tax(es)?|vat|gst"),
    ("tokens", r"inputs?|outputs?|caches?|cached"),
    ("video", r"videos?|sora|veo"), ("images", r"images?|dall"), ("audio", r"audio|whisper|tts|transcriptions?|speech"),
    ("rerank", r"reranks?"),
]
# Names that are a charge and nothing more, whatever stands between their words.
ALONE = {word + end for word in ("credit", "refund", "discount", "tax", "vat", "gst", "storage", "websearch", "filesearch",
                                 "codeexecution", "codeinterpreter", "finetuning", "image", "imagemodel", "imagegeneration",
                                 "supportplan", "premiumsupport", "prioritysupport", "enterprisesupport", "businesssupport")
         for end in ("", "s", "es")}
# What a name that no model has may say it charges.
LABELS = {"credit", "tax", "web search", "code interpreter", "code execution", "session usage", "file search", "storage"}


def kind_named(written):
    """The other kind a text names, or None for tokens or nothing."""
    words = re.sub(r"[^a-z0-9]+", " ", written.lower())
    for kind, pattern in OTHER_KINDS:
        if re.search(r"\b(%s)\b" % pattern, words):
            if kind == "tokens" and pattern == "tokens?" and re.search(r"\bstorages?\b", words):
                continue
            return None if kind == "tokens" else kind
    return None


def label_of(name):
    """What a name that no model has says it charges, or None: one of several words, or of one that names nothing else."""
    alone = re.sub(r"[^a-z0-9]", "", name.lower()) in ALONE
    kind = kind_named(name) if " " in name.strip() or alone else None
    if kind == "video" and re.search(r"\b(sora|veo)\b", name.lower()):
        return kind
    return kind if kind in LABELS or alone else None


class Row:
    """One good row. `kind` is None for tokens or unsaid; `at_gateway` is the gateway's own cache."""

    __slots__ = ("ns", "vendor", "model", "feature", "tenant", "environment", "session", "request", "success",
                 "session_success", "tokens", "reasoning", "total", "requests", "amount", "tier", "context",
                 "kind", "at_gateway", "extra", "file", "print", "date", "untold")

    def __init__(self, ns, vendor="", model="", feature="", tenant="", environment="", session="", request="",
                 success=None, session_success=None, tokens=None, reasoning=0, requests=None, amount=None,
                 tier="standard", context=None, kind=None, at_gateway=False, extra="", untold=False):
        self.date = ns.date() if isinstance(ns, instants.WholeDay) else None
        self.ns, self.vendor, self.model, self.feature, self.tenant = int(ns), vendor, model, feature, tenant
        self.environment, self.session, self.request = environment, session, request
        self.success, self.session_success = success, session_success
        self.tokens = tokens or dict.fromkeys(KINDS, 0)
        self.reasoning, self.total = reasoning, sum(self.tokens.values())
        self.requests, self.amount, self.tier, self.context = requests, amount, tier, context
        self.kind, self.at_gateway, self.extra = kind, at_gateway, extra
        self.untold = untold        # it leaves open how many tokens it took
        self.file = None
        self.print = None

    def whole_print(self):
        """All mapped fields, the instant with its fraction."""
        if self.print is None:
            self.print = (self.ns, self.vendor, self.model, self.feature, self.tenant, self.environment, self.session,
                          self.request, self.success, self.session_success, tuple(self.tokens.values()),
                          self.reasoning, self.requests, self.amount, self.tier, self.context, self.kind,
                          self.at_gateway, self.extra)
        return self.print

    def mark(self):
        """What a row is known by: its request id, else all mapped fields."""
        return ("id", self.request) if self.request else self.whole_print()

    def outcome(self):
        return self.success if self.session_success is None else self.session_success

    def context_size(self):
        """The input tokens of one request: what the window says, else the mean, rounded up."""
        if self.context is not None:
            return self.context + 1 if self.context else 0
        if self.requests is None:
            return 0
        whole = self.total - self.tokens["output"]
        return -(-whole // max(self.requests, 1))


class Reading:
    """What a file told: good rows, counts of the others, what the file counts at all, and the zone of its dates."""

    def __init__(self, where=instants.zone("UTC")):
        self.where = where
        self.rows, self.read, self.bad, self.skipped = [], 0, 0, 0
        self.counts_tokens = self.counts_requests = self.counts_successes = False
        self.counts_sessions = self.knows_outcomes = False

    def take(self, build, *what):
        """Builds a row; counts it as bad where it cannot be read."""
        self.read += 1
        try:
            row = build(*what)
        except BadValue:
            self.bad += 1
            return
        if row is None:
            self.skipped += 1
        else:
            row.file = self
            self.rows.append(row)


def read(raw, format, mapping, currency):
    """Reads a file's bytes. Raises Refused for what is refused as a whole."""
    reader = _READERS.get(format)
    if reader is None:
        raise Refused("unknown format %s" % format)
    return reader(_text_of(raw), mapping or {}, currency)


def _text_of(raw):
    if raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    if raw[:3] == b"\xef\xbb\xbf":
        return raw[3:].decode("utf-8", "replace")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    head = raw[:400]
    if head and head[1::2].count(0) * 2 > len(head[1::2]):
        return raw.decode("utf-16-le")
    if head and head[0::2].count(0) * 2 > len(head[0::2]):
        return raw.decode("utf-16-be")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _only(currency, other):
    if (other or currency).upper() != currency:
        raise Refused("amounts in %s, the workspace counts in %s" % (other.upper(), currency))


# --- tables -------------------------------------------------------------------------------


def _table(text):
    """(header, rows). The delimiter is the one the first line has most of, outside quotes."""
    first = text.split("\n", 1)[0].rstrip("\r")
    if re.match(r"sep=.\Z", first):
        delimiter, text = first[4], text.split("\n", 1)[1]
    else:
        bare = re.sub(r'"[^"]*"', "", first)
        delimiter = max(",;\t|", key=bare.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = next(rows, [])
    return [name.strip() for name in header], [row for row in rows if any(cell.strip() for cell in row)]


def _cells(header, row):
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header):]):
        raise BadValue("more cells than columns")
    found = {}
    for name, cell in zip(header, row):
        found.setdefault(name, cell)
    return found


def _dotted(value, path):
    """A value by its dotted path; a key may itself contain dots."""
    if isinstance(value, list):
        head, _, rest = path.partition(".")
        if not head.isdigit() or int(head) >= len(value):
            return None
        return _dotted(value[int(head)], rest) if rest else value[int(head)]
    if not isinstance(value, dict):
        return None
    if path in value:
        return value[path]
    at = path.rfind(".")
    while at > 0:
        if path[:at] in value:
            found = _dotted(value[path[:at]], path[at + 1:])
            if found is not None:
                return found
        at = path.rfind(".", 0, at)
    return None


# --- generic ------------------------------------------------------------------------------


def _generic_csv(text, mapping, currency):
    header, rows = _table(text)

    def cells(row):
        found = _cells(header, row)
        return found.get

    return _generic(rows, cells, mapping, currency)


_BROKEN = object()


def _json_rows(text):
    """Objects of a JSON array, or of lines; a line that is no JSON is kept as broken."""
    if text.lstrip()[:1] == "[":
        try:
            return list(values.parse_json(text.strip()))
        except ValueError:
            pass
    found = []
    for line in text.splitlines() if "\r" in text and "\n" not in text else text.split("\n"):
        if line.strip():
            try:
                found.append(values.parse_json(line.strip()))
            except ValueError:
                found.append(_BROKEN)
    return found


def _generic_jsonl(text, mapping, currency):
    def cells(row):
        if not isinstance(row, dict):
            raise BadValue("not an object")
        return lambda path: _dotted(row, path)

    return _generic(_json_rows(text), cells, mapping, currency)


def _generic(rows, cells, mapping, currency):
    columns = {c["field"]: c["column"] for c in mapping.get("columns") or []}
    constants = {c["field"]: c["value"] for c in mapping.get("constants") or []}
    fields = set(columns) | set(constants)
    if "cost" in fields:
        _only(currency, mapping.get("costCurrency"))
    where = instants.zone(mapping.get("timeZone") or "UTC")
    comma, day_first = bool(mapping.get("decimalComma")), bool(mapping.get("dayFirst"))
    whole_input = mapping.get("inputIncludesCache", True)
    reading = Reading(where)
    reading.counts_tokens = bool(fields & set(TOKEN_FIELDS))
    bill = "cost" in fields and not reading.counts_tokens and not fields & {"requests", "success"}
    reading.counts_requests = not bill
    reading.counts_successes = "success" in fields
    reading.counts_sessions = "session" in fields
    reading.knows_outcomes = bool(fields & {"success", "session-success"})

    def build(row):
        get = cells(row)

        def field(name):
            value = values.present(get(columns[name])) if name in columns else None
            return constants.get(name) if value is None and name in constants else value

        def tokens_of(name):
            return values.count(field(name), comma) or 0

        ns = instants.parse(field("timestamp"), where, day_first)
        tokens = {"cacheRead": tokens_of("cache-read-tokens"), "cacheWrite5m": tokens_of("cache-write-5m-tokens"),
                  "cacheWrite1h": tokens_of("cache-write-1h-tokens"), "output": tokens_of("output-tokens")}
        tokens["input"] = _uncached(field, tokens, comma, whole_input and "input-tokens" in fields)
        requests = values.count(field("requests"), comma)
        model = values.text(field("model"))
        row_amount = values.number(field("cost"), comma)
        return Row(
            ns, vendor=values.text(field("vendor")), model=model, feature=values.text(field("feature")),
            tenant=values.text(field("tenant")), environment=values.text(field("environment")),
            session=values.text(field("session")), request=values.text(field("request-id")),
            success=values.yes(field("success")), session_success=values.yes(field("session-success")),
            tokens={kind: tokens[kind] for kind in KINDS}, reasoning=tokens_of("reasoning-tokens"),
            requests=None if bill else 1 if requests is None else requests, amount=row_amount,
            tier=tier_of(values.text(field("service-tier"))), context=_window(values.text(field("context-window"))),
            kind=_kind_of(reading, model, sum(tokens.values()), row_amount),
            untold=not sum(tokens.values()) and all(field(name) is None for name in WHOLE_COUNTS))

    for row in rows:
        reading.take(build, row)
    return reading


def _kind_of(reading, model, tokens, amount):
    if not tokens and (amount or 0) < 0 and not model:
        return "credit"         # money back for no model in particular
    return (kind_named(model) or "other") if reading.counts_tokens and not tokens else None


def _uncached(field, tokens, comma, whole_input):
    """Plain input: stated, or the whole input without its cached part."""
    plain = values.count(field("uncached-input-tokens"), comma)
    if plain is not None:
        return plain
    stated = values.count(field("input-tokens"), comma)
    if stated is None:
        if whole_input and tokens["cacheRead"] + tokens["cacheWrite5m"] + tokens["cacheWrite1h"]:
            raise BadValue("cached input without the input it is part of")
        return 0
    return _without_cached(stated, tokens) if whole_input else stated


def _without_cached(stated, tokens):
    rest = stated - tokens["cacheRead"] - tokens["cacheWrite5m"] - tokens["cacheWrite1h"]
    if rest < 0:
        raise BadValue("more cached input than input")
    return rest


def _window(written):
    """The lower bound of a context window: 0-200k is 0, 200k-1M is 200,000; None where unsaid."""
    found = re.match(r"(\d+)\s*([km]?)\s*(?:-|\u2013|to)\s*\d+\s*[km]?\Z", written.strip().lower())
    if not found:
        found = re.match(r">\s*(\d+)\s*([km]?)\Z", written.strip().lower())
        if not found:
            return 0 if re.match(r"(?:<=?|\u2264)\s*\d+\s*[km]?\Z", written.strip().lower()) else None
    return int(found.group(1)) * {"": 1, "k": 1000, "m": 10**6}[found.group(2)]


# --- LiteLLM ------------------------------------------------------------------------------


def _object(value):
    if isinstance(value, str):
        try:
            value = values.parse_json(value)
        except ValueError:
            return {}
    return value if isinstance(value, dict) else {}


def _most(*found):
    """The largest of the counts a gateway states for one thing in several places."""
    return max([values.count(value) or 0 for value in found])


def _litellm(text, mapping, currency):
    _only(currency, "USD")
    reading = Reading()
    reading.counts_tokens = reading.counts_requests = True
    reading.counts_successes = reading.knows_outcomes = True
    for row in _json_rows(text):
        reading.take(_litellm_row, row)
    reading.counts_sessions = any(row.session for row in reading.rows)
    return reading


def _litellm_row(row):
    if not isinstance(row, dict):
        raise BadValue("not an object")
    prompt, completion = values.count(row.get("prompt_tokens")), values.count(row.get("completion_tokens"))
    spend, model = values.number(row.get("spend")), values.text(row.get("model"))
    if not model and not prompt and not completion and not spend:
        return None
    ns = instants.parse(row.get("startTime"), instants.zone("UTC"))
    metadata = _object(row.get("metadata"))
    usage = _object(metadata.get("usage_object")) or _object(metadata.get("additional_usage_values"))
    detail = _object(usage.get("prompt_tokens_details"))
    parts = (_object(detail.get("cache_creation_token_details")) or _object(usage.get("cache_creation_token_details"))
             or _object(usage.get("cache_creation")))
    long_writes = _most(parts.get("ephemeral_1h_input_tokens"))
    writes = _most(usage.get("cache_creation_input_tokens"), detail.get("cache_creation_tokens"),
                   long_writes + _most(parts.get("ephemeral_5m_input_tokens")))
    tokens = {"cacheRead": _most(usage.get("cache_read_input_tokens"), detail.get("cached_tokens")),
              "cacheWrite5m": writes - long_writes, "cacheWrite1h": long_writes, "output": completion or 0}
    tokens["input"] = _without_cached(prompt or 0, tokens)
    reasoning = _most(_object(usage.get("completion_tokens_details")).get("reasoning_tokens"))
    at_gateway = values.text(row.get("cache_hit")).lower() == "true"
    if at_gateway:
        tokens, reasoning, spend = dict.fromkeys(KINDS, 0), 0, None
    tags = row.get("request_tags")
    if isinstance(tags, str):
        try:
            tags = values.parse_json(tags)
        except ValueError:
            tags = []
    tags = [values.text(tag) for tag in tags] if isinstance(tags, list) else []
    tenant = next((values.text(row.get(name)) for name in ("end_user", "team_id", "organization_id")
                   if values.text(row.get(name))), "")
    status = values.text(row.get("status")) or values.text(metadata.get("status"))
    empty = not sum(tokens.values())
    return Row(
        ns, vendor=values.text(row.get("custom_llm_provider")), model=model, tenant=tenant,
        feature=next((tag for tag in tags if tag and not tag.startswith("User-Agent")), ""),
        session=values.text(row.get("session_id")), request=values.text(row.get("request_id")),
        success=status.lower() not in ("failure", "failed", "fail", "error"),
        tokens={kind: tokens[kind] for kind in KINDS}, reasoning=reasoning, requests=1, amount=spend,
        tier=tier_of(values.text(usage.get("service_tier"))), at_gateway=at_gateway,
        kind=(kind_named(values.text(row.get("call_type")) + " " + model) or "other") if empty else None,
        untold=empty and not at_gateway and all(
            row.get(name) is None for name in ("prompt_tokens", "completion_tokens", "total_tokens")))


# --- OpenAI -------------------------------------------------------------------------------


def _results(text):
    """(bucket, result) of pages: one, an array of them, one per line or one after the other."""
    stripped = text.strip()
    broken = 0
    try:
        pages = values.parse_json_stream(stripped)
    except ValueError:
        pages = []
        for line in stripped.split("\n"):
            if line.strip():
                try:
                    pages.append(values.parse_json(line))
                except ValueError:
                    broken += 1
    flat = []
    for page in pages:
        flat.extend(page if isinstance(page, list) else [page])
    found = []
    for page in flat:
        buckets = page.get("data") if isinstance(page, dict) else None
        if isinstance(page, dict) and buckets is None and "results" in page:
            buckets = [page]
        for bucket in buckets or []:
            for result in bucket.get("results") or []:
                found.append((bucket, result))
    return found, broken


def _bucket_instant(bucket):
    """A bucket of up to an hour begins when it begins; a longer one belongs to its middle."""
    since, until = values.number(bucket.get("start_time")), values.number(bucket.get("end_time"))
    if since is None:
        raise BadValue("a bucket without a start")
    if until is not None and until - since == 86400 and since % 86400 == 0:
        return instants.WholeDay(instants.from_unix(since + 43200))
    if until is not None and until - since > 3600:
        since = (since + until) / 2
    return instants.from_unix(since)


def _openai_usage(text, mapping, currency):
    reading = Reading()
    reading.counts_tokens = reading.counts_requests = True
    found, broken = _results(text)
    reading.read, reading.bad = broken, broken

    def build(bucket, result):
        if not isinstance(result, dict):
            raise BadValue("not an object")
        ns = _bucket_instant(bucket)
        tokens = {"cacheRead": values.count(result.get("input_cached_tokens")) or 0, "cacheWrite5m": 0,
                  "cacheWrite1h": 0, "output": values.count(result.get("output_tokens")) or 0}
        tokens["input"] = _without_cached(values.count(result.get("input_tokens")) or 0, tokens)
        requests = values.count(result.get("num_model_requests"))
        batch = values.yes(result.get("batch"))
        return Row(
            ns, vendor="openai", model=values.text(result.get("model")), feature=values.text(result.get("api_key_id")),
            tenant=values.text(result.get("project_id")), tokens={kind: tokens[kind] for kind in KINDS},
            requests=1 if requests is None else requests,
            tier="batch" if batch else tier_of(values.text(result.get("service_tier"))),
            extra=values.text(result.get("user_id")), kind=None if sum(tokens.values()) else "other")

    for bucket, result in found:
        reading.take(build, bucket, result)
    return reading


def _openai_costs(text, mapping, currency):
    reading = Reading()
    found, broken = _results(text)
    reading.read, reading.bad = broken, broken

    def build(bucket, result):
        if not isinstance(result, dict) or not isinstance(result.get("amount"), dict):
            raise BadValue("no amount")
        ns = _bucket_instant(bucket)
        value = values.number(result["amount"].get("value"))
        if value is None:
            raise BadValue("no amount")
        _only(currency, values.text(result["amount"].get("currency")))
        line = values.text(result.get("line_item"))
        kind = kind_named(line)
        return Row(ns, vendor="openai", model="" if kind else line.split(", ")[0].strip(),
                   tenant=values.text(result.get("project_id")), amount=value, kind=kind, extra=line)

    for bucket, result in found:
        reading.take(build, bucket, result)
    return reading


# --- Anthropic ----------------------------------------------------------------------------


def _anthropic_rows(text, reading, build):
    header, rows = _table(text)

    def one(row):
        cells = _cells(header, row)
        return build(lambda *found: next((cells[name] for name in found if name in cells), None))

    for row in rows:
        reading.take(one, row)
    return reading


def _anthropic_usage(text, mapping, currency):
    """The console's usage: a row sums the requests of a day and key, how many is not said."""
    reading = Reading()
    reading.counts_tokens = True

    def build(get):
        ns = instants.parse(get("usage_date_utc"), instants.zone("UTC"))
        count = lambda name: values.count(get(name)) or 0
        tokens = {"input": count("usage_input_tokens_no_cache"), "cacheRead": count("usage_input_tokens_cache_read"),
                  "cacheWrite5m": count("usage_input_tokens_cache_write_5m"),
                  "cacheWrite1h": count("usage_input_tokens_cache_write_1h"), "output": count("usage_output_tokens")}
        return Row(ns, vendor="anthropic", model=values.text(get("model_version", "model")),
                   feature=values.text(get("api_key")), tenant=values.text(get("workspace")), tokens=tokens,
                   tier=tier_of(values.text(get("usage_type"))), context=_window(values.text(get("context_window"))),
                   kind=None if sum(tokens.values()) else "other")

    return _anthropic_rows(text, reading, build)


def _anthropic_cost(text, mapping, currency):
    _only(currency, "USD")
    reading = Reading()

    def build(get):
        ns = instants.parse(get("usage_date_utc"), instants.zone("UTC"))
        amount = values.number(get("cost_usd"))
        if amount is None:
            raise BadValue("no amount")
        token_type, cost_type = values.text(get("token_type")), values.text(get("cost_type"))
        if cost_type.lower() not in ("", "token", "tokens"):
            kind = kind_named(cost_type) or cost_type.lower()
        else:
            kind = kind_named(token_type)
        return Row(ns, vendor="anthropic", model=values.text(get("model", "model_version")),
                   feature=values.text(get("api_key")), tenant=values.text(get("workspace")), amount=amount,
                   tier=tier_of(values.text(get("usage_type"))), context=_window(values.text(get("context_window"))),
                   kind=kind, extra="|".join(values.text(get(name)) for name in
                                             ("token_type", "cost_type", "inference_geo", "speed")))

    return _anthropic_rows(text, reading, build)


_READERS = {
    "generic-csv": _generic_csv, "generic-jsonl": _generic_jsonl, "litellm-spend-logs": _litellm,
    "openai-usage": _openai_usage, "openai-costs": _openai_costs,
    "anthropic-usage-csv": _anthropic_usage, "anthropic-cost-csv": _anthropic_cost,
}
