-- What any record may carry, whatever its area: documents, remarks, links. A record is named by its area and its id there.
CREATE TABLE attachment_of_any (
  id       TEXT PRIMARY KEY,
  area     TEXT NOT NULL CHECK (area <> ''),
  record   TEXT NOT NULL CHECK (record <> ''),
  name     TEXT NOT NULL,
  sha256   TEXT NOT NULL,
  added_at TEXT NOT NULL,
  deleted  INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
  bytes    BLOB NOT NULL
) STRICT;
INSERT INTO attachment_of_any (id, area, record, name, sha256, added_at, deleted, bytes)
  SELECT id, 'contract', contract_id, name, sha256, added_at, deleted, bytes FROM attachment;
DROP TABLE attachment;
ALTER TABLE attachment_of_any RENAME TO attachment;
CREATE INDEX attachment_by_record ON attachment (area, record);

CREATE TABLE comment (
  id      TEXT PRIMARY KEY,
  area    TEXT NOT NULL CHECK (area <> ''),
  record  TEXT NOT NULL CHECK (record <> ''),
  author  TEXT NOT NULL DEFAULT '',
  text    TEXT NOT NULL CHECK (trim(text) <> ''),
  at      TEXT NOT NULL
) STRICT;
CREATE INDEX comment_by_record ON comment (area, record);

-- A link has no direction: its two ends stand in one order, so that it exists once.
CREATE TABLE link (
  area   TEXT NOT NULL CHECK (area <> ''),
  record TEXT NOT NULL CHECK (record <> ''),
  other_area   TEXT NOT NULL CHECK (other_area <> ''),
  other_record TEXT NOT NULL CHECK (other_record <> ''),
  PRIMARY KEY (area, record, other_area, other_record),
  CHECK ((area, record) < (other_area, other_record))
) STRICT, WITHOUT ROWID;
CREATE INDEX link_by_other ON link (other_area, other_record);

CREATE TABLE person (
  id        TEXT PRIMARY KEY,
  name      TEXT NOT NULL CHECK (trim(name) <> ''),
  -- A JSON list: what they are called elsewhere, in another alphabet say.
  names     TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(names)),
  role      TEXT NOT NULL DEFAULT '',
  email     TEXT NOT NULL DEFAULT '',
  deputy_id TEXT REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  deleted   INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;

-- A change that was taken back: after which change that was, by row, and its place among those taken back. Redo follows it. Not by
-- time: clocks are set back.
ALTER TABLE activity ADD COLUMN undone_at INTEGER;
ALTER TABLE activity ADD COLUMN undone_place INTEGER;
CREATE INDEX activity_by_record ON activity (area, record);
