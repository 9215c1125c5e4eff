-- Suites of cases. A version that is frozen never changes again: its hash stands for all its cases.
CREATE TABLE suite (
  id      TEXT PRIMARY KEY,
  name    TEXT NOT NULL CHECK (trim(name) <> ''),
  kind    TEXT NOT NULL CHECK (kind IN ('golden', 'safety')),
  owner   TEXT NOT NULL DEFAULT '',
  purpose TEXT NOT NULL DEFAULT '',
  deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;

CREATE TABLE suite_version (
  id        INTEGER PRIMARY KEY,
  suite_id  TEXT NOT NULL REFERENCES suite (id),
  number    INTEGER NOT NULL CHECK (number >= 1),
  hash      TEXT,
  frozen_at TEXT,
  frozen_by TEXT NOT NULL DEFAULT '',
  note      TEXT NOT NULL DEFAULT '',
  UNIQUE (suite_id, number),
  CHECK ((hash IS NULL) = (frozen_at IS NULL))
) STRICT;

-- A case as it was written, once, however many versions hold it.
CREATE TABLE suite_case (
  id       INTEGER PRIMARY KEY,
  content  BLOB NOT NULL UNIQUE CHECK (length(content) = 32),
  identity BLOB NOT NULL CHECK (length(identity) = 32),
  body     TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX suite_case_by_identity ON suite_case (identity);

CREATE TABLE version_case (
  version INTEGER NOT NULL REFERENCES suite_version (id),
  place   INTEGER NOT NULL,
  case_id INTEGER NOT NULL REFERENCES suite_case (id),
  PRIMARY KEY (version, place),
  UNIQUE (version, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_case_by_case ON version_case (case_id);

CREATE TRIGGER version_case_added BEFORE INSERT ON version_case
WHEN (SELECT hash FROM suite_version WHERE id = NEW.version) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen version does not change'); END;
CREATE TRIGGER version_case_removed BEFORE DELETE ON version_case
WHEN (SELECT hash FROM suite_version WHERE id = OLD.version) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen version does not change'); END;
CREATE TRIGGER suite_version_thawed BEFORE UPDATE ON suite_version
WHEN OLD.hash IS NOT NULL AND (NEW.hash IS NOT OLD.hash OR NEW.suite_id <> OLD.suite_id OR NEW.number <> OLD.number)
BEGIN SELECT RAISE(ABORT, 'a frozen version does not change'); END;
CREATE TRIGGER suite_case_changed BEFORE UPDATE ON suite_case
BEGIN SELECT RAISE(ABORT, 'a case does not change: another content is another case'); END;

CREATE TABLE bakeoff (
  id         TEXT PRIMARY KEY,
  suite_id   TEXT NOT NULL REFERENCES suite (id),
  contract_id TEXT REFERENCES contract (id),
  details    TEXT NOT NULL CHECK (json_valid(details)),
  created_at TEXT NOT NULL,
  deleted    INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;

CREATE TABLE candidate (
  id         INTEGER PRIMARY KEY,
  bakeoff_id TEXT NOT NULL REFERENCES bakeoff (id),
  place      INTEGER NOT NULL,
  details    TEXT NOT NULL CHECK (json_valid(details)),
  deleted    INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;
CREATE INDEX candidate_by_bakeoff ON candidate (bakeoff_id);

-- One file of results that came in.
CREATE TABLE result_import (
  id         TEXT PRIMARY KEY,
  bakeoff_id TEXT NOT NULL REFERENCES bakeoff (id),
  name       TEXT NOT NULL,
  format     TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  at         TEXT NOT NULL,
  -- What was matched, left out and wrong, and what the file states itself.
  summary    TEXT NOT NULL CHECK (json_valid(summary)),
  reverted   INTEGER NOT NULL DEFAULT 0 CHECK (reverted IN (0, 1))
) STRICT;
CREATE INDEX result_import_by_bakeoff ON result_import (bakeoff_id);

CREATE TABLE result (
  id         INTEGER PRIMARY KEY,
  candidate  INTEGER NOT NULL REFERENCES candidate (id),
  case_id    INTEGER NOT NULL REFERENCES suite_case (id),
  repeat     INTEGER NOT NULL DEFAULT 0 CHECK (repeat >= 0),
  variant    TEXT NOT NULL DEFAULT '',
  import_id  TEXT NOT NULL REFERENCES result_import (id),
  answer     TEXT,
  error_kind TEXT,
  error      TEXT,
  -- Microseconds.
  latency    INTEGER CHECK (latency >= 0),
  first_token INTEGER CHECK (first_token >= 0),
  -- As JSON, by kind.
  tokens     TEXT CHECK (json_valid(tokens)),
  cost_nanos TEXT,
  cost_currency TEXT,
  cached     INTEGER CHECK (cached IN (0, 1)),
  -- Epoch milliseconds.
  at         INTEGER,
  UNIQUE (candidate, case_id, repeat, variant, import_id)
) STRICT;
CREATE INDEX result_by_import ON result (import_id);
CREATE INDEX result_by_case ON result (case_id, candidate);

CREATE TABLE score (
  result    INTEGER NOT NULL REFERENCES result (id) ON DELETE CASCADE,
  criterion TEXT NOT NULL,
  value     REAL NOT NULL,
  -- 'file' or the scorer that made it, with its version.
  source    TEXT NOT NULL,
  reason    TEXT NOT NULL DEFAULT '',
  rater     TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (result, criterion, source, rater)
) STRICT, WITHOUT ROWID;

-- A rule that scores answers, so that it can be run again.
CREATE TABLE scorer (
  bakeoff_id TEXT NOT NULL REFERENCES bakeoff (id),
  criterion  TEXT NOT NULL,
  version    INTEGER NOT NULL,
  rule       TEXT NOT NULL CHECK (json_valid(rule)),
  run_at     TEXT,
  PRIMARY KEY (bakeoff_id, criterion, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE blind_round (
  id         TEXT PRIMARY KEY,
  bakeoff_id TEXT NOT NULL REFERENCES bakeoff (id),
  -- What is asked, how pairs are chosen, the seed of the sides.
  details    TEXT NOT NULL CHECK (json_valid(details)),
  opened_at  TEXT NOT NULL,
  opened_by  TEXT NOT NULL DEFAULT '',
  closed_at  TEXT,
  closed_by  TEXT NOT NULL DEFAULT '',
  deleted    INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;
CREATE INDEX blind_round_by_bakeoff ON blind_round (bakeoff_id);

-- Append-only: what is taken back is marked, and what is judged anew is another row. Candidates and cases are numbers that the
-- round alone knows the meaning of.
CREATE TABLE judgement (
  id        INTEGER PRIMARY KEY,
  round_id  TEXT NOT NULL REFERENCES blind_round (id),
  rater     TEXT NOT NULL CHECK (trim(rater) <> ''),
  body      TEXT NOT NULL CHECK (json_valid(body)),
  at        TEXT NOT NULL,
  -- The packet it came in with; empty for what was scored here.
  packet    TEXT NOT NULL DEFAULT '',
  withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1))
) STRICT;
CREATE INDEX judgement_by_round ON judgement (round_id, rater);

-- A decision as it stands, and as it was signed.
CREATE TABLE decision (
  id         TEXT PRIMARY KEY,
  bakeoff_id TEXT NOT NULL REFERENCES bakeoff (id),
  version    INTEGER NOT NULL CHECK (version >= 1),
  content    TEXT NOT NULL CHECK (json_valid(content)),
  -- Once signed: everything it rests on, and the hash over it.
  evidence   TEXT CHECK (json_valid(evidence)),
  hash       TEXT,
  signed_at  TEXT,
  signed_by  TEXT NOT NULL DEFAULT '',
  UNIQUE (bakeoff_id, version),
  CHECK ((hash IS NULL) = (signed_at IS NULL) AND (hash IS NULL) = (evidence IS NULL))
) STRICT;
CREATE TRIGGER decision_changed BEFORE UPDATE ON decision
WHEN OLD.hash IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed decision does not change'); END;

-- A vendor's score on one of six dimensions, as a person gave it.
CREATE TABLE vendor_score (
  id        TEXT PRIMARY KEY,
  vendor_id TEXT NOT NULL REFERENCES vendor (id),
  dimension TEXT NOT NULL,
  day       TEXT NOT NULL,
  score     REAL NOT NULL CHECK (score BETWEEN 1 AND 5),
  author    TEXT NOT NULL DEFAULT '',
  reason    TEXT NOT NULL DEFAULT '',
  -- What was proposed, where it was computed, and what it rests on.
  proposed  REAL,
  evidence  TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(evidence)),
  deleted   INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;
CREATE INDEX vendor_score_by_vendor ON vendor_score (vendor_id, dimension, day);

-- What gates and scores read of a contract: data terms, rate limits, service levels.
ALTER TABLE contract ADD COLUMN clauses TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(clauses));
