-- Campaigns at work: plans as they were stamped, targets, links, hits, counters of others, responses. Conventions as in
-- 0001: TEXT ids, TEXT times in UTC of one width, '' for what is not there, truth as INTEGER 0/1, JSON as TEXT. `arrival`
-- is microseconds since 1970.

-- Append-only: a campaign's plan as it was declared, and when. What stands here before the start was promised; what
-- `changed` (names of fields) after it is a change, and shown as one.
CREATE TABLE plans (
  campaign_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  started INTEGER NOT NULL CHECK (started IN (0, 1)),
  changed TEXT NOT NULL,
  declared TEXT NOT NULL,
  PRIMARY KEY (campaign_id, number)
) /* STRICT */;

-- Whom a campaign aims at, one by one, where they are known one by one. `id` is made of the campaign and of what tells
-- them apart (`identity`: an address, an outlet's domain, or name and outlet, folded), so that importing a list three
-- times gives one row each. `responded_at` and `first_response` are written once.
CREATE TABLE targets (
  id TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL,
  part TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('contact', 'outlet', 'organisation', 'person')),
  identity TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  outlet TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  contact_id TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  control INTEGER NOT NULL DEFAULT 0 CHECK (control IN (0, 1)),
  excluded TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL,
  status_at TEXT NOT NULL,
  contacted_at TEXT NOT NULL DEFAULT '',
  responded_at TEXT NOT NULL DEFAULT '',
  first_response TEXT NOT NULL DEFAULT '',
  origin TEXT NOT NULL,
  basis TEXT NOT NULL,
  added_at TEXT NOT NULL,
  erase_after TEXT NOT NULL DEFAULT ''
) /* STRICT */;
CREATE UNIQUE INDEX targets_identity ON targets (campaign_id, identity);
CREATE INDEX targets_email ON targets (email) WHERE email <> '';
CREATE INDEX targets_contact ON targets (contact_id) WHERE contact_id <> '';

-- Append-only: every step of a target, forward, or back with its reason. `response_id` is the response that brought it.
CREATE TABLE target_moves (
  target_id TEXT NOT NULL REFERENCES targets (id),
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  came_from TEXT NOT NULL,
  status TEXT NOT NULL,
  why TEXT NOT NULL DEFAULT '',
  response_id TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (target_id, number)
) /* STRICT */;

-- Who asked not to be written to. `id` is a hash of the folded address: the address itself is not kept.
CREATE TABLE do_not_contact (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  why TEXT NOT NULL
) /* STRICT */;

-- When what was sent to how many: a mailing, a post, a round of calls. `part` is the group, '' for all.
CREATE TABLE mailings (
  id TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  part TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  n INTEGER,
  by TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT ''
) /* STRICT */;
CREATE INDEX mailings_campaign ON mailings (campaign_id, at);

-- Links that we hand out: our own (`source_id` is '') and those of other services (`source_id` and `external`, their short
-- address). One for each call to action, channel and group; `target_id` only where a person asked for links by person.
CREATE TABLE links (
  id TEXT PRIMARY KEY,
  slug TEXT NOT NULL DEFAULT '',
  campaign_id TEXT NOT NULL,
  cta_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  part TEXT NOT NULL DEFAULT '',
  target_id TEXT NOT NULL DEFAULT '',
  source_id TEXT NOT NULL DEFAULT '',
  external TEXT NOT NULL DEFAULT '',
  destination TEXT NOT NULL,
  vanity INTEGER NOT NULL DEFAULT 0 CHECK (vanity IN (0, 1)),
  trap INTEGER NOT NULL DEFAULT 0 CHECK (trap IN (0, 1)),
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  expires_at TEXT NOT NULL DEFAULT '',
  retired_at TEXT NOT NULL DEFAULT ''
) /* STRICT */;
CREATE UNIQUE INDEX links_slug ON links (slug) WHERE slug <> '';
CREATE INDEX links_campaign ON links (campaign_id);
CREATE INDEX links_target ON links (target_id) WHERE target_id <> '';
CREATE UNIQUE INDEX links_external ON links (source_id, external) WHERE external <> '';

-- Agents of hits, each once: there are millions of hits and thousands of agents.
CREATE TABLE agents (
  id TEXT PRIMARY KEY,
  agent TEXT NOT NULL
) /* STRICT */;

-- Every request at a link, without address and without anything that names a person. `judged` is 0 while it waits for a
-- verdict; `again` is 1 for a click that its visitor had made a moment before: kept, and no click of its own.
CREATE TABLE hits (
  id TEXT PRIMARY KEY,
  link_id TEXT NOT NULL,
  arrival INTEGER NOT NULL,
  asked TEXT NOT NULL CHECK (asked IN ('get', 'head', 'prefetch')),
  visitor TEXT NOT NULL,
  network TEXT NOT NULL,
  known TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  marks TEXT NOT NULL,
  referrer TEXT NOT NULL,
  medium TEXT NOT NULL DEFAULT '',
  verdict TEXT NOT NULL DEFAULT '',
  reasons TEXT NOT NULL DEFAULT '',
  again INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1)),
  judged INTEGER NOT NULL DEFAULT 0 CHECK (judged IN (0, 1))
) /* STRICT */;
CREATE INDEX hits_link ON hits (link_id, arrival);
CREATE INDEX hits_arrival ON hits (arrival);
CREATE INDEX hits_waiting ON hits (arrival) WHERE judged = 0;

-- Clicks counted by day, so that an answer costs the same however many stand in `hits`. `day` is one of the organisation's;
-- `verdict` is one of the four, or 'again' for those that are no click of their own.
CREATE TABLE hit_tallies (
  link_id TEXT NOT NULL,
  day TEXT NOT NULL,
  medium TEXT NOT NULL,
  verdict TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (link_id, day, medium, verdict)
) /* STRICT */;

-- How many different visitors a link had on a day of the organisation, machines left out. Not additive: neither over
-- days nor over links.
CREATE TABLE hit_days (
  link_id TEXT NOT NULL,
  day TEXT NOT NULL,
  visitors INTEGER NOT NULL,
  PRIMARY KEY (link_id, day)
) /* STRICT */;

-- How far the spools of the web process have been read: with the hits, in one transaction.
CREATE TABLE spools (
  name TEXT PRIMARY KEY,
  upto INTEGER NOT NULL,
  at TEXT NOT NULL
) /* STRICT */;

-- When our redirector ran: a row for each process, `seen_at` written anew while it lives. What lies between the rows was
-- not observed: whoever clicked then was turned away.
CREATE TABLE redirector_runs (
  id TEXT PRIMARY KEY,
  since_at TEXT NOT NULL,
  seen_at TEXT NOT NULL
) /* STRICT */;
CREATE INDEX redirector_runs_seen ON redirector_runs (seen_at);

-- Requests that led nowhere: unknown, expired or retired links, by day. Bounded: past a thousand words a day they are
-- counted under one name.
CREATE TABLE orphans (
  day TEXT NOT NULL,
  slug TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('unknown', 'expired', 'retired')),
  n INTEGER NOT NULL,
  last_at TEXT NOT NULL,
  PRIMARY KEY (day, slug, why)
) /* STRICT */;

-- Counters that others keep: one for each source, thing counted and measure. `made` tells one incarnation of a link from
-- the next, `epoch` counts them; `gained` is what was counted over all epochs since the first reading, never falling, and
-- `earlier` what stood there at it. `highest` is the highest total of this epoch. A `daily` counter has a count for each
-- day: `gained` is their sum, and may shrink with them. `filtered` says whether the service leaves machines out. `rule` is
-- its counting rule in a sentence and `zone` that of its days.
CREATE TABLE counters (
  id TEXT PRIMARY KEY,
  source_id TEXT NOT NULL,
  thing TEXT NOT NULL,
  measure TEXT NOT NULL,
  campaign_id TEXT NOT NULL DEFAULT '',
  cta_id TEXT NOT NULL DEFAULT '',
  link_id TEXT NOT NULL DEFAULT '',
  why TEXT NOT NULL DEFAULT '',
  made TEXT NOT NULL DEFAULT '',
  rule TEXT NOT NULL DEFAULT '',
  zone TEXT NOT NULL DEFAULT '',
  filtered TEXT NOT NULL DEFAULT 'unknown' CHECK (filtered IN ('no', 'service', 'unknown')),
  epoch INTEGER NOT NULL DEFAULT 1,
  total INTEGER NOT NULL DEFAULT 0,
  highest INTEGER NOT NULL DEFAULT 0,
  gained INTEGER NOT NULL DEFAULT 0,
  earlier INTEGER NOT NULL DEFAULT 0,
  daily INTEGER NOT NULL DEFAULT 0 CHECK (daily IN (0, 1)),
  first_at TEXT NOT NULL,
  last_at TEXT NOT NULL
) /* STRICT */;
CREATE UNIQUE INDEX counters_thing ON counters (source_id, thing, measure);
CREATE INDEX counters_campaign ON counters (campaign_id);

-- What a counter showed, a row where it changed; `gained` is what this reading added, for a day the day's count. `day` is
-- '' for a total since the beginning, else the day it counts; a day read again replaces what was read before, and `note`
-- says so when it fell.
CREATE TABLE counts (
  counter_id TEXT NOT NULL REFERENCES counters (id),
  day TEXT NOT NULL,
  at TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  total INTEGER NOT NULL,
  gained INTEGER NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (counter_id, day, at)
) /* STRICT */;

-- Pages that calls to action lead to, and what was found there last. `print` is a fingerprint of their words, `led_to`
-- where redirects ended; `first_print` and `first_led_to` are what a person saw when the page was chosen. `failures` counts
-- looks that brought nothing, one after the other; `seen_at` is the last that brought something.
CREATE TABLE landings (
  url TEXT PRIMARY KEY,
  next_check_at TEXT NOT NULL,
  checked_at TEXT NOT NULL DEFAULT '',
  seen_at TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'ok', 'gone', 'moved', 'changed', 'failing')),
  status INTEGER,
  title TEXT NOT NULL DEFAULT '',
  print TEXT NOT NULL DEFAULT '',
  first_print TEXT NOT NULL DEFAULT '',
  led_to TEXT NOT NULL DEFAULT '',
  first_led_to TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  since TEXT NOT NULL DEFAULT ''
) /* STRICT */;

-- Responses to calls to action, each with its evidence. Made by the rules they are made again by `rebuild`; those of
-- people (`by` is an officer) stay. `id` is made of campaign, call to action and evidence.
CREATE TABLE responses (
  id TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL,
  cta_id TEXT NOT NULL,
  target_id TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('click', 'reply', 'enquiry', 'form', 'mention', 'phone', 'event', 'referral')),
  channel TEXT NOT NULL,
  did INTEGER NOT NULL CHECK (did IN (0, 1)),
  counts INTEGER NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)),
  evidence TEXT NOT NULL,
  why TEXT NOT NULL,
  by TEXT NOT NULL,
  seen_at TEXT NOT NULL
) /* STRICT */;
CREATE INDEX responses_campaign ON responses (campaign_id, at);
CREATE INDEX responses_target ON responses (target_id) WHERE target_id <> '';
CREATE INDEX responses_evidence ON responses (evidence);
-- Which mails an address wrote: whoever becomes a target late has answered before.
CREATE INDEX letters_sender ON letters (sender) WHERE sender <> '';
