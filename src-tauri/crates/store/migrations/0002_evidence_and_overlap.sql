-- What a cost rests on is fixed at the import and stored with the series; amounts no longer end at 64 bits; an import keeps the
-- rows of its edges, so that overlapping files come together; one that is taken back, or left out, is a flag.

-- Bills are charges, prices compute, a gateway's amount is reported, the rest is unpriced. Bits of `known`: 16 tokens, 32 amount.
ALTER TABLE usage_series ADD COLUMN basis TEXT NOT NULL DEFAULT 'unpriced';
-- The zone in which the whole days are cut that its rows are of; NULL where they are instants.
ALTER TABLE usage_series ADD COLUMN day_zone TEXT;
DROP INDEX usage_series_key;
UPDATE usage_series SET basis = CASE
  WHEN known & 16 = 0 AND known & 32 <> 0 THEN 'tokens'
  WHEN price_id IS NOT NULL THEN 'computed'
  WHEN known & 32 <> 0 THEN 'reported'
  ELSE 'unpriced' END;
UPDATE usage_series SET price_id = NULL, band = 0 WHERE basis = 'tokens';
-- Two series that differed only in the price of tokens they do not have are one now.
CREATE TEMP TABLE same_bill AS
  SELECT s.id AS id, min(f.id) AS kept FROM usage_series s JOIN usage_series f
    ON f.basis = 'tokens' AND s.basis = 'tokens' AND f.source_id = s.source_id AND f.vendor = s.vendor AND f.model = s.model
   AND f.feature = s.feature AND f.tenant = s.tenant AND f.environment = s.environment AND f.tier = s.tier
   AND f.known = s.known AND f.reported_currency = s.reported_currency
  GROUP BY s.id;
-- An amount of 0 beside tokens was never a price.
CREATE TEMP TABLE not_reported AS
  SELECT DISTINCT s.id AS id FROM usage_series s JOIN usage_hour u ON u.series = s.id
   WHERE s.basis = 'reported' AND u.reported_nanos = 0;
INSERT INTO usage_series (source_id, vendor, model, feature, tenant, environment, tier, price_id, band, known, reported_currency, basis)
  SELECT source_id, vendor, model, feature, tenant, environment, tier, price_id, band, known, reported_currency, 'unpriced'
    FROM usage_series WHERE id IN (SELECT id FROM not_reported);

-- A cell a row, for as long as the figures of before are worked over; the code that opens the file packs them into hours.
CREATE TABLE usage_cell (
  hour                INTEGER NOT NULL,
  series              INTEGER NOT NULL,
  -- The import that tells of it; 0 is what the imports of a feed tell together where their files meet.
  import              INTEGER NOT NULL,
  -- Whether it counts: not while its import is taken back, or where another tells of the hour.
  counted             INTEGER NOT NULL DEFAULT 1 CHECK (counted IN (0, 1)),
  requests            INTEGER NOT NULL,
  successes           INTEGER NOT NULL,
  sessions            INTEGER NOT NULL,
  decided_sessions    INTEGER NOT NULL,
  successful_sessions INTEGER NOT NULL,
  input               INTEGER NOT NULL,
  cache_read          INTEGER NOT NULL,
  cache_write_5m      INTEGER NOT NULL,
  cache_write_1h      INTEGER NOT NULL,
  output              INTEGER NOT NULL,
  reasoning           INTEGER NOT NULL,
  input_audio         INTEGER NOT NULL DEFAULT 0,
  input_image         INTEGER NOT NULL DEFAULT 0,
  output_audio        INTEGER NOT NULL DEFAULT 0,
  output_image        INTEGER NOT NULL DEFAULT 0,
  web_searches        INTEGER NOT NULL DEFAULT 0,
  -- An amount is whole units and nano-units, of one sign: each of the two adds up within 64 bits.
  reported_units      INTEGER NOT NULL,
  reported_nanos      INTEGER NOT NULL,
  PRIMARY KEY (hour, series, import)
) STRICT, WITHOUT ROWID;
INSERT INTO usage_cell (hour, series, import, counted, requests, successes, sessions, decided_sessions, successful_sessions,
    input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, reported_units, reported_nanos)
  SELECT u.hour,
         CASE WHEN b.kept IS NOT NULL THEN b.kept
              WHEN s.basis = 'reported' AND u.reported_nanos = 0 THEN
                (SELECT n.id FROM usage_series n WHERE n.basis = 'unpriced' AND n.source_id = s.source_id AND n.vendor = s.vendor
                    AND n.model = s.model AND n.feature = s.feature AND n.tenant = s.tenant AND n.environment = s.environment
                    AND n.tier = s.tier AND n.known = s.known AND n.reported_currency = s.reported_currency)
              ELSE u.series END,
         u.import, max(u.counted), sum(requests), sum(successes), sum(sessions),
         sum(CASE WHEN s.known & 8 <> 0 THEN sessions ELSE 0 END), sum(successful_sessions), sum(input), sum(cache_read),
         sum(cache_write_5m), sum(cache_write_1h), sum(output), sum(reasoning), sum(reported_nanos) / 1000000000,
         sum(reported_nanos) % 1000000000
    FROM (SELECT *, 1 AS counted FROM usage_hour UNION ALL SELECT *, 0 FROM usage_reverted) u
    JOIN usage_series s ON s.id = u.series LEFT JOIN same_bill b ON b.id = u.series
   GROUP BY 1, 2, 3;
DROP TABLE usage_hour;
DROP TABLE usage_reverted;

-- The cells of an hour as an import told them, as `domain::hourly` writes them.
CREATE TABLE usage_hour (
  id      INTEGER PRIMARY KEY,
  -- Epoch second the hour begins at: on the quarter of an hour where the zone's days begin there.
  hour    INTEGER NOT NULL,
  source  INTEGER NOT NULL REFERENCES usage_source (id),
  -- The import that tells of it; 0 is what the imports of a feed tell together where their files meet.
  import  INTEGER NOT NULL,
  -- Whether it counts: not while its import is taken back, or where another tells of the hour.
  counted INTEGER NOT NULL DEFAULT 1 CHECK (counted IN (0, 1)),
  cells   BLOB NOT NULL,
  UNIQUE (hour, source, import)
) STRICT;
DELETE FROM usage_series WHERE id IN (SELECT id FROM same_bill WHERE id <> kept);
CREATE INDEX usage_hour_shared ON usage_hour (hour) WHERE import = 0;
CREATE UNIQUE INDEX usage_series_key ON usage_series
  (source_id, vendor, model, feature, tenant, environment, tier, coalesce(price_id, ''), band, known, reported_currency, basis,
   coalesce(day_zone, ''));

-- Derived from the hours that count; folded anew from them by the code that opens the file.
DROP TABLE usage_day;
CREATE TABLE usage_day (
  -- Days since 1970-01-01 in the workspace's zone.
  day   INTEGER PRIMARY KEY,
  -- What each series counts of it, as `domain::daily` writes it.
  parts BLOB NOT NULL
) STRICT;

-- Epoch nano-seconds of the first and the last row; NULL for an import of which no edges are known: it covers its hours wholly.
ALTER TABLE usage_import ADD COLUMN first_at INTEGER;
ALTER TABLE usage_import ADD COLUMN last_at INTEGER;
-- The import of the same bytes, read otherwise, in whose place this one stands.
ALTER TABLE usage_import ADD COLUMN replaces INTEGER REFERENCES usage_import (n);
-- What is done with hours that it tells otherwise than those before it.
ALTER TABLE usage_import ADD COLUMN answer TEXT CHECK (answer IN ('keep', 'replace', 'add'));

-- The rows of an import's first and last hour, and the sessions seen near its edges, as `domain::overlap` writes them.
CREATE TABLE usage_edge (
  import INTEGER NOT NULL REFERENCES usage_import (n),
  hour   INTEGER NOT NULL,
  rows   BLOB NOT NULL,
  PRIMARY KEY (import, hour)
) STRICT;
CREATE TABLE usage_trace (
  import   INTEGER PRIMARY KEY REFERENCES usage_import (n),
  sessions BLOB NOT NULL
) STRICT;

-- Requests, input and output tokens of each minute of a UTC hour, of one vendor's model as one import of a feed told them: peaks
-- add up neither from hours nor from series. As `domain::demand` writes them; `import` and `counted` as in usage_hour.
CREATE TABLE usage_minute (
  hour    INTEGER NOT NULL,
  source  INTEGER NOT NULL REFERENCES usage_source (id),
  vendor  INTEGER NOT NULL REFERENCES dimension_value (id),
  model   INTEGER NOT NULL REFERENCES dimension_value (id),
  import  INTEGER NOT NULL,
  counted INTEGER NOT NULL DEFAULT 1 CHECK (counted IN (0, 1)),
  minutes BLOB NOT NULL,
  PRIMARY KEY (hour, source, vendor, model, import)
) STRICT, WITHOUT ROWID;

-- How long the requests of an hour's cells took, as `domain::hourly` writes it; where no file tells, there is no row.
CREATE TABLE usage_latency (
  id       INTEGER PRIMARY KEY,
  hour     INTEGER NOT NULL,
  source   INTEGER NOT NULL REFERENCES usage_source (id),
  import   INTEGER NOT NULL,
  counted  INTEGER NOT NULL DEFAULT 1 CHECK (counted IN (0, 1)),
  sketches BLOB NOT NULL,
  UNIQUE (hour, source, import)
) STRICT;
CREATE INDEX usage_latency_shared ON usage_latency (hour) WHERE import = 0;

-- Two feeds that tell of the same vendor, model and day: which of them counts. 'both' are different traffic.
CREATE TABLE usage_feed_pair (
  first  INTEGER NOT NULL REFERENCES usage_source (id),
  second INTEGER NOT NULL REFERENCES usage_source (id),
  basis  TEXT NOT NULL CHECK (basis IN ('first', 'second', 'both')),
  PRIMARY KEY (first, second),
  CHECK (first < second)
) STRICT;

-- An alias is of one vendor's spelling ('' for every vendor's), and a person's own come before a list's.
CREATE TABLE price_alias_new (
  vendor   TEXT NOT NULL DEFAULT '',
  alias    TEXT NOT NULL,
  provider TEXT NOT NULL,
  model    TEXT NOT NULL,
  recorded INTEGER NOT NULL DEFAULT 0 CHECK (recorded IN (0, 1)),
  PRIMARY KEY (vendor, alias)
) STRICT;
INSERT INTO price_alias_new (alias, provider, model) SELECT alias, provider, model FROM price_alias;
DROP TABLE price_alias;
ALTER TABLE price_alias_new RENAME TO price_alias;

-- What a change, or its undoing, made of each month's spend.
CREATE TABLE figure_moved (
  id       INTEGER PRIMARY KEY,
  activity TEXT NOT NULL REFERENCES activity (id),
  at       TEXT NOT NULL,
  undoing  INTEGER NOT NULL CHECK (undoing IN (0, 1)),
  months   TEXT NOT NULL CHECK (json_valid(months))
) STRICT;
CREATE INDEX figure_moved_by_activity ON figure_moved (activity);

UPDATE workspace SET usage_revision = revision;
