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
