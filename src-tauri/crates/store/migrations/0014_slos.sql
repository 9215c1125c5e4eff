-- Service-level objectives, and what files told of them.
CREATE TABLE slo (
  id         TEXT PRIMARY KEY,
  details    TEXT NOT NULL CHECK (json_valid(details)),
  created_at TEXT NOT NULL,
  deleted    INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;

CREATE TABLE slo_import (
  id       TEXT PRIMARY KEY,
  slo_id   TEXT NOT NULL REFERENCES slo (id),
  name     TEXT NOT NULL,
  sha256   TEXT NOT NULL,
  at       TEXT NOT NULL,
  points   INTEGER NOT NULL CHECK (points >= 0),
  -- Minutes that each point stands for.
  step     INTEGER NOT NULL CHECK (step >= 1),
  issues   INTEGER NOT NULL DEFAULT 0,
  reverted INTEGER NOT NULL DEFAULT 0 CHECK (reverted IN (0, 1))
) STRICT;

-- A day of UTC to a row: minute of the day, good and all events, as the store packs them.
CREATE TABLE slo_day (
  import_id TEXT NOT NULL REFERENCES slo_import (id),
  day       INTEGER NOT NULL,
  points    BLOB NOT NULL,
  PRIMARY KEY (import_id, day)
) STRICT, WITHOUT ROWID;
