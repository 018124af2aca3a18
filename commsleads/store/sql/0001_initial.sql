-- The schema, valid on SQLite (STRICT) and PostgreSQL alike: TEXT ids made from content, TEXT times in UTC of
-- one width (2026-01-02T03:04:05Z), truth as INTEGER 0/1, JSON as TEXT, no sequences, no fractions.

-- Facts about this database itself: the digest of the settings last synced, high-water marks.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) /* STRICT */;

-- What is polled, and its timetable. `failures` counts quarters of a failure; `next_check_at` is the timetable;
-- `leased_until` and `leased_by` say which run holds the source; `cursor` belongs to the collector.
CREATE TABLE sources (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  every_seconds INTEGER NOT NULL,
  origin TEXT NOT NULL DEFAULT 'config' CHECK (origin IN ('config', 'people')),
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'ok', 'failing', 'paused')),
  paused_why TEXT NOT NULL DEFAULT '',
  next_check_at TEXT NOT NULL,
  leased_until TEXT NOT NULL DEFAULT '',
  leased_by TEXT NOT NULL DEFAULT '',
  cursor TEXT NOT NULL DEFAULT '{}',
  about TEXT NOT NULL DEFAULT '{}',
  interval_seconds INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  failed_in_a_row INTEGER NOT NULL DEFAULT 0,
  polls INTEGER NOT NULL DEFAULT 0,
  signals INTEGER NOT NULL DEFAULT 0,
  last_polled_at TEXT NOT NULL DEFAULT '',
  last_success_at TEXT NOT NULL DEFAULT '',
  last_new_at TEXT NOT NULL DEFAULT '',
  last_millis INTEGER NOT NULL DEFAULT 0,
  last_status INTEGER,
  last_error TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT ''
) /* STRICT */;
CREATE INDEX sources_due ON sources (next_check_at);

-- Until when a whole site asked us to stay away (429 and 503), by registrable domain.
CREATE TABLE hosts (
  domain TEXT PRIMARY KEY,
  not_before TEXT NOT NULL
) /* STRICT */;

-- One row an attempt: it answers "why is this number low?".
CREATE TABLE polls (
  source_id TEXT NOT NULL REFERENCES sources (id),
  at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('read', 'same', 'failed', 'skipped')),
  status INTEGER,
  millis INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  new INTEGER NOT NULL DEFAULT 0,
  revised INTEGER NOT NULL DEFAULT 0,
  known INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (source_id, at)
) /* STRICT */;
CREATE INDEX polls_at ON polls (at);

-- Not observed is a row, not a zero. `end_at` is '' while the gap is open.
CREATE TABLE gaps (
  source_id TEXT NOT NULL REFERENCES sources (id),
  start_at TEXT NOT NULL,
  end_at TEXT NOT NULL DEFAULT '',
  why TEXT NOT NULL,
  PRIMARY KEY (source_id, start_at)
) /* STRICT */;
CREATE INDEX gaps_end ON gaps (end_at);

-- What came and could not be read, bounded, for a person to look at. One for each source, the newest.
CREATE TABLE unread (
  source_id TEXT PRIMARY KEY REFERENCES sources (id),
  at TEXT NOT NULL,
  why TEXT NOT NULL,
  media_type TEXT NOT NULL DEFAULT '',
  size INTEGER NOT NULL,
  body TEXT NOT NULL
) /* STRICT */;

-- What collectors saw, cleaned at the door. Down to `arrival` it is what was seen; below stands what the intake
-- made of it, which `rebuild` clears and makes again. `arrival` is microseconds since 1970 and orders everything.
CREATE TABLE signals (
  id TEXT PRIMARY KEY,
  source_id TEXT NOT NULL REFERENCES sources (id),
  kind TEXT NOT NULL,
  external_id TEXT NOT NULL,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  author TEXT NOT NULL,
  language TEXT NOT NULL,
  published_at TEXT NOT NULL,
  published_raw TEXT NOT NULL,
  date_note TEXT NOT NULL,
  links TEXT NOT NULL,
  extra TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  first_seen_at TEXT NOT NULL,
  revised_at TEXT NOT NULL,
  arrival INTEGER NOT NULL,
  canonical_url TEXT NOT NULL,
  outlet TEXT NOT NULL,
  domain TEXT NOT NULL,
  story_id TEXT NOT NULL,
  story_why TEXT NOT NULL
) /* STRICT */;
CREATE UNIQUE INDEX signals_arrival ON signals (arrival);
CREATE INDEX signals_story ON signals (story_id) WHERE story_why <> '';

-- What a signal said before it was edited. The first version decides the story, the newest the matches.
CREATE TABLE revisions (
  signal_id TEXT NOT NULL REFERENCES signals (id),
  replaced_at TEXT NOT NULL,
  number INTEGER NOT NULL,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (signal_id, number)
) /* STRICT */;
CREATE INDEX revisions_at ON revisions (replaced_at);

-- Signals edited since the search last read them. No mark in time does that: clocks go back.
CREATE TABLE edited (
  signal_id TEXT PRIMARY KEY REFERENCES signals (id)
) /* STRICT */;

-- Signals not yet taken in: after a failed intake or a rebuild. `error` says why the last try failed.
CREATE TABLE pending (
  signal_id TEXT PRIMARY KEY REFERENCES signals (id),
  tries INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT ''
) /* STRICT */;

-- Why a signal is a mention: which watch, by which phrase, in which field. Story, source and date stand here once more,
-- as they stand in `signals`: a digest reads a year of mentions and must not fetch the page of each signal for it.
CREATE TABLE matches (
  watch_id TEXT NOT NULL,
  signal_id TEXT NOT NULL REFERENCES signals (id),
  arrival INTEGER NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('title', 'text')),
  phrase TEXT NOT NULL,
  story_id TEXT NOT NULL,
  source_id TEXT NOT NULL,
  published_at TEXT NOT NULL,
  PRIMARY KEY (signal_id, watch_id)
) /* STRICT */;
-- With all that a baseline asks of a mention, so that it reads a stretch of the index and nothing else.
CREATE INDEX matches_watch ON matches (watch_id, arrival, signal_id, story_id, source_id, published_at);

-- Fingerprints by which pickups find each other, a row for each bite of signals taken in; kept for the pickup window
-- only. `marks` are the fingerprints, `owners` the place of each one's signal in `arrivals`: numbers, packed and written
-- as base64. A row for each fingerprint took three times as long as matching, and nobody ever asks for one alone.
CREATE TABLE prints (
  last_arrival INTEGER PRIMARY KEY,
  marks TEXT NOT NULL,
  owners TEXT NOT NULL,
  arrivals TEXT NOT NULL
) /* STRICT */;

-- Which campaign a signal belongs to, by which rule and how surely; with its story, for the same reason.
CREATE TABLE attributions (
  signal_id TEXT NOT NULL REFERENCES signals (id),
  campaign_id TEXT NOT NULL,
  arrival INTEGER NOT NULL,
  rule TEXT NOT NULL CHECK (rule IN ('utm', 'link', 'reply', 'watch', 'window')),
  permille INTEGER NOT NULL CHECK (permille BETWEEN 0 AND 1000),
  evidence TEXT NOT NULL,
  story_id TEXT NOT NULL,
  PRIMARY KEY (signal_id, campaign_id)
) /* STRICT */;
CREATE INDEX attributions_campaign ON attributions (campaign_id, arrival);

-- Intent, synced from the settings (origin 'config') or kept for people (origin 'people'). `declared` is JSON.
CREATE TABLE declared (
  what TEXT NOT NULL CHECK (what IN ('watch', 'outlet', 'campaign')),
  id TEXT NOT NULL,
  origin TEXT NOT NULL DEFAULT 'config' CHECK (origin IN ('config', 'people')),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  declared TEXT NOT NULL,
  PRIMARY KEY (what, id)
) /* STRICT */;

-- Reports by name and period. A row is claimed before anything is written: that is what keeps a report from being
-- written twice or never. `html`, `text`, `markdown` and `data` are the document as it was first told.
CREATE TABLE reports (
  name TEXT NOT NULL,
  period TEXT NOT NULL,
  start_at TEXT NOT NULL,
  end_at TEXT NOT NULL,
  cutoff INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('begun', 'written', 'failed')),
  begun_at TEXT NOT NULL,
  leased_until TEXT NOT NULL,
  leased_by TEXT NOT NULL DEFAULT '',
  written_at TEXT NOT NULL DEFAULT '',
  tries INTEGER NOT NULL DEFAULT 1,
  error TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '',
  markdown TEXT NOT NULL DEFAULT '',
  html TEXT NOT NULL DEFAULT '',
  data TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (name, period)
) /* STRICT */;

-- One row a recipient. `sending` and never `sent` means that nobody knows: a person decides, it is not sent again.
CREATE TABLE deliveries (
  name TEXT NOT NULL,
  period TEXT NOT NULL,
  recipient TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed')),
  at TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (name, period, recipient),
  FOREIGN KEY (name, period) REFERENCES reports (name, period)
) /* STRICT */;

-- Append-only: who changed what, when. `id` is random; `number` counts the changes of one row.
CREATE TABLE history (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  kind TEXT NOT NULL,
  row_id TEXT NOT NULL,
  before TEXT NOT NULL DEFAULT '',
  after TEXT NOT NULL DEFAULT ''
) /* STRICT */;
CREATE INDEX history_row ON history (kind, row_id, number);
CREATE INDEX history_at ON history (at);
