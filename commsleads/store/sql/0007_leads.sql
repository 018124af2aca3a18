-- Leads: the log that they follow from (touches, what people noted, acts, merges, the criteria in force), and what
-- follows from it (leads, moves, handoffs), which can be thrown away and made again. Conventions as in 0001.

-- The touches of before were of enquiries only and had no past; they are made again from the enquiries.
DROP TABLE touches;

-- Append-only: each touch as it was known from `learned_at` on. A version replaces the one before it from that moment;
-- `id` is made of its evidence and of the person. `marks` are words of `journey.MARKS`.
CREATE TABLE touches (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  at TEXT NOT NULL,
  learned_at TEXT NOT NULL,
  kind TEXT NOT NULL
    CHECK (kind IN ('enquiry', 'reply', 'form', 'click', 'phone', 'event', 'referral', 'known')),
  marks TEXT NOT NULL,
  channel TEXT NOT NULL,
  source TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '',
  campaign_id TEXT NOT NULL DEFAULT '',
  cta_id TEXT NOT NULL DEFAULT '',
  outlet TEXT NOT NULL DEFAULT '',
  evidence TEXT NOT NULL,
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
  why TEXT NOT NULL,
  self_reported TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (id, version)
) /* STRICT */;
-- All that criteria ask of a touch stands in the index: a trial reads a million of them without going to their rows.
CREATE INDEX touches_contact ON touches (
  contact_id, learned_at, id, version, at, kind, marks, source, campaign_id, counts
);
CREATE INDEX touches_evidence ON touches (evidence);
CREATE INDEX touches_at ON touches (at);
CREATE INDEX touches_campaign ON touches (campaign_id, at) WHERE campaign_id <> '';

-- Touches that one of us noted by hand: a call, a talk at an event, a referral. `gone_at` when it was taken back.
CREATE TABLE noted (
  id TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('phone', 'event', 'referral')),
  marks TEXT NOT NULL,
  source TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '',
  campaign_id TEXT NOT NULL DEFAULT '',
  cta_id TEXT NOT NULL DEFAULT '',
  outlet TEXT NOT NULL DEFAULT '',
  words TEXT NOT NULL DEFAULT '',
  made_at TEXT NOT NULL,
  by TEXT NOT NULL,
  gone_at TEXT NOT NULL DEFAULT '',
  gone_by TEXT NOT NULL DEFAULT '',
  gone_why TEXT NOT NULL DEFAULT ''
) /* STRICT */;
CREATE INDEX noted_contact ON noted (contact_id);

-- Append-only: what people did with a lead. `words` alone may hold personal data, and are emptied when these end.
CREATE TABLE lead_acts (
  id TEXT PRIMARY KEY,
  lead_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  verb TEXT NOT NULL,
  aim TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  words TEXT NOT NULL DEFAULT '',
  until_at TEXT NOT NULL DEFAULT ''
) /* STRICT */;
CREATE UNIQUE INDEX lead_acts_lead ON lead_acts (lead_id, number);
CREATE INDEX lead_acts_at ON lead_acts (at);

-- Two contacts that are one person, until it is undone. A lead is all contacts that standing rows join.
CREATE TABLE merges (
  id TEXT PRIMARY KEY,
  one TEXT NOT NULL REFERENCES contacts (id),
  other TEXT NOT NULL REFERENCES contacts (id),
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  why TEXT NOT NULL,
  undone_at TEXT NOT NULL DEFAULT '',
  undone_by TEXT NOT NULL DEFAULT '',
  undone_why TEXT NOT NULL DEFAULT ''
) /* STRICT */;
CREATE INDEX merges_one ON merges (one);
CREATE INDEX merges_other ON merges (other);

-- Two contacts of whom somebody said that they are two people: never suggested again. `one` is the smaller id.
CREATE TABLE told_apart (
  one TEXT NOT NULL REFERENCES contacts (id),
  other TEXT NOT NULL REFERENCES contacts (id),
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  why TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (one, other)
) /* STRICT */;

-- Append-only: the criteria in force from `at` on, with what they stand on (zone, working hours, days off, officers).
-- A row with the same `number` and a higher `revision` has the same text on another ground. `text` is the file, whole.
CREATE TABLE terms (
  number INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  author TEXT NOT NULL DEFAULT '',
  dated TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL,
  ground TEXT NOT NULL,
  PRIMARY KEY (number, revision)
) /* STRICT */;

-- Leads as they follow from the log, a row for each person with a touch; `opened_at` is '' for who is none. A contact that
-- was joined to another's lead has no row of its own, see `lead_people`. `next_at` is when the clock changes something.
CREATE TABLE leads (
  id TEXT PRIMARY KEY,
  opened_at TEXT NOT NULL DEFAULT '',
  first_at TEXT NOT NULL DEFAULT '',
  last_at TEXT NOT NULL DEFAULT '',
  first_touch TEXT NOT NULL DEFAULT '',
  opener TEXT NOT NULL DEFAULT '',
  last_touch TEXT NOT NULL DEFAULT '',
  touches INTEGER NOT NULL,
  source TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL DEFAULT '',
  campaign_id TEXT NOT NULL DEFAULT '',
  outlet TEXT NOT NULL DEFAULT '',
  self_reported TEXT NOT NULL DEFAULT '',
  stage TEXT NOT NULL DEFAULT '',
  qualified_at TEXT NOT NULL DEFAULT '',
  qualified INTEGER NOT NULL DEFAULT 0 CHECK (qualified IN (0, 1)),
  reached TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL,
  status_at TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  outcome TEXT NOT NULL DEFAULT '',
  wakes_at TEXT NOT NULL DEFAULT '',
  quiet_at TEXT NOT NULL DEFAULT '',
  fit INTEGER NOT NULL DEFAULT 0,
  engagement INTEGER NOT NULL DEFAULT 0,
  fit_band TEXT NOT NULL DEFAULT '',
  engagement_band TEXT NOT NULL DEFAULT '',
  near TEXT NOT NULL DEFAULT '',
  terms INTEGER NOT NULL DEFAULT 0,
  next_at TEXT NOT NULL DEFAULT '',
  told_at TEXT NOT NULL
) /* STRICT */;
CREATE INDEX leads_opened ON leads (opened_at) WHERE opened_at <> '';
CREATE INDEX leads_qualified ON leads (qualified_at) WHERE qualified_at <> '';
CREATE INDEX leads_next ON leads (next_at) WHERE next_at <> '';
CREATE INDEX leads_owner ON leads (owner, status);

-- Whose lead a contact is, for contacts joined to another's.
CREATE TABLE lead_people (
  contact_id TEXT PRIMARY KEY REFERENCES contacts (id),
  lead_id TEXT NOT NULL
) /* STRICT */;
CREATE INDEX lead_people_lead ON lead_people (lead_id);

-- Every change of stage, status or owner that follows from the log, with its reason.
CREATE TABLE lead_moves (
  lead_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  known_at TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('stage', 'status', 'owner')),
  came_from TEXT NOT NULL,
  aim TEXT NOT NULL,
  why TEXT NOT NULL,
  cause TEXT NOT NULL,
  terms INTEGER NOT NULL,
  by TEXT NOT NULL,
  gave TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (lead_id, number)
) /* STRICT */;
CREATE INDEX lead_moves_at ON lead_moves (at);
CREATE INDEX lead_moves_accepted ON lead_moves (lead_id, at) WHERE what = 'status' AND aim = 'accepted';

-- The handoff ledger: each offer and the answer to it.
CREATE TABLE handoffs (
  lead_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  aim TEXT NOT NULL,
  due_at TEXT NOT NULL,
  stage TEXT NOT NULL,
  terms INTEGER NOT NULL,
  escalated INTEGER NOT NULL CHECK (escalated IN (0, 1)),
  answer TEXT NOT NULL DEFAULT '',
  answered_at TEXT NOT NULL DEFAULT '',
  by TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  words TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (lead_id, number)
) /* STRICT */;
CREATE INDEX handoffs_open ON handoffs (due_at) WHERE answer = '';
CREATE INDEX handoffs_at ON handoffs (at);

-- Whose lead is to be told anew, because its log grew. The row goes in the transaction that tells it.
CREATE TABLE leads_waiting (
  contact_id TEXT PRIMARY KEY
) /* STRICT */;

-- Where each thing that is known of a person came from, and when: a row for each value ever given.
CREATE TABLE contact_data (
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  field TEXT NOT NULL CHECK (field IN ('name', 'role', 'beat', 'preferred', 'outlet', 'email', 'phone', 'handle')),
  value TEXT NOT NULL,
  at TEXT NOT NULL,
  origin TEXT NOT NULL,
  basis TEXT NOT NULL,
  by TEXT NOT NULL,
  PRIMARY KEY (contact_id, field, value, origin)
) /* STRICT */;
-- What was known before came with the contact, as far as anybody can tell.
INSERT INTO contact_data (contact_id, field, value, at, origin, basis, by)
  SELECT id, 'name', name, first_at, origin, basis, 'commsleads' FROM contacts WHERE folded <> ''
  UNION SELECT id, 'role', role, first_at, origin, basis, 'commsleads' FROM contacts WHERE role <> ''
  UNION SELECT id, 'preferred', preferred, first_at, origin, basis, 'commsleads' FROM contacts WHERE preferred <> ''
  UNION SELECT p.contact_id, p.kind, CASE WHEN p.kind = 'email' THEN p.value ELSE p.shown END, p.at, p.origin, c.basis,
    'commsleads' FROM contact_points p JOIN contacts c ON c.id = p.contact_id
  UNION SELECT o.contact_id, 'outlet', o.outlet, o.first_at, c.origin, c.basis, 'commsleads' FROM contact_outlets o
    JOIN contacts c ON c.id = o.contact_id WHERE c.folded <> '' OR EXISTS (
      SELECT 1 FROM contact_points q WHERE q.contact_id = c.id);
-- Of a name that ten thousand have, those known longest are found without a look at the others.
DROP INDEX contacts_folded;
CREATE INDEX contacts_folded ON contacts (folded, first_at, id);
CREATE INDEX contact_outlets_outlet ON contact_outlets (outlet);
ALTER TABLE contacts ADD COLUMN beats TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN stopped_at TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN stopped_why TEXT NOT NULL DEFAULT '';

-- Goals that people set by command; those of the settings are not here. A row with `gone_at` was dropped.
CREATE TABLE goals (
  id TEXT PRIMARY KEY,
  declared TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  gone_at TEXT NOT NULL DEFAULT ''
) /* STRICT */;

-- What was shown: the answer card of a campaign as it was last looked at on a day, as JSON and as text. A day on which
-- nothing but the time had changed has no row of its own; then `seen_at` of the row before it says that somebody looked.
CREATE TABLE cards_shown (
  campaign_id TEXT NOT NULL,
  day TEXT NOT NULL,
  at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  data TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (campaign_id, day)
) /* STRICT */;

-- What touches are made of and was written since they were looked at last, as the sort of row and its id: "enquiry 3f2a…",
-- "response …", "person …". It is noted by the statements that write it, in their transaction.
CREATE TABLE evidence_waiting (
  evidence TEXT PRIMARY KEY
) /* STRICT */;
