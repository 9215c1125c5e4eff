"""Vendor spellings and model names.

Rules: some spellings are one vendor (decision 2); a model name is compared in lower case, behind
the last "/", without region and maker prefix, without a version suffix, without a date the book
does not know, with "-latest" for the undated id; a display name is the id that reads the same when
case, spaces, dots and dashes are ignored (decision 3).
"""

import re

SPELLINGS = {
    "openai": ["open ai", "text-completion-openai"],
    "azure": ["azure_ai", "azure_openai", "azure openai", "microsoft azure", "microsoft", "azure openai service",
              "azure ai foundry", "microsoft foundry"],
    "google": ["gemini", "google_genai", "google ai studio"],
    "vertex": ["vertex_ai", "vertexai", "gcp", "google vertex", "google cloud"],
    "amazon-bedrock": ["bedrock", "bedrock_converse", "aws", "aws bedrock", "amazon web services"],
    "xai": ["x.ai", "x-ai", "grok"],
    "anthropic": ["claude"],
}

# The maker a name's prefix stands for, as a provider of the price book.
MAKERS = {
    "anthropic": "anthropic", "meta": "meta", "amazon": "amazon-bedrock", "mistral": "mistral",
    "cohere": "cohere", "ai21": "ai21", "deepseek": "deepseek", "openai": "openai",
    "google": "google", "qwen": "alibaba", "moonshot": "moonshotai", "moonshotai": "moonshotai",
    "minimax": "minimax", "zai": "zai", "xai": "xai", "nvidia": "nvidia", "stability": "stability",
    "writer": "writer", "twelvelabs": "twelvelabs", "luma": "luma",
}
REGIONS = {"us", "eu", "apac", "global", "jp", "au", "ca", "us-gov"}

_SQUASH = re.compile(r"[\s.\-]")
_MM, _DD, _YY = "(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])", r"[23]\d"
# The full date, and the short ones: month and day (gpt-4-0613), year and month (mistral-large-2411), and with a dash between.
_DATE = re.compile(r"[-@](20\d\d-%s-%s|20\d\d%s%s|%s%s%s|%s-20\d\d|20\d\d-%s|%s-%s|%s%s|%s%s)\Z"
                   % (_MM, _DD, _MM, _DD, _YY, _MM, _DD, _MM, _MM, _MM, _DD, _MM, _DD, _YY, _MM))
_VERSION = re.compile(r"-v\d+(?::\d+k?)*\Z")


def squash(name):
    """A name as it is spoken. Of Claude the numbers come last: OpenRouter's claude-4.5-sonnet is claude-sonnet-4-5."""
    if "claude" not in name:
        return _SQUASH.sub("", name)
    parts = _SQUASH.split(name)
    return "".join(sorted(parts, key=str.isdigit))


_VENDORS = {
    re.sub(r"[\s._\-]", "", spelling): vendor
    for vendor, spellings in SPELLINGS.items()
    for spelling in [vendor] + spellings
}


def vendor_of(written, also=()):
    """The vendor a spelling stands for. `also` are the price list's own spellings of providers."""
    low = re.sub(r",? (inc|llc|ltd|limited|pbc|corporation|corp|gmbh|co)\Z", "", " ".join(written.lower().split()).rstrip(". "))
    if re.match(r"vertex[ _]ai-", low):
        return "vertex"
    found = _VENDORS.get(re.sub(r"[\s._\-]", "", low))
    if found:
        return found
    return also[low] if low in also else low


def forms(name):
    """A model's name, reduced step by step: whole, behind the slash, without region, maker, version."""
    found = [" ".join(name.lower().split())]

    def then(value):
        if value and value != found[-1]:
            found.append(value)

    then(found[-1].rsplit("/", 1)[-1].strip())
    head, dot, tail = found[-1].partition(".")
    if dot and head in REGIONS:
        then(tail)
    head, dot, tail = found[-1].partition(".")
    if dot and head in MAKERS:
        then(tail)
    then(_VERSION.sub("", found[-1]))
    return found


def maker_in(name):
    """The maker a model id names: the prefix before its dot, or a part before a slash."""
    parts = name.lower().split("/")
    last = parts[-1]
    head, dot, tail = last.partition(".")
    if dot and head in REGIONS:
        head, dot, tail = tail.partition(".")
    if dot and head in MAKERS:
        return MAKERS[head]
    for part in reversed(parts[:-1]):
        if part.strip() in MAKERS:
            return MAKERS[part.strip()]
    return None


def before_slash(name):
    """The part before the model's own name, as OpenRouter writes its maker; empty where there is none."""
    parts = name.lower().split("/")
    return parts[-2].strip() if len(parts) > 1 else ""


def without_date(name):
    """The undated id, or None where the name carries no date."""
    found = _DATE.search(name)
    return name[: found.start()] if found and found.start() else None


def without_latest(name):
    return name[: -len("-latest")] if name.endswith("-latest") and len(name) > 7 else None


def folded(name):
    """What an unrecognised name is compared by: only equal text matches."""
    found = forms(name)[-1]
    return without_date(found) or without_latest(found) or found


class NameTable:
    """The ids a provider sells, found exactly, reduced, or by what reads the same."""

    def __init__(self):
        self.exact, self.reduced, self.squashed = {}, {}, {}

    def add(self, name, identity):
        """Shorter names first: `amazon.nova` is found before `us.amazon.nova`."""
        low = name.lower()
        self.exact.setdefault(low, identity)
        last = forms(low)[-1]
        self.reduced.setdefault(last, identity)
        self.squashed.setdefault(squash(low), identity)
        self.squashed.setdefault(squash(last), identity)


def find(tables, name, drop=True):
    """The id a written name stands for in the first table that knows it, or None."""
    if not name.strip():
        return None
    steps = forms(name)
    for step in steps:
        for table in tables:
            if step in table.exact:
                return table.exact[step]
    at = steps[-1]
    while at:
        for step in {at, re.sub(r"@(?=20\d\d)", "-", at)}:
            for table in tables:
                for kind, key in ((table.exact, step), (table.reduced, step), (table.squashed, squash(step))):
                    if key in kind:
                        return kind[key]
        if not drop:
            return None
        at = without_date(at) or without_latest(at) or _spoken_latest(at)
    return None


def _spoken_latest(name):
    found = re.search(r"[ (]+latest\)?\Z", name)
    return name[: found.start()] if found and found.start() else None
