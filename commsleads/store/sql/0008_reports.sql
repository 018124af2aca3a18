-- Reports in full: an edition with its renderings, pictures and inputs, how it reached each recipient, alerts, how
-- coverage was coded (tone, messages, prominence), what was taken out or added by hand, and what an uplift is measured
-- against. Conventions as in 0001.

-- Further parts of an edition. `printed` is the markup that its PDF is made of, `inputs` the facts it was written from
-- (packed and written as base64), `settings` and `program` with what; `due_at` when it was to be told.
ALTER TABLE reports ADD COLUMN printed TEXT NOT NULL DEFAULT '';
ALTER TABLE reports ADD COLUMN inputs TEXT NOT NULL DEFAULT '';
ALTER TABLE reports ADD COLUMN settings TEXT NOT NULL DEFAULT '';
ALTER TABLE reports ADD COLUMN program TEXT NOT NULL DEFAULT '';
ALTER TABLE reports ADD COLUMN due_at TEXT NOT NULL DEFAULT '';

-- The same edition for another audience than the team.
CREATE TABLE report_versions (
  name TEXT NOT NULL,
  period TEXT NOT NULL,
  audience TEXT NOT NULL,
  number INTEGER NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  markdown TEXT NOT NULL,
  html TEXT NOT NULL,
  printed TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (name, period, audience),
  FOREIGN KEY (name, period) REFERENCES reports (name, period)
) /* STRICT */;

-- The pictures and attachments of an edition. `kind` is picture or attachment; `content` is base64; of a picture
-- `about` is JSON: title, alt, width, height, the rows it shows and its SVG.
CREATE TABLE report_files (
  name TEXT NOT NULL,
  period TEXT NOT NULL,
  file TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('picture', 'attachment')),
  media_type TEXT NOT NULL,
  content TEXT NOT NULL,
  about TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (name, period, file),
  FOREIGN KEY (name, period) REFERENCES reports (name, period)
) /* STRICT */;

-- One row a recipient and edition. waiting -> sending -> sent, or failed (tried again at `next_at` until `over`);
-- `sending` and never more means that nobody knows: a person decides, it is not sent again by itself. `bounced` came
-- back after it was sent; `stopped` never left, because the recipient wants no more. `turn` is 1; a person who has an
-- edition sent once more makes a row of the next one. `who` is the person who did so, or who decided about a doubt.
CREATE TABLE deliveries_now (
  name TEXT NOT NULL,
  period TEXT NOT NULL,
  recipient TEXT NOT NULL,
  turn INTEGER NOT NULL DEFAULT 1,
  audience TEXT NOT NULL DEFAULT 'team',
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'over', 'bounced', 'stopped')),
  at TEXT NOT NULL,
  next_at TEXT NOT NULL DEFAULT '',
  tries INTEGER NOT NULL DEFAULT 0,
  run TEXT NOT NULL DEFAULT '',
  message_id TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL DEFAULT '',
  who TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (name, period, recipient, turn),
  FOREIGN KEY (name, period) REFERENCES reports (name, period)
) /* STRICT */;
INSERT INTO deliveries_now (name, period, recipient, state, at, tries, error)
  SELECT name, period, recipient, CASE WHEN state = 'failed' AND tries >= 3 THEN 'over' ELSE state END, at, tries, error
  FROM deliveries;
DROP TABLE deliveries;
ALTER TABLE deliveries_now RENAME TO deliveries;
CREATE INDEX deliveries_next ON deliveries (state, next_at);
CREATE INDEX deliveries_message ON deliveries (message_id) WHERE message_id <> '';

-- Who gets a report no more: they said so (one-click, page), their mail came back for good (bounce), or one of us said
-- so (person). `recipient` is the bare address in small letters, `name` '' means every report. Lifted by one of us only.
CREATE TABLE report_stops (
  recipient TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('one-click', 'page', 'mail', 'bounce', 'complaint', 'person')),
  why TEXT NOT NULL DEFAULT '',
  who TEXT NOT NULL DEFAULT '',
  lifted_at TEXT NOT NULL DEFAULT '',
  lifted_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (recipient, name, at)
) /* STRICT */;

-- Alerts: each cause once. `id` is made of kind, subject and slot; `caused_at` is when it came about, `ready_at` when
-- it may go out to those who keep quiet hours. `told_in` is the id of the summary that told it with others ('' alone).
CREATE TABLE alerts (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('watch', 'review', 'escalate', 'crisis')),
  subject TEXT NOT NULL,
  slot TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  command TEXT NOT NULL DEFAULT '',
  evidence TEXT NOT NULL DEFAULT '[]',
  owner TEXT NOT NULL DEFAULT '',
  told_in TEXT NOT NULL DEFAULT '',
  caused_at TEXT NOT NULL,
  raised_at TEXT NOT NULL,
  ready_at TEXT NOT NULL,
  settled_at TEXT NOT NULL DEFAULT '',
  settled_why TEXT NOT NULL DEFAULT ''
) /* STRICT */;
CREATE INDEX alerts_raised ON alerts (raised_at);
CREATE INDEX alerts_subject ON alerts (kind, subject, raised_at);
CREATE INDEX alerts_open ON alerts (kind) WHERE settled_at = '';
CREATE INDEX alerts_told ON alerts (told_in) WHERE told_in <> '';

-- One row an alert and channel, with the states of `deliveries`; `dropped` had settled before it could go out.
CREATE TABLE alert_sends (
  alert_id TEXT NOT NULL REFERENCES alerts (id),
  channel TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'over', 'dropped')),
  at TEXT NOT NULL,
  next_at TEXT NOT NULL DEFAULT '',
  tries INTEGER NOT NULL DEFAULT 0,
  run TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (alert_id, channel)
) /* STRICT */;
CREATE INDEX alert_sends_next ON alert_sends (state, next_at);

-- Append-only: whether an alert was useful, as people said. The newest of each voter counts.
CREATE TABLE alert_votes (
  alert_id TEXT NOT NULL REFERENCES alerts (id),
  at TEXT NOT NULL,
  voter TEXT NOT NULL,
  useful INTEGER NOT NULL CHECK (useful IN (0, 1)),
  PRIMARY KEY (alert_id, voter, at)
) /* STRICT */;

-- What a machine made of how a signal speaks of one watch: chances in thousandths that add up to 1000, by which model.
-- Made again by `rebuild`. No row where the language or the text did not let it tell.
CREATE TABLE tones (
  signal_id TEXT NOT NULL REFERENCES signals (id),
  watch_id TEXT NOT NULL,
  story_id TEXT NOT NULL,
  arrival INTEGER NOT NULL,
  negative INTEGER NOT NULL,
  neutral INTEGER NOT NULL,
  positive INTEGER NOT NULL,
  model TEXT NOT NULL,
  PRIMARY KEY (signal_id, watch_id)
) /* STRICT */;
CREATE INDEX tones_watch ON tones (watch_id, arrival, story_id, negative, neutral, positive);

-- Whether the phrase of a match stands in the first lines of the text (`rules.prominence`). 0 as well where it was
-- matched before this was looked at: `rebuild` looks again.
ALTER TABLE matches ADD COLUMN lead INTEGER NOT NULL DEFAULT 0;

-- Which key message a signal carries, how prominently (2 headline or lead, 1 elsewhere), by which phrase. By rule;
-- made again by `rebuild`.
CREATE TABLE message_hits (
  signal_id TEXT NOT NULL REFERENCES signals (id),
  campaign_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  story_id TEXT NOT NULL,
  arrival INTEGER NOT NULL,
  prominence INTEGER NOT NULL CHECK (prominence IN (1, 2)),
  phrase TEXT NOT NULL,
  PRIMARY KEY (signal_id, campaign_id, message_id)
) /* STRICT */;
CREATE INDEX message_hits_message ON message_hits (campaign_id, message_id, arrival);

-- Append-only: what a person says of a story. `what` is tone (of a watch: negative, neutral, positive, mixed),
-- presence, prominence or accuracy (of a message: 0, 1, 2). `said` is what stood there before, as JSON, with the
-- machine's chances: corrections are what its reliability is measured by. The newest counts; value '' takes it back.
CREATE TABLE codings (
  id TEXT PRIMARY KEY,
  story_id TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('tone', 'presence', 'prominence', 'accuracy')),
  about TEXT NOT NULL,
  value TEXT NOT NULL,
  said TEXT NOT NULL DEFAULT '{}',
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  why TEXT NOT NULL DEFAULT ''
) /* STRICT */;
CREATE INDEX codings_story ON codings (story_id, what, about, at);
CREATE INDEX codings_at ON codings (at);

-- Append-only: a story that is no coverage of one watch ('' = of any) after all, and the same taken back. The newest
-- of a story and watch counts. Nothing is deleted: counts as of a moment know what was known then.
CREATE TABLE removals (
  story_id TEXT NOT NULL,
  watch_id TEXT NOT NULL DEFAULT '',
  number INTEGER NOT NULL DEFAULT 1,
  at TEXT NOT NULL,
  removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (story_id, watch_id, number)
) /* STRICT */;
CREATE INDEX removals_at ON removals (at);

-- Append-only: what a story says, in our own words. The newest counts; '' takes it back.
CREATE TABLE summaries (
  story_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (story_id, number)
) /* STRICT */;

-- Append-only: what the uplift of a campaign is measured by, as registered. `plan` is JSON. The version in force before
-- the campaign began is the one that counts; later ones are told as changes.
CREATE TABLE uplift_plans (
  campaign_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  registered_at TEXT NOT NULL,
  plan TEXT NOT NULL,
  PRIMARY KEY (campaign_id, number)
) /* STRICT */;

-- Embargoes under which something was said, by when they end: what is to come asks for those of a week.
CREATE INDEX enquiries_embargo ON enquiries (embargo_until) WHERE embargo_until <> '';

-- What the page of a story looked like on a day: PNG as base64, bounded in size and number. The newest of each story.
CREATE TABLE shots (
  story_id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  at TEXT NOT NULL,
  content TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL
) /* STRICT */;
CREATE INDEX shots_at ON shots (at);

-- Who was accepted when, for goals of long times.
CREATE INDEX lead_moves_accepted_at ON lead_moves (at, lead_id) WHERE what = 'status' AND aim = 'accepted';
