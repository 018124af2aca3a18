-- The press desk: mails, people, and the enquiry log. Same conventions as 0001: TEXT ids, TEXT times in UTC of one
-- width, '' for what is not there, truth as INTEGER 0/1, JSON as TEXT.

-- Mails, as they were read at the door: text and never markup, attachments counted and never kept. Apart from `signals`,
-- because a mail to us is no media mention, is not for everybody's eyes, and has an end (`erase_after`). `id` is made
-- of Message-ID and content, so the same mail from two folders or accounts is one. `ours` is 1 for what we sent.
CREATE TABLE letters (
  id TEXT PRIMARY KEY,
  source_id TEXT NOT NULL REFERENCES sources (id),
  message_id TEXT NOT NULL,
  channel TEXT NOT NULL DEFAULT 'email',
  ours INTEGER NOT NULL DEFAULT 0 CHECK (ours IN (0, 1)),
  sender_name TEXT NOT NULL,
  sender TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  sent_at TEXT NOT NULL,
  received_at TEXT NOT NULL,
  arrival INTEGER NOT NULL,
  rest TEXT NOT NULL,
  place TEXT NOT NULL DEFAULT '',
  erase_after TEXT NOT NULL DEFAULT ''
) /* STRICT */;
CREATE UNIQUE INDEX letters_arrival ON letters (arrival);
CREATE INDEX letters_message ON letters (message_id);
CREATE INDEX letters_erase ON letters (erase_after) WHERE erase_after <> '';

-- What the rules made of a mail; `rebuild` clears it and makes it again. `found` is the rest of the reading as JSON.
CREATE TABLE readings (
  letter_id TEXT PRIMARY KEY REFERENCES letters (id),
  class TEXT NOT NULL CHECK (class IN ('enquiry', 'journalist_request', 'reply', 'auto_reply', 'bounce',
    'complaint_report', 'newsletter', 'other')),
  permille INTEGER NOT NULL CHECK (permille BETWEEN 0 AND 1000),
  reasons TEXT NOT NULL,
  doubts TEXT NOT NULL,
  found TEXT NOT NULL,
  at TEXT NOT NULL
) /* STRICT */;
CREATE INDEX readings_class ON readings (class);

-- Mails that could not be read, or whose reading failed, wait here like signals in `pending`.
CREATE TABLE letters_pending (
  letter_id TEXT PRIMARY KEY REFERENCES letters (id),
  tries INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT ''
) /* STRICT */;

-- Things that came and could not be read at all, piece by piece: the beginning of each, for a person to look at.
CREATE TABLE aside (
  id TEXT PRIMARY KEY,
  source_id TEXT NOT NULL REFERENCES sources (id),
  external_id TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT NOT NULL,
  size INTEGER NOT NULL,
  body TEXT NOT NULL
) /* STRICT */;
CREATE INDEX aside_at ON aside (at);

-- Mails that a person should look at, and what that person said. `decision` is '' while it waits.
CREATE TABLE review (
  letter_id TEXT PRIMARY KEY REFERENCES letters (id),
  opened_at TEXT NOT NULL,
  why TEXT NOT NULL,
  enquiry_id TEXT NOT NULL DEFAULT '',
  decision TEXT NOT NULL DEFAULT '',
  decided_at TEXT NOT NULL DEFAULT '',
  decided_by TEXT NOT NULL DEFAULT ''
) /* STRICT */;
CREATE INDEX review_open ON review (opened_at) WHERE decision = '';

-- Append-only: what a person called a mail, beside what the rules had called it. The truth that the rules are held to.
CREATE TABLE labels (
  letter_id TEXT NOT NULL REFERENCES letters (id),
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  class TEXT NOT NULL,
  was TEXT NOT NULL,
  permille INTEGER NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (letter_id, number)
) /* STRICT */;

-- Journalists' open requests, one row each, out of request services' mails. `content_key` finds the same query in a
-- resend or a forward. Its text is hostile and belongs to the service: never on anything public.
CREATE TABLE requests (
  id TEXT PRIMARY KEY,
  content_key TEXT NOT NULL,
  letter_id TEXT NOT NULL REFERENCES letters (id),
  number TEXT NOT NULL,
  service TEXT NOT NULL,
  summary TEXT NOT NULL,
  query TEXT NOT NULL,
  requirements TEXT NOT NULL,
  category TEXT NOT NULL,
  journalist TEXT NOT NULL,
  outlet TEXT NOT NULL,
  outlet_url TEXT NOT NULL,
  reply_to TEXT NOT NULL,
  masked INTEGER NOT NULL CHECK (masked IN (0, 1)),
  url TEXT NOT NULL,
  deadline_at TEXT NOT NULL,
  deadline_day TEXT NOT NULL,
  deadline_text TEXT NOT NULL,
  no_ai INTEGER NOT NULL CHECK (no_ai IN (0, 1)),
  trap TEXT NOT NULL,
  start_at INTEGER NOT NULL,
  end_at INTEGER NOT NULL,
  seen_at TEXT NOT NULL
) /* STRICT */;
CREATE INDEX requests_letter ON requests (letter_id);
CREATE INDEX requests_deadline ON requests (deadline_at);
CREATE UNIQUE INDEX requests_content ON requests (content_key);

-- Why a request is for us: a watch or a topic of expertise, by which phrase.
CREATE TABLE request_matches (
  request_id TEXT NOT NULL REFERENCES requests (id),
  topic TEXT NOT NULL,
  phrase TEXT NOT NULL,
  PRIMARY KEY (request_id, topic)
) /* STRICT */;

-- People outside. Every datum has an origin, a basis and an end.
CREATE TABLE contacts (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  role TEXT NOT NULL DEFAULT '',
  preferred TEXT NOT NULL DEFAULT '',
  origin TEXT NOT NULL,
  basis TEXT NOT NULL,
  first_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  erase_after TEXT NOT NULL
) /* STRICT */;
CREATE INDEX contacts_folded ON contacts (folded);

-- Their addresses and numbers, folded (small letters, digits only), and where each came from.
CREATE TABLE contact_points (
  kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'handle')),
  value TEXT NOT NULL,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  shown TEXT NOT NULL,
  origin TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (kind, value, contact_id)
) /* STRICT */;
CREATE INDEX contact_points_contact ON contact_points (contact_id);

-- Whom they write for, over time.
CREATE TABLE contact_outlets (
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  outlet TEXT NOT NULL,
  role TEXT NOT NULL DEFAULT '',
  first_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  PRIMARY KEY (contact_id, outlet)
) /* STRICT */;

-- The enquiry log, a row an enquiry, as it stands now; how it came to stand so is in `moves` and `history`. `version`
-- rises with every change: who changes a row that somebody else has changed meanwhile is told.
CREATE TABLE enquiries (
  id TEXT PRIMARY KEY,
  reference TEXT NOT NULL UNIQUE,
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  received_at TEXT NOT NULL,
  logged_at TEXT NOT NULL,
  received_by TEXT NOT NULL,
  channel TEXT NOT NULL,
  source_detail TEXT NOT NULL DEFAULT '',
  direction TEXT NOT NULL DEFAULT 'reactive' CHECK (direction IN ('reactive', 'proactive')),
  out_of_hours INTEGER NOT NULL CHECK (out_of_hours IN (0, 1)),
  on_call TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL,
  background TEXT NOT NULL DEFAULT '',
  angle TEXT NOT NULL DEFAULT '',
  heard_how TEXT NOT NULL DEFAULT '',
  request_type TEXT NOT NULL DEFAULT 'other',
  format TEXT NOT NULL DEFAULT '',
  participants TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  deadline_at TEXT NOT NULL DEFAULT '',
  deadline_day TEXT NOT NULL DEFAULT '',
  deadline_text TEXT NOT NULL DEFAULT '',
  deadline_kind TEXT NOT NULL DEFAULT 'none stated'
    CHECK (deadline_kind IN ('hard', 'soft', 'none stated', 'not read')),
  expected_publication TEXT NOT NULL DEFAULT '',
  level TEXT NOT NULL DEFAULT 'watch' CHECK (level IN ('watch', 'review', 'escalate', 'crisis')),
  privacy TEXT NOT NULL DEFAULT 'team' CHECK (privacy IN ('open', 'team', 'restricted')),
  stance TEXT NOT NULL DEFAULT 'unknown' CHECK (stance IN ('positive', 'neutral', 'hostile', 'unknown')),
  urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)),
  outlet TEXT NOT NULL DEFAULT '',
  outlet_tier INTEGER,
  outlet_type TEXT NOT NULL DEFAULT '',
  outlet_region TEXT NOT NULL DEFAULT '',
  programme TEXT NOT NULL DEFAULT '',
  parent TEXT NOT NULL DEFAULT '',
  freelance_for TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  team TEXT NOT NULL DEFAULT '',
  cover TEXT NOT NULL DEFAULT '',
  spokesperson TEXT NOT NULL DEFAULT '',
  media_trained INTEGER CHECK (media_trained IN (0, 1)),
  availability TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('new', 'acknowledged', 'assigned', 'researching', 'drafting',
    'awaiting_signoff', 'approved', 'responded', 'monitoring', 'closed', 'reopened', 'withdrawn', 'duplicate',
    'redirected', 'declined')),
  hold TEXT NOT NULL DEFAULT '' CHECK (hold IN ('', 'awaiting_journalist', 'awaiting_expert')),
  round INTEGER NOT NULL DEFAULT 0,
  terms TEXT NOT NULL DEFAULT '',
  embargo_until TEXT NOT NULL DEFAULT '',
  acknowledged_at TEXT NOT NULL DEFAULT '',
  acknowledged_by TEXT NOT NULL DEFAULT '',
  responded_at TEXT NOT NULL DEFAULT '',
  responded_by TEXT NOT NULL DEFAULT '',
  response_kind TEXT NOT NULL DEFAULT '',
  lapsed_at TEXT NOT NULL DEFAULT '',
  ended_at TEXT NOT NULL DEFAULT '',
  end_reason TEXT NOT NULL DEFAULT '',
  outcome TEXT NOT NULL DEFAULT '',
  duplicate_of TEXT NOT NULL DEFAULT '',
  redirected_to TEXT NOT NULL DEFAULT '',
  minutes_spent INTEGER NOT NULL DEFAULT 0,
  lessons TEXT NOT NULL DEFAULT '',
  retention TEXT NOT NULL DEFAULT 'usual',
  erase_after TEXT NOT NULL DEFAULT '',
  letter_id TEXT NOT NULL DEFAULT ''
) /* STRICT */;
CREATE UNIQUE INDEX enquiries_number ON enquiries (year, number);
CREATE INDEX enquiries_open ON enquiries (deadline_at) WHERE ended_at = '';
CREATE INDEX enquiries_received ON enquiries (received_at);
CREATE INDEX enquiries_ended ON enquiries (ended_at);
CREATE INDEX enquiries_responded ON enquiries (responded_at);

CREATE TABLE enquiry_journalists (
  enquiry_id TEXT NOT NULL REFERENCES enquiries (id),
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  place INTEGER NOT NULL,
  PRIMARY KEY (enquiry_id, contact_id)
) /* STRICT */;
CREATE INDEX enquiry_journalists_contact ON enquiry_journalists (contact_id);

-- The folder, campaigns and calls to action an enquiry belongs to, and where its facts come from, many each.
CREATE TABLE enquiry_ties (
  enquiry_id TEXT NOT NULL REFERENCES enquiries (id),
  what TEXT NOT NULL CHECK (what IN ('issue', 'campaign', 'cta', 'watch', 'fact')),
  ref TEXT NOT NULL,
  why TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (enquiry_id, what, ref)
) /* STRICT */;
CREATE INDEX enquiry_ties_ref ON enquiry_ties (what, ref);

-- Which mails belong to an enquiry, and by what evidence.
CREATE TABLE enquiry_letters (
  enquiry_id TEXT NOT NULL REFERENCES enquiries (id),
  letter_id TEXT NOT NULL REFERENCES letters (id),
  why TEXT NOT NULL,
  by TEXT NOT NULL,
  PRIMARY KEY (enquiry_id, letter_id)
) /* STRICT */;
CREATE INDEX enquiry_letters_letter ON enquiry_letters (letter_id);

CREATE TABLE questions (
  enquiry_id TEXT NOT NULL REFERENCES enquiries (id),
  number INTEGER NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'declined', 'unknown')),
  answer TEXT NOT NULL DEFAULT '',
  answered_at TEXT NOT NULL DEFAULT '',
  answered_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (enquiry_id, number)
) /* STRICT */;

-- Every change of state or hold, stamped.
CREATE TABLE moves (
  enquiry_id TEXT NOT NULL REFERENCES enquiries (id),
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  came_from TEXT NOT NULL,
  state TEXT NOT NULL,
  hold TEXT NOT NULL DEFAULT '',
  why TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (enquiry_id, number)
) /* STRICT */;
-- The few enquiries that were ever on hold: only of these the figures read the moves.
CREATE INDEX moves_held ON moves (enquiry_id) WHERE hold <> '';

CREATE TABLE drafts (
  enquiry_id TEXT NOT NULL REFERENCES enquiries (id),
  version INTEGER NOT NULL,
  round INTEGER NOT NULL,
  at TEXT NOT NULL,
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  line_id TEXT NOT NULL DEFAULT '',
  line_version INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (enquiry_id, version)
) /* STRICT */;

CREATE TABLE approvals (
  enquiry_id TEXT NOT NULL REFERENCES enquiries (id),
  number INTEGER NOT NULL,
  round INTEGER NOT NULL,
  step TEXT NOT NULL,
  approver TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('asked', 'approved', 'sent_back', 'waived')),
  draft INTEGER NOT NULL,
  asked_at TEXT NOT NULL,
  decided_at TEXT NOT NULL DEFAULT '',
  comment TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (enquiry_id, number)
) /* STRICT */;
CREATE INDEX approvals_asked ON approvals (approver) WHERE decision = 'asked';

-- What was said, word for word: each answer that went out. The first is the response; later ones are supplementary.
CREATE TABLE answers (
  id TEXT PRIMARY KEY,
  enquiry_id TEXT NOT NULL REFERENCES enquiries (id),
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  kind TEXT NOT NULL,
  method TEXT NOT NULL,
  terms TEXT NOT NULL,
  embargo_until TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL,
  files TEXT NOT NULL DEFAULT '[]',
  draft INTEGER NOT NULL DEFAULT 0,
  line_id TEXT NOT NULL DEFAULT '',
  line_version INTEGER NOT NULL DEFAULT 0,
  letter_id TEXT NOT NULL DEFAULT ''
) /* STRICT */;
CREATE UNIQUE INDEX answers_enquiry ON answers (enquiry_id, number);
CREATE INDEX answers_at ON answers (at);

-- The lines-to-take library. A version is never edited: a change is the next version.
CREATE TABLE lines (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  topic TEXT NOT NULL,
  text TEXT NOT NULL,
  owner TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '[]',
  written_at TEXT NOT NULL,
  written_by TEXT NOT NULL,
  approved_at TEXT NOT NULL DEFAULT '',
  approved_by TEXT NOT NULL DEFAULT '',
  retired_at TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (id, version)
) /* STRICT */;

CREATE TABLE interviews (
  enquiry_id TEXT NOT NULL REFERENCES enquiries (id),
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  spokesperson TEXT NOT NULL,
  chief INTEGER NOT NULL DEFAULT 0 CHECK (chief IN (0, 1)),
  trained INTEGER NOT NULL DEFAULT 0 CHECK (trained IN (0, 1)),
  format TEXT NOT NULL DEFAULT '',
  recording TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (enquiry_id, number)
) /* STRICT */;
CREATE INDEX interviews_at ON interviews (at);

CREATE TABLE experts (
  enquiry_id TEXT NOT NULL REFERENCES enquiries (id),
  number INTEGER NOT NULL,
  expert TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  answered_at TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (enquiry_id, number)
) /* STRICT */;

-- What was promised to a journalist, by when, and whether it was kept.
CREATE TABLE promises (
  enquiry_id TEXT NOT NULL REFERENCES enquiries (id),
  number INTEGER NOT NULL,
  what TEXT NOT NULL,
  made_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  due_text TEXT NOT NULL DEFAULT '',
  by TEXT NOT NULL,
  done_at TEXT NOT NULL DEFAULT '',
  done_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (enquiry_id, number)
) /* STRICT */;
CREATE INDEX promises_due ON promises (due_at);
CREATE INDEX promises_open ON promises (due_at) WHERE done_at = '';

-- Which stories came of an enquiry: suggested by the rules, confirmed or refused by a person.
CREATE TABLE covered (
  enquiry_id TEXT NOT NULL REFERENCES enquiries (id),
  signal_id TEXT NOT NULL REFERENCES signals (id),
  state TEXT NOT NULL CHECK (state IN ('suggested', 'confirmed', 'refused')),
  permille INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  quote_used INTEGER CHECK (quote_used IN (0, 1)),
  unreached TEXT NOT NULL DEFAULT '',
  messages TEXT NOT NULL DEFAULT '',
  tone TEXT NOT NULL DEFAULT '' CHECK (tone IN ('', 'positive', 'neutral', 'hostile')),
  error TEXT NOT NULL DEFAULT '',
  correction_asked_at TEXT NOT NULL DEFAULT '',
  correction_granted_at TEXT NOT NULL DEFAULT '',
  by TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  PRIMARY KEY (enquiry_id, signal_id)
) /* STRICT */;
CREATE INDEX covered_signal ON covered (signal_id);

-- A dated contact with a person through us, from which leads are made. One for each enquiry that counts; `counts` is
-- 0 with the reason when it does not (any more).
CREATE TABLE touches (
  id TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  enquiry_id TEXT NOT NULL REFERENCES enquiries (id),
  at TEXT NOT NULL,
  channel TEXT NOT NULL,
  source TEXT NOT NULL,
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
  why TEXT NOT NULL
) /* STRICT */;
CREATE INDEX touches_contact ON touches (contact_id, at);
CREATE INDEX touches_enquiry ON touches (enquiry_id);
CREATE INDEX touches_at ON touches (at);

-- Form posts of an hour by a keyed hash of their sender, for the limit; no address at rest, forgotten after a day.
CREATE TABLE form_posts (
  hour TEXT NOT NULL,
  sender TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (hour, sender)
) /* STRICT */;

-- Form posts that were not let in (a filled trap, too many), counted so that nothing vanishes silently.
CREATE TABLE form_refused (
  day TEXT NOT NULL,
  why TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (day, why)
) /* STRICT */;

-- The consent that came with a form post: its words and when.
CREATE TABLE consents (
  letter_id TEXT PRIMARY KEY REFERENCES letters (id),
  at TEXT NOT NULL,
  words TEXT NOT NULL
) /* STRICT */;
