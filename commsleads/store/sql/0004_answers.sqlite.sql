-- Full-text search over past answers, with the questions they answered. Filled where an answer is written.
CREATE TABLE answer_docs (
  doc INTEGER PRIMARY KEY,
  answer_id TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE answer_search USING fts5 (subject, questions, text, tokenize = 'unicode61 remove_diacritics 2');
