"""The import's peer: DuckDB reads the same usage file, joins the same prices, groups to the same roll-up and writes it.

Usage: peer_duckdb.py USAGE.csv PRICES.json.gz OUT.duckdb
Prints one line of JSON: seconds, peak memory in MB, version, and the roll-up's totals for comparison.
"""

import gzip
import json
import os
import resource
import sys
import time

import duckdb

ROLL_UP = """
create table usage_hourly as
with request as (
    select
        date_trunc('hour', timestamp) as hour, timestamp as moment, session_id,
        u.vendor, u.model, u.feature, u.tenant, u.environment, u.success = 1 as success,
        input_tokens - cached_tokens as input_tokens, cached_tokens, output_tokens,
        p.id as price, p.input, p.cache_read, p.output
    from read_csv('{usage}', header = true) u
    left join price p
        on p.provider = u.vendor and p.model = u.model
        and u.timestamp >= p.valid_from and u.timestamp < p.valid_to
),
session as (
    -- A session counts at its first request and succeeded if its last one did.
    select
        arg_min({{'hour': hour, 'vendor': vendor, 'model': model, 'feature': feature, 'tenant': tenant,
                  'environment': environment, 'price': price}}, moment) as home,
        arg_max(success, moment) as success
    from request group by session_id
),
of_sessions as (
    select home.hour as hour, home.vendor as vendor, home.model as model, home.feature as feature,
           home.tenant as tenant, home.environment as environment, home.price as price,
           count(*) as sessions, count(*) filter (success) as successful_sessions
    from session group by all
),
of_requests as (
    select hour, vendor, model, feature, tenant, environment, price,
           count(*) as requests, count(*) filter (success) as successes,
           sum(input_tokens) as input_tokens, sum(cached_tokens) as cached_tokens, sum(output_tokens) as output_tokens,
           sum(input_tokens::hugeint * input + cached_tokens::hugeint * cache_read + output_tokens::hugeint * output) as femtos
    from request group by all
)
select r.*, coalesce(s.sessions, 0) as sessions, coalesce(s.successful_sessions, 0) as successful_sessions
from of_requests r left join of_sessions s
    on r.hour = s.hour and r.vendor = s.vendor and r.model = s.model and r.feature = s.feature and r.tenant = s.tenant
    and r.environment = s.environment and r.price is not distinct from s.price
order by hour
"""


def prices(path):
    """The list's standard rows as (id, provider, model, from, to, input, cache_read, output): nano-dollars per million."""
    listed = json.load(gzip.open(path))["prices"]
    rows = []
    for provider, models in listed.items():
        for model, tiers in models.items():
            dated = tiers.get("standard", [])
            for index, row in enumerate(dated):
                rates = row.get("rates")
                if not rates or "input" not in rates or "output" not in rates:
                    continue
                end = dated[index + 1]["start"] if index + 1 < len(dated) else None
                nanos = lambda name: round(rates.get(name, rates["input"]) * 1_000_000_000)
                rows.append((len(rows), provider, model, row["start"] or "0001-01-01T00:00:00Z",
                             end or "9999-01-01T00:00:00Z", nanos("input"), nanos("cache_read"), nanos("output")))
    return rows


def main(usage, price_list, out):
    rows = prices(price_list)
    if os.path.exists(out):
        os.remove(out)
    start = time.perf_counter()
    connection = duckdb.connect(out)
    connection.execute("set timezone = 'UTC'")
    connection.execute("create table price (id int, provider text, model text, valid_from timestamptz, valid_to timestamptz,"
                       " input bigint, cache_read bigint, output bigint)")
    used = [row for row in rows if row[1] in ("openai", "anthropic", "google")]
    connection.executemany("insert into price values (?, ?, ?, ?, ?, ?, ?, ?)", used)
    connection.execute(ROLL_UP.format(usage=usage))
    connection.execute("checkpoint")
    seconds = time.perf_counter() - start
    totals = connection.execute(
        "select count(*), sum(requests), sum(sessions), sum(successful_sessions),"
        " sum(input_tokens + cached_tokens + output_tokens), sum(femtos) from usage_hourly").fetchone()
    connection.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": round(peak), "version": duckdb.__version__,
                      "cells": totals[0], "requests": int(totals[1]), "sessions": int(totals[2]),
                      "successful_sessions": int(totals[3]), "tokens": int(totals[4]), "femtos": str(totals[5])}))


if __name__ == "__main__":
    main(*sys.argv[1:4])
