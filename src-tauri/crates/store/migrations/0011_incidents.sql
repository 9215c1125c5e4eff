-- Incidents. A number is given once, also to one that was removed: people and chats go on calling it by it.
CREATE TABLE incident (
  id         TEXT PRIMARY KEY,
  number     INTEGER NOT NULL UNIQUE CHECK (number >= 1),
  details    TEXT NOT NULL CHECK (json_valid(details)),
  created_at TEXT NOT NULL,
  deleted    INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;
