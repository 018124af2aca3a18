-- Full-text search. It is filled off the polling path (`store.search.catch_up`), because indexing whole bodies
-- costs sixteen times the insert. FTS5 keys by rowid and our keys are text, so a small table joins the two.
CREATE TABLE search_docs (
  doc INTEGER PRIMARY KEY,
  signal_id TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (title, text, tokenize = 'unicode61 remove_diacritics 2');
