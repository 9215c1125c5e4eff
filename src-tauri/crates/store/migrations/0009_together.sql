-- Changes that were made together, by the first of them: undo and redo take them as one.
ALTER TABLE activity ADD COLUMN together TEXT;
