-- Results know their import by a number and stand in one index: half a million of them are written in half the time. What they say
-- stays as it was.
CREATE TABLE result_import_numbered (
  number     INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  bakeoff_id TEXT NOT NULL REFERENCES bakeoff (id),
  name       TEXT NOT NULL,
  format     TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  at         TEXT NOT NULL,
  -- What was matched, left out and wrong, and what the file states itself.
  summary    TEXT NOT NULL CHECK (json_valid(summary)),
  reverted   INTEGER NOT NULL DEFAULT 0 CHECK (reverted IN (0, 1))
) STRICT;
INSERT INTO result_import_numbered (id, bakeoff_id, name, format, sha256, at, summary, reverted)
  SELECT id, bakeoff_id, name, format, sha256, at, summary, reverted FROM result_import ORDER BY at, id;

CREATE TABLE result_numbered (
  id         INTEGER PRIMARY KEY,
  candidate  INTEGER NOT NULL REFERENCES candidate (id),
  case_id    INTEGER NOT NULL REFERENCES suite_case (id),
  repeat     INTEGER NOT NULL DEFAULT 0 CHECK (repeat >= 0),
  variant    TEXT NOT NULL DEFAULT '',
  import     INTEGER NOT NULL REFERENCES result_import_numbered (number),
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
  UNIQUE (candidate, case_id, repeat, variant, import)
) STRICT;
INSERT INTO result_numbered
  SELECT r.id, r.candidate, r.case_id, r.repeat, r.variant, i.number, r.answer, r.error_kind, r.error, r.latency, r.first_token,
    r.tokens, r.cost_nanos, r.cost_currency, r.cached, r.at
  FROM result r JOIN result_import_numbered i ON i.id = r.import_id ORDER BY r.id;

CREATE TABLE score_numbered (
  result    INTEGER NOT NULL REFERENCES result_numbered (id) ON DELETE CASCADE,
  criterion TEXT NOT NULL,
  value     REAL NOT NULL,
  -- 'file' or the scorer that made it, with its version.
  source    TEXT NOT NULL,
  reason    TEXT NOT NULL DEFAULT '',
  rater     TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (result, criterion, source, rater)
) STRICT, WITHOUT ROWID;
INSERT INTO score_numbered SELECT result, criterion, value, source, reason, rater FROM score;

DROP TABLE score;
DROP TABLE result;
DROP TABLE result_import;
ALTER TABLE result_import_numbered RENAME TO result_import;
ALTER TABLE result_numbered RENAME TO result;
ALTER TABLE score_numbered RENAME TO score;
CREATE INDEX result_import_by_bakeoff ON result_import (bakeoff_id);

-- What was signed stays.
CREATE TRIGGER decision_removed BEFORE DELETE ON decision
WHEN OLD.hash IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed decision is not removed'); END;
