-- What a person wrote into a section of a document, whatever kind the document is of; and which sections it has, in order.
CREATE TABLE passage (
    kind TEXT NOT NULL CHECK (kind <> ''),
    subject TEXT NOT NULL CHECK (subject <> ''),
    section TEXT NOT NULL CHECK (section <> ''),
    headline TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (kind, subject, section)
) STRICT;
INSERT INTO passage (kind, subject, section, text) SELECT 'quarter', period, page, text FROM commentary;
DROP TABLE commentary;

-- A JSON list of section ids. A document without a row has every section of its kind, in their own order.
CREATE TABLE document (
    kind TEXT NOT NULL CHECK (kind <> ''),
    subject TEXT NOT NULL CHECK (subject <> ''),
    sections TEXT NOT NULL CHECK (json_valid(sections)),
    PRIMARY KEY (kind, subject)
) STRICT;
