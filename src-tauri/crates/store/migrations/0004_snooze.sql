-- Decisions put off until a day, by the key of what waits. One is shown again on that day, or on its due day if that is sooner.
CREATE TABLE snooze (
    key TEXT PRIMARY KEY CHECK (key <> ''),
    until TEXT NOT NULL CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
