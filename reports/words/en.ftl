# The words of the digest. What stands in braces is put in by the program; see docs/translating.md.

# --- 0 subject and status ---------------------------------------------------------------------------------------

digest-kind = { $unit ->
    [day] Daily digest
    [month] Monthly digest
   *[week] Weekly digest
}

# --- pictures ---------------------------------------------------------------------------------------------------
# Titles stand above a picture; the other sentences are its description, complete without it.

picture-period = Period
picture-stories = Stories
picture-observed = Observed
picture-no-data = no data
picture-band = expected { $low }–{ $high }
picture-gaps = Not fully observed, drawn as gaps: { $labels }.
picture-trend = { $unit ->
    [day] Stories { $about }, by day
    [month] Stories { $about }, by month
   *[week] Stories { $about }, by week
}
picture-trend-now = { $label }: { $n } { $n ->
    [1] story.
   *[other] stories.
}
picture-trend-expected = { $word ->
    [above] More than the { $low } to { $high } to be expected (the band).
    [below] Fewer than the { $low } to { $high } to be expected (the band).
   *[other] { $low } to { $high } were to be expected (the band).
}
picture-trend-before = { $low } to { $high } in the { $n } { $unit }s before that were fully observed.
picture-goal = { $name }: so far, and as it would be evenly
picture-goal-by = By the end of
picture-goal-line = goal { $n }
picture-goal-fan = ends at { $low }–{ $high }
picture-goal-now = { $n } of { $goal } { $of } on day { $day } of { $days }.
picture-goal-expected = { $expected } were to be expected by now (the dashed line): { $word }.
picture-goal-end = If it goes on like this, it ends at { $low } to { $high } (the fan).
picture-goal-late = Nothing was counted before { $on }.
picture-funnel = How far the { $n } leads opened this { $unit } have come
picture-funnel-now = { $n ->
    [one] { $n } lead was opened.
   *[other] { $n } leads were opened.
}
picture-funnel-step = { $says }: { $k } of { $n } ({ $share }).
picture-funnel-open = Those outlined may still get there.
picture-step = Step
picture-reached = Took it
picture-of = Of
picture-may = May still
picture-curve = { $name }: who did it, by when
picture-curve-of = “{ $what }”: { $n } of { $of } ({ $share }).
picture-curve-n = “{ $what }”: { $n }; nobody knows of how many.
picture-asked = Asked
picture-did = Did it
picture-aimed = Aimed at
picture-deadlines = Answered by the journalist’s deadline, by notice given, this { $unit }
picture-deadlines-all = { $k } of { $n } answered in time ({ $share }, 95% interval { $low } to { $high }).
picture-in-time = { $k } of { $n } in time
picture-waiting = { $n } open
picture-notice = Notice
picture-hit = In time
picture-missed = Not in time
picture-open = Not decided yet

# --- periods ----------------------------------------------------------------------------------------------------

period-name = { $name }, { $days }
period-not-begun = { $name }, { $days } (not begun)
period-not-over = { $name }, { $days } (not over: as of { $at })

# --- figures that stand in many places ------------------------------------------------------------------------------

n-stories = { $n ->
    [0] no stories
    [one] 1 story
   *[other] { $n } stories
}
n-gaps = { $n ->
    [0] no gaps
    [one] 1 gap
   *[other] { $n } gaps
}
n-leads = { $n ->
    [0] no leads
    [one] 1 lead
   *[other] { $n } leads
}
n-qualified = { $n ->
    [0] no qualified leads
    [one] 1 qualified lead
   *[other] { $n } qualified leads
}
n-more = { $n } more
k-of-n = { $k } of { $n }
share = { $k } of { $n } ({ $rate }, { $between })
rate = { $rate } ({ $between })
before = { $unit ->
    [day] same weekday before
    [month] month before
   *[week] week before
} { $value }
median = { $n }-{ $unit } median { $value }
seen-only = { $n } seen, { $share } observed
observed = { $share } observed
only = only { $share }
no-data = no data
no-stories = no stories
nobody = nobody
us = us
cannot-tell = cannot tell
not-known = not known
not-observed = not observed
not-measured = not measured yet
not-counted = not counted
not-looked = Nobody was looking, so nothing can be said.
not-looked-short = nobody was looking
more = And { $n } more.
more-where = And { $n } more: { $where }.

# --- subject and status ---------------------------------------------------------------------------------------------

subject = Comms { $name }: { $parts }
subject-name = { $unit ->
    [week] wk { $name }
   *[other] { $name }
}
subject-median = { $stories } (8-{ $unit } median { $median })
subject-needs = { $n ->
    [one] 1 needs you
   *[other] { $n } need you
}
subject-risks = { $n ->
    [one] 1 risk
   *[other] { $n } risks
}
subject-enquiries = { $n ->
    [one] 1 enquiry
   *[other] { $n } enquiries
}{ $lapsed ->
    [0] {""}
   *[other] {" "}({ $lapsed } lapsed)
}
subject-goal = { $said } (goal { $n })
subject-goal-part = { $said } (goal { $k } of { $n })
status-as-of = as of { $at }
status-late = told { $late } late
health-none = no collectors
health-line = { $ok }/{ $total } collectors, { $gaps }
health-no-lasting-gaps = no lasting gaps

# --- the verdict ----------------------------------------------------------------------------------------------------

about = about { $who }
about-watches = on our watches
stories-about = { $n ->
    [one] story { $about }
   *[other] stories { $about }
}
verdict = { $name }: { $said }{ $tied }.
verdict-above = coverage rose to { $n ->
    [one] 1 story { $about }
   *[other] { $n } stories { $about }
}{ $compared }, against an expected { $low } to { $high }
verdict-below = coverage fell to { $n ->
    [0] no story { $about }
    [one] 1 story { $about }
   *[other] { $n } stories { $about }
}{ $compared }, against an expected { $low } to { $high }
verdict-inside = { $n ->
    [0] no story { $about } was seen, which is nothing outside baseline ({ $low } to { $high })
    [one] nothing outside baseline, with 1 story { $about }{ $compared }, against an expected { $low } to { $high }
   *[other] nothing outside baseline, with { $n } stories { $about }{ $compared }, against an expected { $low } to { $high }
}
verdict-cannot-tell = { $n ->
    [0] no story { $about } was seen, and whether that is little cannot be told, because { $why }
    [one] 1 story { $about }; whether that is much cannot be told, because { $why }
   *[other] { $n } stories { $about }; whether that is much cannot be told, because { $why }
}
verdict-blind = nobody was looking, so no number of stories { $about } can be given
verdict-compared = {" "}({ $n } of them comparable)
verdict-tied = ; { $n } of them belong to { $name }
verdict-watch = ; but { $name } was named in { $n ->
    [one] 1 story
   *[other] { $n } stories
}, against an expected { $low } to { $high }
verdict-first = First to read: “{ $title }” ({ $outlet }){ $pickups ->
    [0] {""}
    [one] , with 1 pickup
   *[other] , with { $pickups } pickups
}.
promise = { $said }{ $goal }.
promise-leads = { $n ->
    [0] No lead qualified
    [one] 1 lead qualified
   *[other] { $n } leads qualified
}{ $before }
promise-before = {" "}({ $unit ->
    [day] same weekday before
    [month] month before
   *[week] week before
} { $n })
promise-goal = ; the goal “{ $name }” stands at { $reached } of { $n }{ $of }, { $word ->
    [ahead] ahead of
    [behind] behind
   *[on-pace] in step with
} the { $expected } expected by now
promise-goal-so-far = ; the goal “{ $name }” { $word ->
    [reached] is reached, with
    [missed] was missed, with
   *[open] stands at
} { $reached } of { $n }{ $of }
promise-goal-of = {" "}{ $of }
promise-desk = { $n ->
    [one] 1 enquiry
   *[other] { $n } enquiries
} came{ $of ->
    [0] {""}
   *[other] , and { $k } of { $of } with a deadline were answered in time
}.
looked = { $said }{ $older }.
looked-older = { $n ->
    [one] ; 1 story counted here is dated long before the { $unit }
   *[other] ; { $n } stories counted here are dated long before the { $unit }
}
looked-no-source = No source is set up yet
looked-only-mail = No source of stories is set up, only mail is read
looked-at-nothing = No collector was watched in this { $unit }, so there may have been any number
looked-gaps = { $n } of { $total ->
    [one] 1 collector
   *[other] { $total } collectors
} had gaps, so there may have been more
looked-gaps-partly = { $n } of { $total ->
    [one] 1 collector
   *[other] { $total } collectors
} had gaps and { $share } of the { $unit } was observed, so there may have been more
looked-partly = { $share } of the { $unit } was observed, so there may have been more
looked-well = { $total ->
    [one] The collector watched without a lasting gap
   *[other] All { $total } collectors were watched without a lasting gap
}
interval = expected { $expected }, { $level } interval { $low }–{ $high } (from { $n ->
    [one] 1 { $unit }
   *[other] { $n } { $unit }s
}{ $out })
interval-short = expected { $expected }, { $level } interval { $low }–{ $high }{ $out }
interval-left-out = ; { $labels } left out for gaps
rise-and-fall = a rise is called from { $n ->
    [one] 1 story
   *[other] { $n } stories
} a { $unit } on, a fall { $fall ->
    [0] only at none
   *[other] from { $fall } down
}
rise-no-fall = a rise is called from { $n ->
    [one] 1 story
   *[other] { $n } stories
} a { $unit } on; a fall could not be seen
compared-alike = compared like with like: { $n ->
    [0] no stories
    [one] 1 story
   *[other] { $n } stories
} from the { $eyes } of { $alive ->
    [one] 1 source
   *[other] { $alive } sources
} watched both now and then{ $older ->
    [0] {""}
   *[other] , older pieces left out
}
all-watches = on all watches together { $n ->
    [0] no stories
    [one] 1 story
   *[other] { $n } stories
}

# --- what needs somebody --------------------------------------------------------------------------------------------

head-needs = Needs you
needs-none = Nothing needs you.
need-since = (last read { $at })
need-campaign-behind = { $name } is behind its goal

# --- leads against goal ---------------------------------------------------------------------------------------------

head-leads = Leads against goal
leads-qualified = Qualified this { $unit }
leads-by-enquiry = By an enquiry
leads-by-cta = By a call to action
leads-by-other = { $n } more by phone, at an event or by referral
leads-line = { $n } qualified
leads-not-counted = Qualified leads are not counted here yet.
leads-uncounted = Qualified leads are not counted here yet, so no figure is given. { $why }
goal-none = No goal is set for this time: commsleads goal set.
goal-name = Goal “{ $name }”
goal-until = , by { $day }
goal-unknown = not known of { $n } { $of }
goal-reached = { $k } of { $n } { $of }
goal-expected = Expected by now
goal-end = ends at { $low } to { $high } if it goes on so
goal-line = { $word }: { $k } of { $n }{ $of }
goals-more = And { $n ->
    [one] 1 more goal
   *[other] { $n } more goals
}{ $behind ->
    [0] {""}
   *[other] , { $behind } of them behind
}.
pace = { $word ->
    [ahead] ahead
    [behind] behind
    [on-pace] on pace
    [reached] reached
    [missed] missed
    [not-begun] not begun
   *[cannot-tell] cannot tell where it ends
}

# --- uplift ---------------------------------------------------------------------------------------------------------

uplift-apart = Uplift, apart from leads
uplift-line = { $name }: { $said }
uplift-short = { $word ->
    [more] more
    [less] less
   *[none] no change seen
}, { $n ->
    [0] no stories
    [one] 1 story
   *[other] { $n } stories
} against an expected { $expected } ({ $low }–{ $high })
uplift-word = { $word ->
    [more] more
    [less] less
    [none] no change seen
   *[unknown] cannot tell
}
uplift-rests = { $days } days used, { $left } left out; { $before } days before it, { $before_left } left out
uplift-detectable = the smallest rise that could be seen: { $times } times
uplift-compared = what it cannot move was { $times } times as much
uplift-late = registered after it began

# --- campaigns ------------------------------------------------------------------------------------------------------

head-campaigns = Campaign answers
campaigns-none = No campaign runs.
campaigns-name = Campaign
campaigns-whom = Aimed at
campaigns-took = Did what was asked
campaigns-leads = Leads
campaigns-uplift = Uplift
campaigns-line = { $name }: { $took }; uplift: { $uplift }{ $others ->
    [0] {""}
   *[other] ; and { $others } more
}
aimed-at = { $n } aimed at
aimed-at-unknown = number aimed at not known
took = { $n } of { $of } ({ $rate }, { $between })
took-cta = “{ $cta }” { $said }{ $left ->
    [0] {""}
   *[other] , and { $left } more asked
}
took-unmeasured = “{ $cta }” not measured yet
no-cta = no call to action declared
leads-and-qualified = { $n ->
    [0] no leads
    [one] 1 lead
   *[other] { $n } leads
}, { $qualified } qualified
card-whom = Whom
card-what = What
card-did = Did it
card-leads = Leads
card-coverage = Coverage
card-uplift = Uplift
card-goal = goal, { $of }: { $words }{ $why }
stories-and-pickups = { $stories } (+{ $n ->
    [one] 1 pickup
   *[other] { $n } pickups
})
items-since = { $n ->
    [0] no items
    [one] 1 item
   *[other] { $n } items
} since it began, copies included
since = {" "}since { $day }
until = , until { $day }
running = running{ $since }{ $until }
starts-on = starts on { $day }
ended-on = ended on { $day }
no-group = no target group declared
group = { $name } ({ $n })
group-excluded = { $n } of { $name } excluded{ $why }
group-held = { $n } of { $name } held back to compare with
named-less = , { $named } named less { $out } excluded
ctas-more = and { $n } more: { $command }
journalists-asked = { $people } asked about it
no-goal-declared = no goal was declared

# --- stories --------------------------------------------------------------------------------------------------------

head-stories = Coverage that matters
stories-none = No story { $about } was seen this { $unit }.
stories-line = “{ $title }” ({ $outlet }){ $pickups ->
    [0] {""}
    [one] , +1 pickup
   *[other] , +{ $pickups } pickups
}
stories-above = { $n ->
    [one] 1 story, named above
   *[other] { $n } stories; the first to read is named above
}
high-impact = High impact
outlet-not-known = outlet not known
outlet-tier = { $outlet }, tier { $tier }
outlet-also = { $outlet }; also { $other }, tier { $tier }
first-seen = first seen { $day }
older-piece = an older piece that came to light now
no-headline = (no headline)
pickups = +{ $n ->
    [one] 1 pickup
   *[other] { $n } pickups
}
alert-owner = { $who } has it
alert-nobody = nobody has it yet
story-alert = Alert ({ $level }): { $who }.
story-negative = Against us: read it.
story-no-action = Action: none.
story-names-short = { $place ->
    [headline] Headline
   *[text] Text
} names { $names }{ $campaign }.
story-campaign-short = {" "}({ $name })
story-name = { $name } in the { $place ->
    [headline] headline
   *[text] text
}
story-names = Names { $names }.
story-campaign = Campaign: { $ties }.
story-also = Also in { $outlets }.
story-printed-again = Printed again by itself.

# --- enquiries ------------------------------------------------------------------------------------------------------

head-enquiries = Enquiries
enquiries-line = { $parts }. { $open }
enquiries-short = { $n } received, { $k } of { $of } in time, { $open } open
received = { $n } received{ $before }
in-time = { $k } of { $n } in time ({ $rate }, { $between }){ $waits ->
    [0] {""}
   *[other] , { $waits } undecided
}
in-time-none = no deadline decided yet
median-wait = median { $time }
median-none = no median: most are unanswered
out-of-hours = { $k } of { $n } out of hours
open-now = { $open } open, { $unanswered } unanswered, the oldest since { $oldest }.

# --- messages, tone, share of voice ---------------------------------------------------------------------------------

head-voices = Messages, tone, share of voice
named-value = { $name }: { $value }
row-message = Message
row-tone = Tone
row-voice = Share of voice
message = “{ $text }” in { $k } of { $n } ({ $rate })
message-grey = { $between }; { $before }{ $others ->
    [0] {""}
   *[other] ; { $others } more messages
}
message-of = “{ $text }” ({ $campaign })
message-accuracy = { $k } of { $n } judged right; { $judged } looked at
messages-none = none is declared for a campaign that runs
messages-no-story = no story of its campaign came
messages-declare = No key message is declared for a campaign that runs: [[campaigns.messages]] in the settings.
messages-text = Message
messages-share = Stories that carry it (95% interval)
messages-before = Before
messages-prominence = Prominence (2: headline or lead)
messages-accuracy = Accuracy
tone-short-none = no tone read yet
tone-short = { $negative } of { $n } read negative
tone-checked = { $negative } negative, { $neutral } neutral, { $positive } positive{ $mixed ->
    [0] {""}
   *[other] , { $mixed } mixed
}: { $n } of { $of } read by a person
tone-unchecked = none of { $n ->
    [one] 1 story
   *[other] { $n } stories
} read by a person yet
tone-no-story = no story
tone-expected = unchecked: a machine expects { $share } of { $n } to be negative
tone-by = Stories
tone-negative = Negative
tone-neutral = Neutral
tone-positive = Positive
tone-mixed = Mixed
tone-row-people = Read by people
tone-row-before = The { $unit ->
    [day] same weekday before
    [month] month before
   *[week] week before
}
tone-row-machine = The rest, guessed by machine
tone-unread = { $n } more could be read by neither.
tone-reliability = Of { $n } checked so far the machine was right in { $k }, { $rate }; { $better ->
    [yes] its guesses are better than the usual shares
    [no] its guesses are no better than the usual shares
   *[cannot-tell] whether its guesses are worth anything cannot be told yet
}.
tone-brier = Brier score { $ours }, who guesses the usual shares { $usual } (0 is perfect, 2 always sure and wrong).
tone-found = People found { $each }.
tone-found-negative = { $n } negative where it expected { $expected }
tone-found-neutral = { $n } neutral where it expected { $expected }
tone-found-positive = { $n } positive where it expected { $expected }
tone-bin-chance = Chance of the likeliest tone
tone-bin-stories = Checked
tone-bin-told = Told
tone-bin-was = Was so (95% interval)
voice = { $share }{ $by ->
    [weight] {" "}by weight
   *[number] {""}
}, { $k } of { $n } stories
voice-other = { $name } { $share }
voices-none = it takes a watch with the role brand and one with the role competitor
voices-declare = Not shown: it takes at least one watch with the role brand and one with the role competitor.
voices-name = Name
voices-stories = Stories
voices-share = Share (95% interval)
voices-weighted = Weighted by outlet and place
voices-note = Of the stories that name any of these. One that names two counts for both. Weighted, a story of tier 1 counts 3, of tier 2 counts 2, any other 1; twice that where the name stands in the headline or the lead.
voices-line = { $tone }; share of voice { $share }
voices-line-none = { $tone }
share-before = { $unit ->
    [day] same weekday before
    [month] month before
   *[week] week before
} { $value }
share-before-head = { $unit ->
    [day] Same weekday before
    [month] Month before
   *[week] Week before
}

# --- risks ----------------------------------------------------------------------------------------------------------

head-risks = Risks and moving stories
risk = { $name }: { $n ->
    [one] 1 story
   *[other] { $n } stories
}, where up to { $high } would be nothing unusual
risk-raised = Alert ({ $level }) since { $at }: { $who }.
risk-not-raised = No alert went out about it.
risks-line = { $first }{ $n ->
    [one] {""}
   *[other] ; { $n } in all
}
risks-none = No watch was named unusually often this { $unit }.
risks-untold = cannot tell yet whether any watch was named unusually often
risks-cannot-tell = Whether any watch was named unusually often cannot be told yet: { $why }.

# --- learned and changed --------------------------------------------------------------------------------------------

head-learned = Learned and changed
learned-none = Nothing had to be corrected.
learned-removed = { $n ->
    [one] 1 story was taken out as no coverage
   *[other] { $n } stories were taken out as no coverage
}: { $words }.
learned-kept = { $n ->
    [one] 1 story that had been taken out was put back.
   *[other] { $n } stories that had been taken out were put back.
}
learned-missed = { $n ->
    [one] 1 story was found that had been missed
   *[other] { $n } stories were found that had been missed
}: { $titles }.
learned-alerts = { $k } of { $n } alerts that somebody judged were useful.
learned-sent = { $period } reached { $sent } of { $n } people: { $waiting } still tried, { $over } given up or bounced, { $doubtful } in doubt.
learned-older = { $n ->
    [one] 1 story of the { $unit } is dated long before it and came to light now.
   *[other] { $n } stories of the { $unit } are dated long before it and came to light now.
}
restated = { $period }, { $name }: { $told } told, { $now } now; { $why }.
restated-unknown = nothing that is kept says why
value-of = { $value } of { $of }

# --- what is to come ------------------------------------------------------------------------------------------------

head-coming = { $unit ->
    [day] Next day
    [month] Next month
   *[week] Next week
}
coming-none = Nothing is noted for the { $unit } to come.
coming-when = When
coming-what = What
coming-who = Who
coming-line = { $when }: { $what }{ $others ->
    [0] {""}
   *[other] ; and { $others } more
}
coming-entry = { $kind }: { $what }
coming-entry-campaign = { $kind }: { $what } ({ $campaign })
coming-kind = { $kind ->
    [embargo] Embargo ends
    [launch] Launch
    [interview] Interview
    [event] Event
    [follow-up] Follow-up
    [campaign-starts] Campaign starts
    [campaign-ends] Campaign ends
    [goal-due] Goal due
    [deadline] Enquiry due
    [call-back] Call back
    [offer-due] Offered lead due
   *[lead-wakes] Lead wakes
}

# --- pictures, said short where figures stand beside them ------------------------------------------------------------

picture-by = { $unit ->
    [day] By day
    [month] By month
   *[week] By week
}
picture-towards = Towards the goal
picture-short-trend = { $counts }.
picture-short-goal = { $k } of { $n }.

# --- the version for directors --------------------------------------------------------------------------------------

short-leads = Leads
short-campaigns = Campaigns
short-stories = Coverage
short-enquiries = Enquiries
short-voices = Tone and voice
short-risks = Risks
short-learned = Learned
short-coming = Ahead
head-rest = The rest, in a line each

# --- data health ----------------------------------------------------------------------------------------------------

head-health = Data health
health-what = What
health-value = Now
health-answered = Collectors that answered last time
health-observed = Observed this { $unit }, { $which ->
    [some] mailboxes and counters left out
   *[all] all collectors alike
}
health-state = { $state ->
    [failing] Failing
    [paused] Paused
    [never] Never asked yet
   *[quiet] Answer, but bring nothing new
}
health-since = { $name } (since { $day })
gaps-source = Not observed
gaps-when = When
gaps-why = Why
gap-open = still open
gaps-no-source = No source is set up yet, so nothing is observed.
gaps-only-mail = No source of stories is set up, so none are observed.
gaps-none = No gaps: every collector was watched all { $unit }.
gaps-nobody-asked = No collector failed, and the { $unit } was not observed: nobody was asking.
gaps-partly = No collector failed, and of the { $unit } { $share } was observed: nobody was asking in the rest of it.

# --- links ----------------------------------------------------------------------------------------------------------

link-stories = All stories
link-enquiries = All enquiries
link-leads = All leads
link-full = Everything, with method
link-export = As data
rows-stories = Stories
rows-watch = Stories, watch { $watch }
rows-each-watch = Stories, each watch, its id in place of WATCH
rows-message = Message “{ $text }”
rows-tone = Tone

# --- how the numbers are made ---------------------------------------------------------------------------------------

method-story = Story
method-story-means = { $meant } Further copies are its pickups, counted up to the cut-off.
method-period = Period
method-period-means = What counts is when we first saw it, not the date it bears, in the zone { $zone }. A story dated more than seven days before the { $unit } is named as an older piece and left out of comparisons.
method-baseline = Baseline
method-baseline-means = The eight { $unit }s before, without those of which less than 95% was observed; with fewer than four left, nothing is compared. Only sources watched both now and then count.
method-interval = Interval
method-interval-means = Where the next count would fall in 95 of 100 cases: negative binomial, with the variance the baseline shows and never less than Poisson's. Shares have Wilson’s 95% intervals. Risks are held to a higher level, so that all watches together raise one false alarm in twenty { $unit }s.
method-median = Median
method-median-means = Of the fully observed ones among the last four and the last eight { $unit }s.
method-campaign = Campaign coverage
method-campaign-means = Stories tied by a campaign tag (utm), a link to the call to action, or the campaign's watch terms while it ran or shortly after; the surest rule counts.
method-uplift = Uplift
method-uplift-means = The stories of the campaign's days against the same weekdays before it began, as it was registered; days that were not observed are left out. What is expected has its 95% interval. It shows that more came, and not why.
method-tier = Tier
method-tier-means = 1 national or high reach, 2 trade, 3 regional or local, as the outlet register says.
method-enquiries = Enquiries
method-in-time = Answered in time
method-first-answer = Time to first answer
method-touches = Enquiry leads
method-did = Did it
method-did-means = Different targets with a response of the kind asked for, of those aimed at and known by name, with Wilson's interval. Clicks are a range, from certainly people to all but certainly machines, and are not people.
method-leads = Qualified leads
method-leads-means = { $meant } Criteria { $n }, { $reading } reading.
method-tone = Tone
method-message = Message
method-kind = Kind of figure
kind = { $there }.{ $missing }
kind-stories = Stories, share of voice, messages, tone and uplift are outputs
kind-clicks = clicks out-takes
kind-responses = responses and enquiries outcomes
kind-enquiries = enquiries outcomes
kind-leads = qualified leads outcomes
kind-no-leads = qualified leads
kind-no-enquiries = enquiries
kind-no-clicks = clicks
kind-missing = {" "}Not measured yet: { $what }.
method-not-here = Not here
method-not-here-means = No advertising value, no reach summed over outlets, no tone by machine told as a fact.

# --- what on the desk needs somebody ----------------------------------------------------------------------------------

and-more = and { $n } more
need-alarm = { $reference }, { $how ->
    [came] came
   *[due] due
} { $at }{ $who }
need-lapsed = { $n ->
    [one] 1 enquiry
   *[other] { $n } enquiries
} lapsed without an answer
need-promise = { $n ->
    [one] 1 promise
   *[other] { $n } promises
} overdue
need-deadline = { $n ->
    [one] 1 deadline
   *[other] { $n } deadlines
} within 48 hours
need-sign-off = { $n ->
    [one] 1 sign-off
   *[other] { $n } sign-offs
} waiting
need-unheard = { $n ->
    [one] 1 enquiry
   *[other] { $n } enquiries
} not acknowledged in time
need-signing = { $reference }, { $step }{ $who } since { $since }{ $due }
need-signing-by = {" "}by { $who }
need-signing-due = , answer due { $at }
need-review = { $n ->
    [one] 1 mail waits for a person to say what it is
   *[other] { $n } mails wait for a person to say what they are
}
need-review-why = An enquiry may be among them. Anybody on the desk can decide.
tier-1-open = tier 1 and open, { $due }

# --- the desk in a sentence -------------------------------------------------------------------------------------------

desk-no-enquiry = No enquiry has come yet: the mailbox brought none and none was logged.
desk-nothing-logged = No enquiry has been logged yet.
desk-unused = No enquiry has been logged yet: commsleads enquiry log
desk-began-later = The log began after this { $unit }, on { $at }.
desk-received = { $n ->
    [0] no enquiries
    [one] 1 enquiry
   *[other] { $n } enquiries
} received{ $before }
desk-in-time = answered in time { $rate }
desk-no-deadline = no deadline was stated
desk-median = median time to first answer { $median }
desk-unanswered = more than half are unanswered
desk-no-median = cannot tell, { desk-unanswered }
desk-none-open = None is open now.
desk-open-answered = { $n } open now, all answered.
desk-open = { $n } open now, { $unanswered } unanswered{ $lapsed ->
    [0] {""}
   *[other] , { $lapsed } lapsed
}; the oldest unanswered one came { $oldest }.
mailbox-unread = { $name } has not been read since { $since }: enquiries may be missing.
mailbox-never-read = { $names } { $n ->
    [one] has
   *[other] have
} never been read: enquiries may be missing.
n-journalists = { $n ->
    [0] no journalists
    [one] 1 journalist
   *[other] { $n } journalists
}
touches-none = Enquiry leads: no enquiry received is a lead touch.{ $waiting ->
    [0] {""}
    [one] {" "}1 waits for a name or a stance.
   *[other] {" "}{ $waiting } wait for a name or a stance.
}
touches = Enquiry leads: { $n ->
    [one] 1 touch
   *[other] { $n } touches
} by { $people } ({ $sources }), not yet qualified.{ $waiting ->
    [0] {""}
    [one] {" "}1 more waits for a name or a stance.
   *[other] {" "}{ $waiting } more wait for a name or a stance.
}

# --- leads in words ---------------------------------------------------------------------------------------------------

rate-long = { $k } of { $n } ({ $rate }, 95% interval { $between })
rate-cannot-tell = cannot tell, { $why }
lead-called = lead { $lead }
kinds = { $enquiry } by an enquiry, { $cta } by a call to action{ $other ->
    [0] {""}
   *[other] , { $other } by phone, at an event or by referral
}
leads-no-criteria = No criteria are in force: the next commsleads once switches on those of the settings.
leads-nobody = Nobody has become a lead yet, under criteria { $n }.
leads-early = This time was over before there were criteria: nothing was counted in it.
reading-us-none = No lead was opened, under the US reading.
reading-us = US reading: { $opened } opened; the EU reading would count { $fewer } fewer{ $why }.
reading-eu = EU reading: { $opened } opened; the US reading would count { $more } more{ $why }.
reading-part = { $n } { $kind ->
    [clicked] only clicked
    [machine] left traces that may be a machine's
    [named] stand on a target list and never acted
   *[doubtful] left traces that may not be theirs
}
criteria-first = Criteria 1 are in force since { $since }: leads are judged by them.
criteria-changed = Criteria { $old } → { $new } on { $since }, by { $by }: { $what }
criteria-and-more = { $what } And { $n ->
    [one] 1 change
   *[other] { $n } changes
} more.
criteria-no-rule = no rule was changed.
need-offer = { $state ->
    [waking] { $n ->
        [one] 1 lead
       *[other] { $n } leads
    }
   *[other] { $n ->
        [one] 1 offered lead
       *[other] { $n } offered leads
    }
} { $state ->
    [overdue] overdue
    [near] to be answered within 48 hours
    [waking] waking within 48 hours
   *[unanswered] lapsed, nobody answered
}
need-stance = { $n ->
    [one] 1 open enquiry has no stance yet
   *[other] { $n } open enquiries have no stance yet
}
need-stance-why = Who asked is no lead until somebody says: positive, neutral or hostile; the oldest is { $oldest }.
need-goal-behind = { $name } is behind
goal-called = The goal “{ $name }”
offer-due = { $what }, due { $due }, { $who }
offer-to-nobody = offered to nobody: assign it

# --- the answer of a campaign in words ----------------------------------------------------------------------------------

tied = { $rule ->
    [utm] by campaign tag, certain
    [link] by a link to the call to action, nearly certain
    [reply] by a reply, nearly certain
    [watch] by its watch terms while it ran, likely
    [window] by its watch terms after it ended, possible
   *[other] by another rule
}
took-no-list = not known: no target is known by name
took-of-unknown = { $n ->
    [0] nobody that is known of
   *[other] { $n }, of how many is not known
}
responses-unknown = { $n ->
    [one] 1 response
   *[other] { $n } responses
} more that nobody can assign to a target
clicks-no-link = no link, so no clicks
clicks-none = no clicks
clicks = { $n ->
    [0] no clicks
    [one] 1 click
   *[other] { $n } clicks
} by people{ $machines ->
    [0] {""}
   *[other] ; { $machines } by machines left out
}
clicks-range = { $low } to { $high ->
    [one] 1 click
   *[other] { $high } clicks
} by people; best { $best }{ $machines ->
    [0] {""}
   *[other] ; { $machines } by machines left out
}
pace-word = { $word ->
    [ahead] ahead
    [behind] behind
    [on-pace] on pace
    [reached] reached
    [missed] missed
    [not-begun] not begun
   *[cannot-tell] cannot tell
}
pace-over = { $word }: { $k } of { $n }
pace-goal = the goal is { $n }
pace-so-far = { $k } of { $n } so far
pace-expected = { $n } expected by now if they came evenly
pace-end = { $low } to { $high } in the end if it goes on so
page-trouble = the page of “{ $name }” { $trouble ->
    [gone] is gone
    [moved] has moved
    [changed] has changed
   *[failing] cannot be reached
}
