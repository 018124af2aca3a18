"""What each figure means, in the words printed beside it; at length in `docs/desk.md` and `docs/leads-report.md`."""

from __future__ import annotations

from commsleads.facts.desk_values import Definition

_WORDS = (
    ("received", "Received",
     "Enquiries that came in the period. Duplicates and what was redirected are in no figure and are counted apart."),
    ("in_time", "Answered in time",
     ("Of those received with a stated deadline and not withdrawn: first answered by it. Late, lapsed, closed or "
     "declined without an answer is a miss. Open with the deadline to come is not decided yet and not in the rate; "
     "until all are decided the rate leans to the good, because an early answer is known before a miss is.")),
    ("first_answer", "Time to first answer",
     ("From receipt to the first substantive answer, by the clock on the wall. The median is Kaplan and Meier's: open "
     "enquiries count for what is known of them, that they have lasted at least so long. While more than half are "
     "unanswered there is no median.")),
    ("acknowledged", "Time to acknowledge",
     "From receipt to acknowledgement, of those that have one, on the wall and in working time."),
    ("targets", "Internal targets",
     ("Within the target of the settings, in working time, which stops while we wait for the journalist. Past it is a "
     "miss, done or not.")),
    ("notice", "Notice given", "Deadline less receipt. Same day is the local day on which it came."),
    ("out_of_hours", "Out of hours", "Came outside the working hours of the settings, or on a holiday."),
    ("favourable", "Positive or neutral", "Of those received whose stance somebody has set."),
    ("sign_off", "Sign-off",
     ("Decisions taken in the period, from the asking to the decision. Its share of the whole is the time in sign-off "
     "over the time from receipt to first answer, of those answered in the period that were signed.")),
    ("reworked", "Sent back", "Of the enquiries with a decision in the period: sent back at least once."),
    ("responses", "Kinds of answers", "First answers given in the period, whenever the enquiry came."),
    ("callbacks", "Promises kept",
     "Of the promises due in the period: kept by then. Not those to a journalist who withdrew before."),
    ("coverage_yield", "Coverage yield",
     ("Answered enquiries with a confirmed story seen within 30 days of the answer. It is too early to tell of those "
     "answered less than 30 days ago; ripe are those whose 30 days ended in the period.")),
    ("quote_used", "Quote used", "Of the stories tied to enquiries and seen in the period, where somebody said."),
    ("pull_through", "Messages carried",
     "Of the same stories: carries a message of ours, where somebody said."),
    ("accurate", "Accurate", "Of the same stories: no error noted."),
    ("corrections", "Corrections", "Of the corrections asked for in the period: granted by now."),
    ("unreached", "Could not be reached",
     ("Stories with such words, tied to an enquiry that was not answered by its deadline; and those that we may "
     "contest, because it was.")),
    ("journalists", "Known journalists",
     ("Of those who asked in the period: had asked in the 180 days before. While the log is younger than that, nobody "
     "can be called new.")),
    ("inbound", "Inbound share", "Enquiries over enquiries and pitches. Not measured: pitches are not counted here."),
    ("touches", "Lead touches",
     ("Positive or neutral enquiries by an identified journalist, received in the period and not withdrawn. None of "
     "them is qualified here.")),
    ("load", "Load", "Enquiries received, by who owns them now and the local day on which they came."),
    ("interviews", "Interviews", "Given in the period, to whichever enquiry."),
    ("backlog", "Open now",
     ("Whatever is open at the time of the report, whenever it came. Unanswered is open without a first answer; the "
     "oldest and what is due count those only.")),
)  # fmt: skip

DESK = tuple(Definition(key=key, name=name, words=words) for key, name, words in _WORDS)
"""The figures of the desk, in the order in which the report tells them."""

_LEADS = (
    ("cohort", "Leads opened",
     ("The leads that were opened in the period, and how far each has come by the time of the report. Some still go "
     "on, so these shares can rise: how many may is told beside them.")),
    ("moved", "Happened in the period",
     ("What took place in the period, whenever the lead was opened. It does not change later, unless something is "
     "learned late, and cannot be divided by the leads opened in the same period.")),
    ("qualified", "Qualified",
     ("Leads that reached a stage that the criteria call qualified, for the first time, at the moment of the touch "
     "that brought it. One that has fallen back since stays counted. Enquiry leads were made by an enquiry, "
     "call-to-action leads by a reply, a form or a click.")),
    ("steps", "Steps",
     ("Each step is divided by the one before it, stages by all leads opened. Accepted are those accepted at least "
     "once; closed are closed now. Intervals are Wilson's, 95 of 100.")),
    ("time", "Times",
     ("Medians are Kaplan and Meier's: a lead that still goes on counts for what is known of it, that it has lasted at "
     "least so long; one that was rejected, closed or faded counts until then. While more than half go on there is no "
     "median. Working time is that of the settings.")),
    ("owner", "Owner", "Who accepted the lead last, or to whom it was assigned."),
    ("tier", "Tier", "That of the lead's outlet in the register of the settings, as it is now."),
    ("handoff", "Handoff",
     ("Offers made in the period, and what became of each by now. The share accepted is of those accepted, rejected or "
     "lapsed. One that lapsed and was taken up later counts as lapsed here and as accepted in the funnel.")),
    ("reading", "Reading",
     ("EU: only a person's own act makes a lead. US: any data point about a person does. The criteria say which holds; "
     "what the other would count is told beside it and is in no figure. Who is a lead under both is no difference, "
     "though the US reading may count them from an earlier day on.")),
    ("interest", "Interest without a person",
     "Stories about us and clicks on links for all. They are nobody's, and are never added to leads."),
    ("goals", "Against goal",
     ("Expected by now is the goal times the share of its time that is over, as if it came evenly, day and night. "
     "Where it ends is a range that holds in 95 of 100 cases if they go on coming as so far, each by itself; in the "
     "first tenth of the time nothing is forecast. Why it is behind is split by the Shapley value; the parts add up.")),
    ("credit", "Attribution",
     ("What a qualified lead is due to, by six rules side by side. Each gives every lead exactly once; what no touch "
     "of a campaign explains is not attributed. What leads say themselves stands beside them.")),
    ("evenness", "Applied evenly",
     ("Of the offers made in the period that were accepted, rejected or lapsed, how many were accepted; of the leads "
     "opened in it, how many have qualified. Pearson's chi-square test over all groups at once, 5 in 100; groups too "
     "small for it are tested together or left out. No difference found is no proof that there is none.")),
)  # fmt: skip

LEADS = tuple(Definition(key=key, name=name, words=words) for key, name, words in _LEADS)
"""The figures of the leads."""
