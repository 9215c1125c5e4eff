-- Ids are UUIDv7 text; instants are RFC 3339 UTC text; days are YYYY-MM-DD text; money is an integer count of
-- nano-units (text where it can pass 64 bits). A record a person made is marked deleted rather than removed, so that
-- undo brings it back whole. Roll-ups use small integers because there are millions of them.

CREATE TABLE workspace (
  id                 INTEGER PRIMARY KEY CHECK (id = 1),
  name               TEXT NOT NULL,
  currency           TEXT NOT NULL CHECK (length(currency) = 3),
  time_zone          TEXT NOT NULL,
  fiscal_start_month INTEGER NOT NULL CHECK (fiscal_start_month BETWEEN 1 AND 12),
  sample             INTEGER NOT NULL CHECK (sample IN (0, 1)),
  created_at         TEXT NOT NULL,
  revision           INTEGER NOT NULL DEFAULT 0,
  -- The revision usage, or what usage is read through, changed last: what a cached cube belongs to.
  usage_revision     INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE vendor (
  id            TEXT PRIMARY KEY,
  name          TEXT NOT NULL,
  status        TEXT NOT NULL CHECK (status IN ('candidate', 'approved', 'incumbent', 'exiting')),
  owner         TEXT NOT NULL DEFAULT '',
  risk_tier     TEXT CHECK (risk_tier IN ('low', 'medium', 'high')),
  website       TEXT NOT NULL DEFAULT '',
  endpoint      TEXT NOT NULL DEFAULT '',
  notes         TEXT NOT NULL DEFAULT '',
  contacts      TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(contacts)),
  provider_keys TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(provider_keys)),
  deleted       INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;

CREATE TABLE contract (
  id                   TEXT PRIMARY KEY,
  vendor_id            TEXT NOT NULL REFERENCES vendor (id) ON DELETE CASCADE,
  title                TEXT NOT NULL,
  kind                 TEXT NOT NULL CHECK (kind IN ('msa', 'order-form')),
  owner                TEXT NOT NULL DEFAULT '',
  parties              TEXT NOT NULL DEFAULT '',
  start                TEXT NOT NULL,
  initial_term_months  INTEGER CHECK (initial_term_months > 0),
  "end"                TEXT CHECK ("end" IS NULL OR "end" >= start),
  auto_renew           INTEGER NOT NULL CHECK (auto_renew IN (0, 1)),
  renewal_term_months  INTEGER CHECK (renewal_term_months > 0),
  notice_min_days      INTEGER CHECK (notice_min_days >= 0),
  notice_max_days      INTEGER CHECK (notice_max_days IS NULL OR notice_min_days IS NULL OR notice_max_days >= notice_min_days),
  notice_given         TEXT,
  currency             TEXT NOT NULL CHECK (length(currency) = 3),
  commitment_nanos     TEXT,
  commitment_period    TEXT CHECK (commitment_period IN ('term', 'year', 'quarter', 'month')),
  notes                TEXT NOT NULL DEFAULT '',
  deleted              INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;
CREATE INDEX contract_by_vendor ON contract (vendor_id);

CREATE TABLE attachment (
  id          TEXT PRIMARY KEY,
  contract_id TEXT NOT NULL REFERENCES contract (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  bytes       BLOB NOT NULL,
  sha256      TEXT NOT NULL,
  added_at    TEXT NOT NULL,
  deleted     INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;
CREATE INDEX attachment_by_contract ON attachment (contract_id);

CREATE TABLE price_source (
  name    TEXT PRIMARY KEY,
  day     TEXT,
  licence TEXT NOT NULL,
  notice  TEXT NOT NULL
) STRICT;

CREATE TABLE price (
  id             TEXT PRIMARY KEY,
  provider       TEXT NOT NULL,
  model          TEXT NOT NULL,
  channel        TEXT NOT NULL DEFAULT '',
  region         TEXT NOT NULL DEFAULT '',
  tier           TEXT NOT NULL DEFAULT 'standard',
  valid_from     TEXT,
  valid_to       TEXT,
  currency       TEXT NOT NULL CHECK (length(currency) = 3),
  rates          TEXT NOT NULL CHECK (json_valid(rates)),
  context_tiers  TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(context_tiers)),
  layer          TEXT NOT NULL CHECK (layer IN ('contract', 'override', 'list')),
  contract_id    TEXT REFERENCES contract (id) ON DELETE SET NULL,
  source         TEXT NOT NULL DEFAULT '',
  basis          TEXT NOT NULL DEFAULT '',
  list_name      TEXT REFERENCES price_source (name),
  CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from < valid_to)
) STRICT;
CREATE INDEX price_by_offer ON price (provider, model, tier);

CREATE TABLE price_alias (
  alias    TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  model    TEXT NOT NULL
) STRICT;

CREATE TABLE fx_rate (
  from_currency TEXT NOT NULL,
  to_currency   TEXT NOT NULL,
  day           TEXT NOT NULL,
  rate_nanos    INTEGER NOT NULL CHECK (rate_nanos > 0),
  PRIMARY KEY (from_currency, to_currency, day)
) STRICT;

CREATE TABLE dimension_value (
  id        INTEGER PRIMARY KEY,
  dimension INTEGER NOT NULL CHECK (dimension BETWEEN 0 AND 4),
  value     TEXT NOT NULL,
  UNIQUE (dimension, value)
) STRICT;

CREATE TABLE usage_source (
  id     INTEGER PRIMARY KEY,
  name   TEXT NOT NULL,
  format TEXT NOT NULL,
  UNIQUE (name, format)
) STRICT;

CREATE TABLE usage_import (
  n            INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  source_id    INTEGER NOT NULL REFERENCES usage_source (id),
  name         TEXT NOT NULL,
  sha256       TEXT NOT NULL,
  bytes        INTEGER NOT NULL,
  imported_at  TEXT NOT NULL,
  rows         INTEGER NOT NULL,
  bad          INTEGER NOT NULL,
  first_hour   INTEGER,
  last_hour    INTEGER,
  sample       INTEGER NOT NULL DEFAULT 0,
  mapping      TEXT NOT NULL CHECK (json_valid(mapping)),
  deleted      INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;
CREATE INDEX usage_import_by_hash ON usage_import (sha256);

CREATE TABLE usage_series (
  id                INTEGER PRIMARY KEY,
  source_id         INTEGER NOT NULL REFERENCES usage_source (id),
  vendor            INTEGER NOT NULL REFERENCES dimension_value (id),
  model             INTEGER NOT NULL REFERENCES dimension_value (id),
  feature           INTEGER NOT NULL REFERENCES dimension_value (id),
  tenant            INTEGER NOT NULL REFERENCES dimension_value (id),
  environment       INTEGER NOT NULL REFERENCES dimension_value (id),
  tier              TEXT NOT NULL,
  price_id          TEXT REFERENCES price (id),
  band              INTEGER NOT NULL DEFAULT 0,
  known             INTEGER NOT NULL,
  reported_currency TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX usage_series_key ON usage_series
  (source_id, vendor, model, feature, tenant, environment, tier, coalesce(price_id, ''), band, known, reported_currency);

-- One roll-up cell: an hour of one series as one import told it. Import is part of the key so that an import can be
-- taken back exactly.
CREATE TABLE usage_hour (
  hour                INTEGER NOT NULL,
  series              INTEGER NOT NULL,
  import              INTEGER NOT NULL,
  requests            INTEGER NOT NULL,
  successes           INTEGER NOT NULL,
  sessions            INTEGER NOT NULL,
  successful_sessions INTEGER NOT NULL,
  input               INTEGER NOT NULL,
  cache_read          INTEGER NOT NULL,
  cache_write_5m      INTEGER NOT NULL,
  cache_write_1h      INTEGER NOT NULL,
  output              INTEGER NOT NULL,
  reasoning           INTEGER NOT NULL,
  reported_nanos      INTEGER NOT NULL,
  PRIMARY KEY (hour, series, import)
) STRICT, WITHOUT ROWID;

-- Cells of imports that were reverted, kept so that reverting can be undone.
CREATE TABLE usage_reverted (
  hour                INTEGER NOT NULL,
  series              INTEGER NOT NULL,
  import              INTEGER NOT NULL,
  requests            INTEGER NOT NULL,
  successes           INTEGER NOT NULL,
  sessions            INTEGER NOT NULL,
  successful_sessions INTEGER NOT NULL,
  input               INTEGER NOT NULL,
  cache_read          INTEGER NOT NULL,
  cache_write_5m      INTEGER NOT NULL,
  cache_write_1h      INTEGER NOT NULL,
  output              INTEGER NOT NULL,
  reasoning           INTEGER NOT NULL,
  reported_nanos      INTEGER NOT NULL,
  PRIMARY KEY (import, hour, series)
) STRICT, WITHOUT ROWID;

-- usage_hour folded to days of the workspace's zone (days since 1970-01-01): derived, rebuilt when the zone changes.
CREATE TABLE usage_day (
  day                 INTEGER NOT NULL,
  series              INTEGER NOT NULL,
  requests            INTEGER NOT NULL,
  successes           INTEGER NOT NULL,
  sessions            INTEGER NOT NULL,
  successful_sessions INTEGER NOT NULL,
  input               INTEGER NOT NULL,
  cache_read          INTEGER NOT NULL,
  cache_write_5m      INTEGER NOT NULL,
  cache_write_1h      INTEGER NOT NULL,
  output              INTEGER NOT NULL,
  reasoning           INTEGER NOT NULL,
  reported_nanos      INTEGER NOT NULL,
  PRIMARY KEY (day, series)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_mapping (
  header  TEXT PRIMARY KEY,
  mapping TEXT NOT NULL CHECK (json_valid(mapping)),
  used_at TEXT NOT NULL
) STRICT;

CREATE TABLE commentary (
  period TEXT NOT NULL,
  page   TEXT NOT NULL,
  text   TEXT NOT NULL,
  PRIMARY KEY (period, page)
) STRICT;

CREATE TABLE activity (
  id      TEXT PRIMARY KEY,
  at      TEXT NOT NULL,
  area    TEXT NOT NULL,
  action  TEXT NOT NULL,
  record  TEXT NOT NULL,
  subject TEXT NOT NULL,
  before  TEXT CHECK (before IS NULL OR json_valid(before)),
  after   TEXT CHECK (after IS NULL OR json_valid(after)),
  undone  INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;
CREATE INDEX activity_by_time ON activity (at);
