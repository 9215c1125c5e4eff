-- Which figures of its page a passage cites, as they read when it was written: a JSON list of labels and texts.
ALTER TABLE passage ADD COLUMN figures TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(figures));
