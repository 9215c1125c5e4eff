"""Cases whose results were worked out by hand, and laws that hold for any input."""

import csv
import io
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import instants
import names
import oracle
import pricebook
import values

FIXTURES = os.path.join(HERE, "..", "fixtures", "usage")
LIST = os.path.join(HERE, "..", "..", "src-tauri", "crates", "app", "data", "model-prices_0.0.5.json.gz")
SONNET = "claude-sonnet-4-5"


def mapping(columns, constants=None, **more):
    return {"columns": [{"field": field, "column": column} for field, column in columns.items()],
            "constants": [{"field": field, "value": value} for field, value in (constants or {}).items()],
            "timeZone": "UTC", "inputIncludesCache": True, "costCurrency": None, "dayFirst": False,
            "decimalComma": False, **more}


SHORT = {"ts": "timestamp", "v": "vendor", "m": "model", "f": "feature", "t": "tenant", "s": "session",
         "id": "request-id", "ok": "success", "sok": "session-success", "in": "input-tokens",
         "read": "cache-read-tokens", "w5": "cache-write-5m-tokens", "w1": "cache-write-1h-tokens",
         "out": "output-tokens", "think": "reasoning-tokens", "n": "requests", "cost": "cost",
         "tier": "service-tier", "win": "context-window"}


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.number = itertools.count()

    def path(self, written, ending):
        path = os.path.join(self.folder.name, "%d.%s" % (next(self.number), ending))
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(written)
        return path

    def csv(self, header, *rows, constants=None, feed="log", answer="keep", **more):
        """An import step of a generic CSV: `ts v m in out`, rows as text with | between cells."""
        header = header.split()
        written = io.StringIO()
        lines = csv.writer(written)
        lines.writerow(header)
        for row in rows:
            lines.writerow([cell.strip() for cell in row.split("|")])
        return {"op": "import", "path": self.path(written.getvalue(), "csv"), "format": "generic-csv", "feed": feed,
                "mapping": mapping({SHORT[name]: name for name in header}, constants, **more), "onConflict": answer}

    def json(self, format, value, feed="log"):
        return {"op": "import", "path": self.path(json.dumps(value), "json"), "format": format, "feed": feed}

    def fixture(self, name, format, told=None, feed="log"):
        return {"op": "import", "path": os.path.join(FIXTURES, name), "format": format, "feed": feed, "mapping": told}

    def result(self, *steps, zone="Europe/Berlin", prices=(LIST,), **more):
        return oracle.evaluate({"currency": "USD", "timeZone": zone, "prices": list(prices), "steps": list(steps), **more})

    def spend(self, *steps, **more):
        found = self.result(*steps, **more)
        self.assertNotIn("error", found)
        return found["spend"]


def price(vendor, model, tier="standard", since=None, until=None, tiers=(), **rates):
    return {"vendor": vendor, "model": model, "tier": tier, "from": since, "to": until, "currency": "USD",
            "rates": rates, "contextTiers": list(tiers)}


class Fixtures(Case):
    def test_the_bill_alone_is_the_spend(self):
        found = self.result(self.fixture("anthropic_cost.csv", "anthropic-cost-csv"))
        self.assertEqual(found["spend"], "2.185000001")  # .36 + .675000001 + 1.20 - .05
        self.assertEqual(found["byBasis"], {"computed": "0", "reported": "0", "charge": "2.185000001"})
        self.assertIsNone(found["requests"])
        self.assertEqual([d["spend"] for d in found["days"]], ["1.035000001", "1.15"])

    def test_console_usage(self):
        # 120000*3 + 3000*3.75 + 500*6 + 880000*.3 + 45000*15; batch 70000*1.5 + 9000*7.5; haiku 1000*1 + 50*5
        found = self.result(self.fixture("anthropic_usage.csv", "anthropic-usage-csv"))
        self.assertEqual(found["spend"], "1.487")
        self.assertEqual(found["tokens"], {"input": 191000, "cacheRead": 880000, "cacheWrite5m": 3000,
                                           "cacheWrite1h": 500, "output": 54050, "reasoning": 0})
        self.assertEqual(self.spend(self.fixture("anthropic_usage_short.csv", "anthropic-usage-csv")), "1.035")

    def test_usage_and_bill_describe_the_same_money(self):
        found = self.result(self.fixture("anthropic_usage.csv", "anthropic-usage-csv", feed="usage"),
                            self.fixture("anthropic_cost.csv", "anthropic-cost-csv", feed="bill"))
        # The dated id metered is the undated one billed; the search and the credit of a day without Sonnet are added.
        self.assertEqual(found["spend"], "2.637")
        self.assertEqual(found["reconciled"], "1.035000001")
        self.assertEqual(found["byVendorMonth"], [{"vendor": "anthropic", "month": "2026-07", "computed": "1.487",
                                                   "reported": None, "billed": "2.185000001"}])

    def test_spend_logs(self):
        for name in ("litellm_spend_logs.json", "litellm_spend_logs.jsonl"):
            found = self.result(self.fixture(name, "litellm-spend-logs"))
            # 600*2.5 + 400*1.25 + 500*10, and 400*3 + 2000*.3 + 500*3.75 + 100*6 + 50*15
            self.assertEqual(found["spend"], "0.012025")
            self.assertEqual(found["rows"], [{"read": 8, "good": 4, "bad": 2, "duplicate": 1, "skipped": 1}])
            self.assertEqual((found["requests"], found["successes"], found["sessions"], found["successfulSessions"]), (4, 3, 3, 2))
            self.assertEqual(found["ratios"]["perSession"]["value"], "0.004008333333333")

    def test_usage_pages_however_they_are_joined(self):
        for name in ("openai_usage_page.json", "openai_usage_pages.json", "openai_usage_pages.jsonl",
                     "openai_usage_pages_joined.json"):
            found = self.result(self.fixture(name, "openai-usage"))
            self.assertEqual((found["spend"], found["requests"]), ("0.006671", 8))  # .0065 + batch .000171
            self.assertEqual(found["rows"][0]["bad"], 1)

    def test_a_german_spreadsheet_in_any_encoding(self):
        told = mapping({"timestamp": "Zeitpunkt", "vendor": "Anbieter", "model": "Modell", "feature": "Produkt",
                        "tenant": "Kunde", "success": "Erfolg", "input-tokens": "Eingabe", "output-tokens": "Ausgabe",
                        "cost": "Kosten"}, dayFirst=True, decimalComma=True)
        for name in ("semicolons_decimal_comma.csv", "semicolons.csv.gz", "semicolons_utf16le_bom.csv",
                     "semicolons_utf16be_no_bom.csv"):
            found = self.result(self.fixture(name, "generic-csv", told))
            self.assertEqual((found["spend"], found["tokens"]["input"], found["successes"]), ("0.00825", 3244, 2))

    def test_attributes_whose_names_hold_dots(self):
        found = self.result(self.fixture("otel_spans.jsonl", "generic-jsonl", mapping({
            "timestamp": "timestamp", "vendor": "attributes.gen_ai.provider.name",
            "model": "attributes.gen_ai.request.model", "session": "attributes.gen_ai.conversation.id",
            "success": "status", "input-tokens": "attributes.gen_ai.usage.input_tokens",
            "cache-read-tokens": "attributes.gen_ai.usage.cache_read.input_tokens",
            "output-tokens": "attributes.gen_ai.usage.output_tokens",
            "reasoning-tokens": "attributes.gen_ai.usage.reasoning.output_tokens"})))
        self.assertEqual((found["spend"], found["tokens"]["cacheRead"], found["tokens"]["reasoning"]), ("0.005855", 200, 10))
        self.assertEqual((found["sessions"], found["successfulSessions"]), (2, 1))

    def test_traces(self):
        found = self.result(self.fixture("AzureLLMInferenceTrace_code.csv", "generic-csv", mapping(
            {"timestamp": "TIMESTAMP", "input-tokens": "ContextTokens", "output-tokens": "GeneratedTokens"},
            {"vendor": "openai", "model": "gpt-4o"})))
        self.assertEqual((found["requests"], found["tokens"]["input"], found["tokens"]["output"]), (8819, 18059974, 245896))
        self.assertEqual(found["spend"], "47.608895")
        found = self.result(self.fixture("mooncake_trace.jsonl", "generic-jsonl", mapping(
            {"timestamp": "timestamp", "input-tokens": "input_length", "output-tokens": "output_length"})))
        self.assertEqual((found["spend"], found["rows"][0]["bad"]), (None, 12))


class Values(unittest.TestCase):
    def test_numbers(self):
        for written, comma, expected in (("1,234.5", False, "1234.5"), ("1.234,5", True, "1234.5"), ("1.2e-05", False, "0.000012"),
                                         (" 7 ", False, "7"), ("1 000", False, "1000"), ("-.5", False, "-0.5")):
            self.assertEqual(values.decimal(values.number(written, comma)), expected)
        for written in ("", "NULL", "None", "NaN", "-", "N/A", None):
            self.assertIsNone(values.number(written))
        for written in ("1,00", "abc", "1.2.3", "1e400"):
            with self.assertRaises(values.BadValue):
                values.number(written)

    def test_fifteen_places_half_to_even(self):
        self.assertEqual(values.decimal15(Fraction(2, 3)), "0.666666666666667")
        self.assertEqual(values.decimal15(Fraction(5, 10**16)), "0.000000000000000")
        self.assertEqual(values.decimal15(Fraction(15, 10**16)), "0.000000000000002")

    def test_instants(self):
        berlin, utc = instants.zone("Europe/Berlin"), instants.zone("UTC")
        first = instants.parse("2026-07-01T08:15:30.123456789Z", utc)
        self.assertEqual(first % 10**9, 123456789)
        self.assertEqual(instants.parse("2026-07-01 10:15:30.123456789", berlin), first)
        self.assertEqual(instants.parse("2026-07-01", berlin), instants.parse("2026-07-01T12:00:00Z", utc))
        self.assertEqual(instants.parse("2026-07-31", berlin).date(), "2026-07-31")
        self.assertEqual(instants.parse("07/08/2026", utc), instants.parse("2026-07-08T12:00Z", utc))
        self.assertEqual(instants.parse("07/08/2026", utc, True), instants.parse("2026-08-07T12:00Z", utc))
        self.assertEqual(instants.parse("1782864000", utc), instants.parse(1782864000000, utc))
        self.assertEqual(instants.local_day(instants.parse("2026-03-28T23:30:00Z", utc), berlin), "2026-03-29")
        self.assertEqual(instants.local_day(instants.parse("2026-03-29T22:30:00Z", utc), berlin), "2026-03-30")
        for written in ("2014-12-31T23:59:59Z", "2100-01-01T00:00:00Z", "31/31/2026", "40", "soon"):
            with self.assertRaises(values.BadValue):
                instants.parse(written, utc)


class Names(unittest.TestCase):
    def setUp(self):
        self.book = pricebook.book([LIST], [], [{"alias": "my-deployment", "vendor": "openai", "model": "GPT-4o"}])

    def test_spellings(self):
        for written, vendor in (("Open AI", "openai"), ("text-completion-openai", "openai"), ("azure_ai", "azure"),
                                ("Google AI Studio", "google"), ("vertex_ai-anthropic_models", "vertex"), ("gcp", "vertex"),
                                ("bedrock_converse", "amazon-bedrock"), ("x.ai", "xai"), ("Claude", "anthropic"),
                                ("Acme  GmbH", "acme"), ("OpenAI, Inc.", "openai")):
            self.assertEqual(self.book.vendor(written), vendor)

    def test_models(self):
        for vendor, written, identity in (
                ("openai", "openai/GPT-4o", "gpt-4o"), ("openai", "GPT-4o mini", "gpt-4o-mini"),
                ("openai", "gpt-4o-2024-08-06", "gpt-4o-2024-08-06"), ("openai", "gpt-4o-mini-2024-07-18", "gpt-4o-mini"),
                ("openai", "gpt-4o-latest", "gpt-4o"), ("openai", "my-deployment", "gpt-4o"),
                ("azure", "azure/My-Deployment", "gpt-4o"), ("azure", "gpt-4o", "gpt-4o"),
                ("anthropic", "Claude Sonnet 4.5", SONNET), ("anthropic", "claude-sonnet-4-5@20990101", SONNET),
                ("anthropic", "claude-sonnet-4-5-20250929", SONNET + "-20250929"),
                ("anthropic", "Claude Haiku 3.5", "claude-3-5-haiku-latest"),
                ("amazon-bedrock", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", SONNET + "-20250929"),
                ("amazon-bedrock", "us.amazon.nova-lite-v1:0", "us.amazon.nova-lite-v1:0"),
                ("amazon-bedrock", "amazon.nova-lite-v1:0", "amazon.nova-lite-v1:0"),
                ("vertex", "gemini-2.5-pro", "gemini-2.5-pro"), ("", "gpt-4o", "gpt-4o")):
            found = self.book.resolve(vendor, written)
            self.assertEqual(found and found.identity, identity, (vendor, written))

    def test_what_is_not_recognised(self):
        for vendor, written in (("openai", "acme-1"), ("anthropic", "gpt-4o"), ("", "glm-5.2"), ("openai", ""), ("acme", "gpt-4o")):
            self.assertIsNone(self.book.resolve(vendor, written), (vendor, written))


class Prices(Case):
    def test_a_reseller_pays_what_it_reports_before_the_makers_list(self):
        head = "ts v m in out cost"
        self.assertEqual(self.spend(self.csv(head, "2026-07-01T08:00Z|azure|gpt-4o|1000|100|")), "0.0035")
        self.assertEqual(self.spend(self.csv(head, "2026-07-01T08:00Z|azure|gpt-4o|1000|100|0")), "0.0035")
        self.assertEqual(self.spend(self.csv(head, "2026-07-01T08:00Z|azure|gpt-4o|1000|100|0.01")), "0.01")
        self.assertEqual(self.spend(self.csv(head, "2026-07-01T08:00Z|openai|gpt-4o|1000|100|0.01")), "0.0035")
        own = [price("azure", "gpt-4o", input="1", output="1")]
        self.assertEqual(self.spend(self.csv(head, "2026-07-01T08:00Z|azure|gpt-4o|1000|100|0.01"), overrides=own), "0.0011")

    def test_an_override_comes_before_the_list_and_only_while_it_holds(self):
        rows = self.csv("ts v m in", "2026-07-01T00:00:00Z|openai|gpt-4o|1000", "2026-06-30T23:59:59.999999999Z|openai|gpt-4o|1000")
        self.assertEqual(self.spend(rows, overrides=[price("openai", "GPT-4o", since="2026-07-01T00:00:00Z", input="5", output="5")]),
                         "0.0075")

    def test_a_stated_price_means_nothing_beyond_what_it_says(self):
        row = self.csv("ts v m in read w5 w1 out", "2026-07-01T08:00Z|acme|a1|1000|100|200|300|10")
        for rates, spend in (({"output": "0"}, "0.004"), ({"cacheWrite5m": "20", "output": "0"}, "0.008"), ({}, "0.004")):
            found = self.result(row, overrides=[price("acme", "a1", input="10", **rates)])
            self.assertEqual((found["spend"], found["unpricedTokens"], found["complete"]), (spend, 0, False))
            self.assertEqual(found["ratios"]["perRequest"], {"value": None, "coverage": None})

    def test_context_tiers(self):
        long = [price("acme", "a1", input="1", cacheRead="0.1", output="2",
                      tiers=[{"aboveTokens": 200000, "rates": {"input": "3"}}])]

        def cost(row, head="ts v m in read out"):
            return self.spend(self.csv(head, row), overrides=long)

        self.assertEqual(cost("2026-07-01T08:00Z|acme|a1|200000|0|0"), "0.2")
        self.assertEqual(cost("2026-07-01T08:00Z|acme|a1|200001|0|0"), "0.600003")
        self.assertEqual(cost("2026-07-01T08:00Z|acme|a1|200001|200000|1000000"), "2.020003")  # cached counts; others at base
        self.assertEqual(cost("2026-07-01T08:00Z|acme|a1|400001|2", "ts v m in n"), "1.200003")  # 200,000.5 rounded up
        self.assertEqual(cost("2026-07-01T08:00Z|acme|a1|400000|2", "ts v m in n"), "0.4")
        self.assertEqual(cost("2026-07-01T08:00Z|acme|a1|900000|0-200k", "ts v m in win"), "0.9")
        self.assertEqual(cost("2026-07-01T08:00Z|acme|a1|1|200k-1M", "ts v m in win"), "0.000003")

    def test_a_later_price_reaches_only_what_is_unpriced(self):
        rows = self.csv("ts v m in cost", "2026-07-01T08:00Z|acme|a1|1000|", "2026-07-01T08:00Z|acme|a1|1000|7",
                        "2026-06-01T08:00Z|acme|a1|1000|", "2026-07-01T08:00Z|openai|gpt-4o|1000|")
        later = dict(price("acme", "a1", since="2026-07-01T00:00:00Z", input="1"), op="override")
        change = dict(price("openai", "gpt-4o", input="1000"), op="override")
        found = self.result(rows, later, change)
        self.assertEqual((found["spend"], found["unpricedTokens"]), ("7.0035", 1000))

    def test_with_no_vendor_one_provider_must_sell_the_model(self):
        self.assertEqual(self.spend(self.csv("ts m in", "2026-07-01T08:00Z|gpt-4o|1000")), "0.0025")
        self.assertIsNone(self.spend(self.csv("ts m in", "2026-07-01T08:00Z|glm-5.2|1000")))

    def test_a_tier_of_service_without_a_price_is_unpriced(self):
        found = self.result(self.csv("ts v m in tier", "2026-07-01T08:00Z|openai|gpt-4o|1000|batch",
                                     "2026-07-01T08:00Z|openai|gpt-4o|1000|flex"))
        self.assertEqual((found["spend"], found["unpricedTokens"], found["unpricedRequests"]), ("0.00125", 1000, 1))

    def test_priority_and_fast_are_one_tier(self):
        def cost(tier, vendor="acme", model="a1", *prices):
            return self.spend(self.csv("ts v m in tier", "2026-07-01T08:00Z|%s|%s|1000|%s" % (vendor, model, tier)),
                              overrides=prices)

        self.assertEqual(cost("priority", "anthropic", "claude-opus-4-6"), "0.03")  # the list names it fast, at 30
        self.assertEqual(cost("fast", "anthropic", "claude-opus-4-6"), "0.03")
        self.assertIsNone(cost("priority", "openai", "o3"))  # its fast price starts in October
        fast, priority = price("acme", "a1", "fast", input="2"), price("acme", "a1", "priority", input="3")
        self.assertEqual([cost(tier, "acme", "a1", fast) for tier in ("fast", "priority", "")], ["0.002", "0.002", None])
        self.assertEqual([cost(tier, "acme", "a1", fast, priority) for tier in ("fast", "priority")], ["0.002", "0.003"])
        self.assertEqual(cost("priority", "openrouter", "x-ai/grok-4.6"), "0.004")

    def test_vertex_sells_claude_at_anthropics_list_price(self):
        head = "ts v m in cost"
        for model, spent in (("claude-sonnet-4-5@20250929", "0.003"), ("Claude Sonnet 4.5", "0.003"),
                             ("vertex_ai/claude-sonnet-4-5", "0.003"), ("gemini-2.5-pro", "0.00125"), ("gpt-4o", None)):
            self.assertEqual(self.spend(self.csv(head, "2026-07-01T08:00Z|vertex_ai|%s|1000|" % model)), spent, model)
        self.assertEqual(self.spend(self.csv(head, "2026-07-01T08:00Z|vertex|claude-sonnet-4-5|1000|0.01")), "0.01")
        own = [price("vertex", "claude-sonnet-4-5", input="5")]
        self.assertEqual(self.spend(self.csv(head, "2026-07-01T08:00Z|vertex|claude-sonnet-4-5|1000|0.01"), overrides=own), "0.005")

    def test_openrouter_names_the_maker_before_the_slash(self):
        head = "ts v m in cost"
        for model, spent in (("anthropic/claude-sonnet-4.5", "0.003"), ("openai/gpt-4o", "0.0025"), ("x-ai/grok-4.6", "0.002"),
                             ("openrouter/openai/gpt-4o", "0.0025"), ("gpt-4o", None), ("anthropic/gpt-4o", None)):
            self.assertEqual(self.spend(self.csv(head, "2026-07-01T08:00Z|openrouter|%s|1000|" % model)), spent, model)
        self.assertEqual(self.spend(self.csv(head, "2026-07-01T08:00Z|openrouter|openai/gpt-4o|1000|0.01")), "0.01")
        dated = self.csv("ts v m in", "2026-07-01T08:00Z|openrouter|anthropic/claude-sonnet-4-5-20250929|1000")
        bill = self.csv("ts v m cost", "2026-07-01|openrouter|anthropic/claude-sonnet-4.5|2", feed="bill")
        found = self.result(dated, bill)
        self.assertEqual((found["spend"], found["reconciled"]), ("0.003", "2"))


class Spend(Case):
    BILL = "ts v m cost"

    def bill(self, *rows):
        return self.csv(self.BILL, *rows, feed="bill")

    def test_one_row_alone(self):
        for row, spent, basis in (("|1000||", None, None), ("acme|1000|0|", None, None), ("acme|1000|2|", "2", "reported"),
                                  ("acme|0|2|", "2", "charge"), ("acme|0|0|", "0", "charge"), ("openai|0||", None, None),
                                  ("acme||-2|", "-2", "charge")):
            found = self.result(self.csv("ts v in cost f", "2026-07-01T08:00Z|" + row))
            self.assertEqual(found["spend"], spent, row)
            if basis:
                self.assertEqual(found["byBasis"][basis], spent)
        self.assertEqual(self.spend(self.csv("ts v m ok", "2026-07-01T08:00Z|openai|gpt-4o|1")), None)

    def test_metered_without_a_price_takes_the_bill(self):
        log = self.csv("ts v m in f", "2026-07-01T08:00Z|acme|a1|1000|x", "2026-07-01T09:00Z|acme|a1|3000|y",
                       "2026-07-02T09:00Z|acme|a1|1000|x")
        found = self.result(log, self.bill("2026-07-01|acme|A1|3", "2026-07-01|acme|a1|-1", "2026-07-03|acme|a1|5"))
        self.assertEqual((found["spend"], found["byBasis"]["charge"], found["reconciled"]), ("7", "7", "0"))
        self.assertEqual(found["unpricedTokens"], 1000)
        self.assertEqual(found["days"][1], {"day": "2026-07-02", "spend": None})

    def test_what_is_priced_keeps_its_cost_and_the_rest_goes_to_the_unpriced(self):
        log = self.csv("ts v m in cost", "2026-07-01T08:00Z|acme|a1|1000|2", "2026-07-01T09:00Z|acme|a1|3000|")
        found = self.result(log, self.bill("2026-07-01|acme|a1|5"))
        self.assertEqual((found["spend"], found["byBasis"]["reported"], found["byBasis"]["charge"], found["reconciled"]),
                         ("5", "2", "3", "2"))
        found = self.result(log, self.bill("2026-07-01|acme|a1|1.5"))
        self.assertEqual((found["spend"], found["reconciled"], found["unpricedTokens"]), ("2", "1.5", 3000))

    def test_which_metered_tokens_a_charge_restates(self):
        log = self.csv("ts v m in", "2026-07-01T08:00Z|anthropic|claude-sonnet-4-5-20250929|1000000",
                       "2026-07-01T08:00Z|anthropic|claude-next|1000")
        cases = (("Claude Sonnet 4.5", "3", "9"),      # the dated id's display name: reconciled, nothing left over
                 ("claude-next", "12", "0"),           # equal text: the unpriced row takes it
                 ("claude-haiku-4-5", "12", "0"),      # known, not metered: those nobody recognises
                 ("mystery", "9", "3"), ("", "9", "3"))  # the whole day: 9 - 3 is left for the unpriced row
        for model, spent, reconciled in cases:
            found = self.result(log, self.bill("2026-07-01|anthropic|%s|9" % model))
            self.assertEqual((found["spend"], found["reconciled"]), (spent, reconciled), model)
        only = self.csv("ts v m in", "2026-07-01T08:00Z|anthropic|claude-sonnet-4-5|1000000")
        self.assertEqual(self.spend(only, self.bill("2026-07-01|anthropic|claude-haiku-4-5|9")), "12")
        self.assertEqual(self.spend(only, self.bill("2026-07-02|anthropic|claude-sonnet-4-5|9")), "12")
        self.assertEqual(self.spend(only, self.bill("2026-07-01|aws|claude-sonnet-4-5|9")), "12")

    def test_a_charge_nobody_recognises_restates_what_is_still_free(self):
        log = self.csv("ts v m in", "2026-07-01T08:00Z|openai|gpt-4o|4000000", "2026-07-01T08:00Z|openai|gpt-4o-mini|1000000",
                       "2026-07-01T08:00Z|openai|foo|1000")         # computed 10 and 0.15, and no price
        two = self.csv("ts v m in", "2026-07-01T08:00Z|openai|gpt-4o|4000000", "2026-07-01T08:00Z|openai|foo|1000")
        cases = (
            (two, ("gpt-4o|10", "mystery|5"), "15", "10", 0),                   # foo alone is free and takes 5
            (two, ("gpt-4o|10", "foo|2", "mystery|5"), "12", "15", 0),          # all taken: the 5 only reconciles
            (two, ("gpt-4o|10", "foo|0", "mystery|5"), "10", "15", 1000),       # taken by nothing much, and still taken
            (two, ("gpt-4o|11", "mystery|5"), "15", "11", 0),                   # what one group has over stays there
            (log, ("gpt-4o|10", "mystery|5", "|1"), "16", "10.15", 0),          # 6 - 0.15 = 5.85 for foo
            (log, ("gpt-4o|10", "mystery|0.1"), "10.15", "10.1", 1000),         # nothing left over
        )
        for metered, bill, spent, reconciled, unpriced in cases:
            found = self.result(metered, self.bill(*("2026-07-01|openai|" + line for line in bill)))
            self.assertEqual((found["spend"], found["reconciled"], found["unpricedTokens"]), (spent, reconciled, unpriced), bill)

    def test_a_charge_of_a_model_not_metered_joins_them(self):
        log = self.csv("ts v m in", "2026-07-01T08:00Z|openai|gpt-4o|4000000", "2026-07-01T08:00Z|openai|gpt-4o-mini|1000000",
                       "2026-07-01T08:00Z|openai|foo|1000", "2026-07-01T08:00Z|openai|bar|3000")
        cases = (
            (("gpt-4o|10", "o3|4"), "14.15", "10"),                             # foo and bar alone: 4
            (("gpt-4o|10", "o3|0.1"), "10.25", "10"),                           # gpt-4o-mini, 0.15, does not count
            (("gpt-4o|10", "o3|4", "mystery|2.15"), "16.15", "10.15"),          # mini, foo and bar: 6.15 - 0.15
            (("gpt-4o|10", "foo|1", "o3|4"), "15.15", "10"),                    # bar is free, and takes the 4
            (("gpt-4o|10", "foo|1", "bar|1", "o3|4"), "16.15", "10"),           # nothing is: o3 is spend
            (("gpt-4o|10", "foo|1", "bar|1", "o3|4", "mystery|2.15"), "16.15", "12.15"),  # mini is free for mystery
            (("o3|4",), "14.15", "0"),
        )
        for bill, spent, reconciled in cases:
            found = self.result(log, self.bill(*("2026-07-01|openai|" + line for line in bill)))
            self.assertEqual((found["spend"], found["reconciled"]), (spent, reconciled), bill)

    def test_tokens_without_a_rate_take_their_part_of_the_bill(self):
        # a1 in the standard tier: 1000 rated at 1 is 0.001, 500 have no rate; in the batch tier all 1500 have none.
        prices = [price("acme", "a1", input="1")]
        log = self.csv("ts v m in out s", "2026-07-01T08:00Z|acme|a1|1000|500|x", feed="log")
        batch = self.csv("ts v m in out tier", "2026-07-01T08:00Z|acme|a1|1000|500|batch", feed="batch")
        found = self.result(log, batch, self.bill("2026-07-01|acme|a1|2.001"), overrides=prices)
        self.assertEqual((found["spend"], found["reconciled"], found["complete"]), ("2.001", "0.001", True))
        self.assertEqual(found["byBasis"], {"computed": "0.001", "reported": "0", "charge": "2"})
        self.assertEqual(found["ratios"]["perSession"]["value"], "0.501000000000000")    # 0.001 + 2 * 500/2000
        self.assertEqual(found["ratios"]["per1kTokens"], {"value": "0.667000000000000", "coverage": "1.000000000000000"})
        found = self.result(log, self.bill("2026-07-01|acme|a1|0.001"), overrides=prices)
        self.assertEqual((found["spend"], found["reconciled"], found["complete"]), ("0.001", "0.001", False))
        self.assertEqual(found["ratios"]["perSession"], {"value": None, "coverage": None})
        found = self.result(log, self.bill("2026-07-01|acme|mystery|0.501"), overrides=prices)
        self.assertEqual((found["spend"], found["complete"]), ("0.501", True))

    def test_the_day_is_the_reporting_zones(self):
        log = self.csv("ts v m in", "2026-07-01T22:30Z|acme|a1|1000")
        self.assertEqual(self.spend(log, self.bill("2026-07-02|acme|a1|9")), "9")
        self.assertEqual(self.result(log, self.bill("2026-07-02|acme|a1|9"), zone="UTC")["unpricedTokens"], 1000)

    def test_a_file_that_names_no_vendor_meets_the_bill_of_the_one_who_sells_the_model(self):
        def both(log, *bill):
            found = self.result(log, self.bill(*bill))
            return found["spend"], found["reconciled"], found["unpricedTokens"]

        log = self.csv("ts m in", "2026-07-01T08:00Z|gpt-4o|1000", "2026-07-01T08:00Z|foo|1000")
        self.assertEqual(both(log, "2026-07-01|openai|gpt-4o|9"), ("0.0025", "9", 1000))
        self.assertEqual(both(log, "2026-07-01|openai|mystery|9"), ("0.0025", "9", 1000))    # foo is nobody's
        self.assertEqual(both(log, "2026-07-01|azure|gpt-4o|9"), ("9.0025", "0", 1000))
        flex = self.csv("ts m in tier", "2026-07-01T08:00Z|gpt-4o|1000|flex")
        self.assertEqual(both(flex, "2026-07-01|openai|gpt-4o|9"), ("9", "0", 0))
        several = self.csv("ts m in", "2026-07-01T08:00Z|glm-5.2|1000")
        self.assertEqual(both(several, "2026-07-01|zai|glm-5.2|9"), ("9", "0", 1000))
        named = self.csv("ts v m in", "2026-07-01T08:00Z||gpt-4o|1000", "2026-07-02T08:00Z|acme|a1|1000")
        self.assertEqual(both(named, "2026-07-01|openai|gpt-4o|9"), ("9.0025", "0", 1000))
        bill = self.csv("ts m cost", "2026-07-01|gpt-4o|9", feed="bill")
        found = self.result(self.csv("ts v m in", "2026-07-01T08:00Z|openai|gpt-4o|1000"), bill)
        self.assertEqual((found["spend"], found["reconciled"]), ("0.0025", "9"))
        self.assertEqual([(v["vendor"], v["computed"], v["billed"]) for v in found["byVendorMonth"]],
                         [("", None, "9"), ("openai", "0.0025", None)])

    def test_other_kinds_are_added_unless_metered(self):
        pages = {"data": [{"start_time": 1782864000, "end_time": 1782950400, "results": [
            {"amount": {"value": "0.5", "currency": "usd"}, "line_item": "Image models"},
            {"amount": {"value": 0.25, "currency": "usd"}, "line_item": "web search tool calls"},
            {"amount": {"value": 0.0025, "currency": "usd"}, "line_item": "gpt-4o-2024-08-06, input"}]}]}
        costs = self.json("openai-costs", pages, feed="costs")
        self.assertEqual(self.spend(costs), "0.7525")
        log = self.csv("ts v m in cost", "2026-07-01T08:00Z|openai|gpt-4o|1000|")
        found = self.result(costs, log)
        self.assertEqual((found["spend"], found["reconciled"]), ("0.7525", "0.0025"))
        log = self.csv("ts v m in cost", "2026-07-01T08:00Z|openai|gpt-4o|1000|", "2026-07-01T08:00Z|openai|dall-e-3||0.5")
        found = self.result(costs, log)
        self.assertEqual((found["spend"], found["reconciled"]), ("0.7525", "0.5025"))

    def test_other_money_is_refused(self):
        self.assertIn("error", self.result(self.csv("ts v m cost", "2026-07-01|a|b|1", costCurrency="EUR")))

    def test_the_period_is_of_local_days(self):
        log = self.csv("ts v m in", "2026-06-30T22:00Z|openai|gpt-4o|1000", "2026-07-31T22:00Z|openai|gpt-4o|1000")
        found = self.result(log, **{"from": "2026-07-01", "to": "2026-07-31"})
        self.assertEqual(([d["day"] for d in found["days"]], found["requests"]), (["2026-07-01"], 1))


class Merging(Case):
    def test_request_ids_count_once(self):
        first = self.csv("ts id in", "2026-07-01T08:00Z|a|1", "2026-07-01T08:00Z|a|2", "2026-07-01T09:00Z|b|3")
        second = self.csv("ts id in", "2026-07-01T09:00Z|b|4", "2026-07-01T09:30Z|c|5")
        found = self.result(first, second)
        self.assertEqual((found["requests"], found["tokens"]["input"]), (3, 9))
        self.assertEqual([r["duplicate"] for r in found["rows"]], [1, 1])
        self.assertEqual(self.result(first, second, {"op": "revert", "import": 0})["tokens"]["input"], 9)
        self.assertEqual(self.result(first, dict(second, feed="other"))["tokens"]["input"], 13)

    def test_pieces_cut_by_time_come_together(self):
        rng = random.Random(7)
        rows = sorted("2026-07-01T%02d:%02d:00.%dZ|openai|gpt-4o|%d" % (
            rng.randrange(24), rng.choice((0, 30)), rng.randrange(2), rng.randrange(1, 3)) for _ in range(120))
        whole = self.result(self.csv("ts v m in", *rows))
        for _ in range(20):
            pieces, at = [], 0
            while at < len(rows):
                to = at + rng.randrange(1, 60)
                since, until = rows[max(0, at - rng.randrange(20))], rows[min(to, len(rows)) - 1]
                # a cut by time takes every row between two instants
                pieces.append([r for r in rows if since.split("|")[0] <= r.split("|")[0] <= until.split("|")[0]])
                at = to
            rng.shuffle(pieces)
            found = self.result(*(self.csv("ts v m in", *piece) for piece in pieces))
            for key in ("spend", "tokens", "requests"):
                self.assertEqual(found[key], whole[key])
            self.assertEqual(sum(found["conflicts"]), 0)

    def test_three_answers_to_a_conflict(self):
        first = self.csv("ts in", *("2026-07-01T%02d:00Z|%d" % (h, 1) for h in range(8, 13)))
        for answer, tokens, counted in (("keep", 5, 0), ("replace", 14, 1), ("add", 15, 1)):
            second = self.csv("ts in", *("2026-07-01T%02d:00Z|%d" % (h, 10 if h == 10 else 1) for h in range(8, 13)), answer=answer)
            found = self.result(first, second)
            self.assertEqual((found["tokens"]["input"], found["conflicts"]), (tokens, [0, 1]), answer)
            self.assertEqual(found["rows"][1]["good"], counted)
            self.assertEqual(self.result(first, second, {"op": "revert", "import": 1})["tokens"]["input"], 5)
            self.assertEqual(self.result(first, second, {"op": "revert", "import": 0})["tokens"]["input"], 14)

    def test_a_row_that_has_grown_where_two_files_meet(self):
        first = self.csv("ts in", "2026-07-01|1", "2026-07-02|2", "2026-07-03|100")
        for answer, tokens, counts in (("keep", 107, (1, 0, 1)), ("replace", 157, (2, 0, 0)), ("add", 257, (2, 0, 0))):
            second = self.csv("ts in", "2026-07-03|150", "2026-07-04|4", answer=answer)
            found = self.result(first, second)
            self.assertEqual((found["tokens"]["input"], found["conflicts"]), (tokens, [0, 1]), answer)
            self.assertEqual(tuple(found["rows"][1][key] for key in ("good", "duplicate", "skipped")), counts)
            again = self.csv("ts in", "2026-07-01|1", "2026-07-02|2", "2026-07-03|150", answer=answer)  # both end there
            self.assertEqual(self.result(first, again)["tokens"]["input"], tokens - 4)
            self.assertEqual(self.result(first, second, {"op": "revert", "import": 1})["tokens"]["input"], 103)

    def test_where_two_files_meet_one_may_hold_the_other(self):
        more = self.csv("ts in", "2026-07-03T10:00:07Z|1", "2026-07-03T10:00:07Z|1", "2026-07-03T10:00:07Z|5", "2026-07-03T10:50Z|9")
        for cells, tokens, conflicts in ((("1",), 17, 0), (("1", "5"), 17, 0), (("1", "1", "1"), 18, 1), (("1", "6"), 17, 1)):
            rows = ["2026-07-03T10:00:07Z|" + cell for cell in cells]
            first = self.csv("ts in", "2026-07-03T09:59Z|1", *rows)
            found = self.result(first, dict(more, onConflict="replace"))
            self.assertEqual((found["tokens"]["input"], found["conflicts"]), (17, [0, conflicts]), cells)
            found = self.result(first, more)       # keep leaves the 9 of that hour out, too
            left = 1 + sum(map(int, cells)) if conflicts else tokens
            self.assertEqual((found["tokens"]["input"], found["conflicts"]), (left, [0, conflicts]), cells)
        # An instant inside one of the two is no place where they meet: its rows come together.
        inside = self.csv("ts in", "2026-07-03T10:00:01Z|3", "2026-07-03T10:00:07Z|6", "2026-07-03T10:00:09Z|4")
        found = self.result(inside, more)
        self.assertEqual((found["tokens"]["input"], found["conflicts"]), (29, [0, 0]))
        # With request ids the first telling of a request stands.
        first = self.csv("ts id in", "2026-07-03T09:00Z|a|1", "2026-07-03T10:00Z|b|2")
        self.assertEqual(self.result(first, self.csv("ts id in", "2026-07-03T10:00Z|b|3", "2026-07-03T11:00Z|c|4"))["tokens"]["input"], 7)

    def test_an_hour_told_whole_and_in_part(self):
        head = "ts m f ok in"
        whole = ["2026-07-%02d|a|x|1|%d" % (day, 10) for day in range(1, 6)]

        def part(*rows, **more):
            return self.csv(head, *rows, "2026-07-09|a|x|1|1", **more)     # its first row is day 3 or 4

        cases = (("2026-07-04|a|x|1|10", "2026-07-05|a|x|1|10", 0, 51),     # told already
                 ("2026-07-04|a|x|1|7", "2026-07-05|a|x|1|10", 0, 51),      # seen before the day was over
                 ("2026-07-04|a|x|1|11", "2026-07-05|a|x|1|10", 1, 52),     # more than the whole
                 ("2026-07-04|a|y|1|7", "2026-07-05|a|x|1|10", 1, 48),      # of a feature the whole does not have
                 ("2026-07-04|a|x|0|7", "2026-07-05|a|x|1|10", 0, 51))      # fewer successes, too
        for early, late, conflicts, replaced in cases:
            one, other = self.csv(head, *whole), part(early, late)
            found = self.result(one, other)
            self.assertEqual((found["tokens"]["input"], found["conflicts"]), (51, [0, conflicts]), early)
            counts = {"read": 3, "good": 1, "bad": 0, "duplicate": 2 - conflicts, "skipped": conflicts}
            self.assertEqual(found["rows"][1], counts, early)
            self.assertEqual(self.result(one, dict(other, onConflict="replace"))["tokens"]["input"], replaced)
            # The other way round the whole file comes later: its rows take the place of those it has outgrown.
            found = self.result(other, dict(one, onConflict="replace"))
            self.assertEqual((found["tokens"]["input"], found["conflicts"]), (51, [0, conflicts]), early)
            self.assertEqual(self.result(other, one)["tokens"]["input"], replaced)
        grown = self.result(part("2026-07-04|a|x|1|7", "2026-07-04|a|y|1|1", "2026-07-05|a|x|1|10"),
                            self.csv(head, *whole, "2026-07-04|a|y|1|1"))
        self.assertEqual((grown["tokens"]["input"], grown["conflicts"]), (52, [0, 0]))
        self.assertEqual((grown["requests"], grown["rows"][1]["duplicate"]), (7, 2))       # the feature y and day 5
        empty = self.csv("ts in", "2026-07-03T08:00Z|1", "2026-07-03T12:00Z|2")     # nothing at ten, it says
        found = self.result(empty, self.csv("ts in", "2026-07-03T10:00Z|4"))
        self.assertEqual((found["tokens"]["input"], found["conflicts"]), (3, [0, 1]))

    def test_the_same_bytes(self):
        first = self.csv("ts v m in out", "2026-07-01T08:00Z|openai|gpt-4o|1000|100")
        self.assertEqual(self.result(first, first)["requests"], 1)
        swapped = dict(first, mapping=mapping({"timestamp": "ts", "vendor": "v", "model": "m",
                                               "input-tokens": "out", "output-tokens": "in"}))
        found = self.result(first, swapped)
        self.assertEqual((found["tokens"]["input"], found["requests"]), (100, 1))
        self.assertEqual(self.result(first, swapped, {"op": "revert", "import": 1})["tokens"]["input"], 1000)


class TwoFeeds(Case):
    """A gateway and a console meter the first of July's gpt-4o; foo and the second only the gateway saw."""

    def setUp(self):
        super().setUp()
        self.gateway = self.csv("ts v m s ok in", "2026-07-01T08:00Z|openai|gpt-4o|a|1|1000", "2026-07-01T08:10Z|openai|gpt-4o|a|0|0",
                                "2026-07-01T09:00Z|openai|foo|b|1|1000", "2026-07-02T08:00Z|openai|GPT-4o|c|1|1000", feed="gateway")
        self.console = self.csv("ts v m in", "2026-07-01|Open AI|gpt-4o-2024-08-06|4000", feed="console")

    def figures(self, *steps):
        found = self.result(*steps)
        return found["spend"], found["requests"], found["sessions"], found["tokens"]["input"]

    BOTH, CONSOLE, GATEWAY = ("0.015", 5, 3, 7000), ("0.0125", 3, 2, 6000), ("0.005", 4, 3, 3000)

    def test_the_one_chosen_counts(self):
        for choice, expected in (("both", self.BOTH), ("this", self.CONSOLE), ("other", self.GATEWAY)):
            self.assertEqual(self.figures(self.gateway, dict(self.console, feeds={"gateway": choice})), expected)
            turned = {"both": "both", "this": "other", "other": "this"}[choice]
            self.assertEqual(self.figures(self.console, dict(self.gateway, feeds={"console": turned})), expected)
            self.assertEqual(self.figures(dict(self.console, feeds={"gateway": choice}), self.gateway), expected)
        self.assertEqual(self.figures(self.gateway, self.console), self.BOTH)
        self.assertIn("error", self.result(self.gateway, dict(self.console, feeds={"gateway": "neither"})))

    def test_the_last_word_holds_until_it_is_taken_back(self):
        more = self.csv("ts v m in", "2026-07-03|openai|o3|1", feed="console")      # 2 per million
        first, later = dict(self.console, feeds={"gateway": "this"}), dict(more, feeds={"gateway": "other"})
        self.assertEqual(self.figures(self.gateway, first, later), ("0.005002", 5, 3, 3001))
        self.assertEqual(self.figures(self.gateway, first, later, {"op": "revert", "import": 2}), self.CONSOLE)
        self.assertEqual(self.figures(self.gateway, first, more), ("0.012502", 4, 2, 6001))     # it says nothing new

    def test_a_session_goes_with_its_first_request(self):
        gateway = self.csv("ts v m s ok in", "2026-07-01T08:00Z|openai|gpt-4o|a|0|1000", "2026-07-01T08:10Z|openai|o3|a|1|1000",
                           "2026-07-01T08:00Z|openai|o3|b|0|1000", "2026-07-01T08:10Z|openai|gpt-4o|b|1|1000", feed="gateway")
        found = self.result(gateway, dict(self.console, feeds={"gateway": "this"}))
        # o3 twice is 0.004; session a began at gpt-4o, b at o3, and ended well
        self.assertEqual((found["spend"], found["requests"], found["sessions"], found["successfulSessions"]), ("0.014", 3, 1, 1))

    def test_bills_meet_only_what_counts(self):
        flex = self.csv("ts v m in tier", "2026-07-01T08:00Z|openai|gpt-4o|1000|flex", feed="gateway")
        bill = self.csv("ts v m cost", "2026-07-01|openai|gpt-4o|9", feed="bill")
        both = self.result(flex, self.console, bill)
        self.assertEqual((both["spend"], both["reconciled"]), ("9.01", "0"))    # the gateway's has no price and the very id
        found = self.result(flex, dict(self.console, feeds={"gateway": "this"}), bill)
        self.assertEqual((found["spend"], found["reconciled"], found["unpricedTokens"]), ("0.01", "9", 0))
        # A bill meters nothing: it neither gives way nor makes anything give way.
        for choice in ("this", "other"):
            found = self.result(self.console, dict(bill, feeds={"console": choice}))
            self.assertEqual((found["spend"], found["reconciled"]), ("0.01", "9"))


class Sessions(Case):
    HEAD = "ts v m s ok in"

    def test_first_counts_and_last_decides(self):
        found = self.result(self.csv(
            self.HEAD, "2026-07-31T21:59:59.9Z|openai|gpt-4o|a|0|1000", "2026-07-31T22:10:00.2Z|openai|gpt-4o|a|1|1000",
            "2026-07-31T22:10:00.1Z|openai|gpt-4o|a|0|1000", "2026-07-31T21:00Z|openai|gpt-4o|b|1|1000",
            "2026-07-31T21:00Z|openai|gpt-4o|b|0|1000", "2026-07-31T21:00Z|openai|gpt-4o|c||1000"),
            **{"from": "2026-07-01", "to": "2026-07-31"})
        self.assertEqual((found["sessions"], found["successfulSessions"], found["requests"]), (3, 2, 4))
        self.assertEqual(found["ratios"]["successShare"], {"value": "1.000000000000000", "coverage": "0.666666666666667"})

    def test_a_session_across_two_files_is_one(self):
        head, tail = "2026-07-01T08:00Z|openai|gpt-4o|a|0|1000", "2026-07-01T09:00Z|openai|gpt-4o|a|1|1000"
        found = self.result(self.csv(self.HEAD, head), self.csv(self.HEAD, tail))
        self.assertEqual((found["sessions"], found["successfulSessions"]), (1, 1))
        found = self.result(self.csv(self.HEAD, head), self.csv(self.HEAD, tail, feed="other"))
        self.assertEqual((found["sessions"], found["successfulSessions"]), (2, 1))

    def test_ratios_divide_like_by_like(self):
        found = self.result(
            self.csv(self.HEAD, "2026-07-01T08:00Z|openai|gpt-4o|a|1|1000", "2026-07-01T08:00Z|openai|gpt-4o|b|0|1000",
                     "2026-07-01T08:00Z|acme|a1|c|1|1000"),
            self.csv("ts v m cost", "2026-07-01|support desk|x|99", feed="bill"))
        self.assertEqual(found["spend"], "99.005")
        self.assertEqual(found["ratios"]["perSession"], {"value": "0.002500000000000", "coverage": "0.666666666666667"})
        self.assertEqual(found["ratios"]["perSuccessfulSession"]["value"], "0.005000000000000")
        self.assertEqual(found["ratios"]["perRequest"], {"value": "0.002500000000000", "coverage": "0.666666666666667"})
        self.assertEqual(found["ratios"]["per1kTokens"], {"value": "0.002500000000000", "coverage": "0.666666666666667"})


class Laws(Case):
    """Whatever is imported: the parts add up, and the order of rows in a file does not matter."""

    def test_parts_add_up(self):
        rng = random.Random(11)
        for _ in range(150):
            def row(bill):
                when = "2026-07-0%dT%02d:%02dZ" % (rng.randrange(1, 4), rng.randrange(24), rng.randrange(60))
                who = "%s|%s" % (rng.choice(("openai", "azure", "acme", "")), rng.choice(("gpt-4o", "a1", "gpt-4o-2024-08-06", "")))
                cost = rng.choice(("", "0", "0.02", "-0.01", "3"))
                return "%s|%s|%s" % (when, who, cost) if bill else "%s|%s|%s|%d|%s|%s" % (
                    when, who, cost, rng.choice((0, 1000, 250000)), rng.choice("abc"), rng.choice(("1", "0", "")))
            log, bill = [row(False) for _ in range(12)], [row(True) for _ in range(5)]
            found = self.result(self.csv("ts v m cost in s ok", *log), self.csv("ts v m cost", *bill, feed="bill"))
            total = sum(Fraction(part) for part in found["byBasis"].values())
            self.assertEqual(total, Fraction(found["spend"] or 0))
            self.assertEqual(total, sum(Fraction(day["spend"] or 0) for day in found["days"]))
            self.assertEqual(found["requests"], 12)
            rng.shuffle(log)
            rng.shuffle(bill)
            again = self.result(self.csv("ts v m cost", *bill, feed="bill"), self.csv("ts v m cost in s ok", *log))
            for key in ("spend", "byBasis", "reconciled", "sessions", "days", "byVendorMonth"):
                self.assertEqual(found[key], again[key], key)


class CommandLine(Case):
    def test_one_scenario_and_a_batch(self):
        scenario = json.dumps({"currency": "USD", "timeZone": "UTC", "prices": [LIST],
                               "steps": [self.fixture("anthropic_cost.csv", "anthropic-cost-csv")]})
        command = [sys.executable, os.path.join(HERE, "oracle.py")]
        one = subprocess.run(command, input=scenario, capture_output=True, text=True, check=True).stdout
        self.assertEqual(json.loads(one)["spend"], "2.185000001")
        many = subprocess.run(command + ["--batch"], input=(scenario + "\n") * 2 + "{\n", capture_output=True, text=True, check=True)
        answers = [json.loads(line) for line in many.stdout.splitlines()]
        self.assertEqual([answer.get("spend") for answer in answers], ["2.185000001", "2.185000001", None])
        self.assertIn("error", answers[2])


if __name__ == "__main__":
    unittest.main()
