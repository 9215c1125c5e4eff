-- Post-mortems: one of each incident. What is written is only ever added to: a text changed on disk does not fit its hash.
CREATE TABLE postmortem (
  incident_id TEXT PRIMARY KEY REFERENCES incident (id),
  -- State, who approved which revision, names that stay inside.
  details     TEXT NOT NULL CHECK (json_valid(details)),
  created_at  TEXT NOT NULL
) STRICT;

CREATE TABLE postmortem_revision (
  incident_id TEXT NOT NULL REFERENCES postmortem (incident_id),
  number      INTEGER NOT NULL CHECK (number >= 1),
  at          TEXT NOT NULL,
  author      TEXT NOT NULL DEFAULT '',
  -- A whole text, or what changed since the revision before.
  whole       INTEGER NOT NULL CHECK (whole IN (0, 1)),
  body        TEXT NOT NULL CHECK (json_valid(body)),
  -- SHA-256 of the text as it stands after it.
  hash        TEXT NOT NULL CHECK (length(hash) = 64),
  -- Why it was made, where it was not typed: "restored", "template".
  cause       TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (incident_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX postmortem_revision_whole ON postmortem_revision (incident_id, number) WHERE whole = 1;
CREATE TRIGGER postmortem_revision_changed BEFORE UPDATE ON postmortem_revision
BEGIN SELECT RAISE(ABORT, 'a revision does not change'); END;
CREATE TRIGGER postmortem_revision_removed BEFORE DELETE ON postmortem_revision
BEGIN SELECT RAISE(ABORT, 'a revision is not removed'); END;

-- Rows of the time line.
CREATE TABLE incident_event (
  id          TEXT PRIMARY KEY,
  incident_id TEXT NOT NULL REFERENCES incident (id),
  at          TEXT NOT NULL,
  details     TEXT NOT NULL CHECK (json_valid(details)),
  deleted     INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;
CREATE INDEX incident_event_by_incident ON incident_event (incident_id, at);

CREATE TABLE incident_action (
  id          TEXT PRIMARY KEY,
  incident_id TEXT NOT NULL REFERENCES incident (id),
  details     TEXT NOT NULL CHECK (json_valid(details)),
  deleted     INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;
CREATE INDEX incident_action_by_incident ON incident_action (incident_id);
