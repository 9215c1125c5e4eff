-- The revision at which what the price book is made of was last changed: prices, aliases, and the vendors and contracts that
-- agreed prices belong to. A book read at that revision need not be read again.
ALTER TABLE workspace ADD COLUMN prices_revision INTEGER NOT NULL DEFAULT 0;
UPDATE workspace SET prices_revision = revision;
