# The first screen of a workspace.

home-attention = Needs attention today
home-coming = Coming up
home-coming-more = { $count } more
home-coming-none = Nothing in the next 30 days.
home-calendar = Calendar
home-since = Since { $when }
home-since-none = Nothing has happened since.
since-spend = Spend
since-spend-text = { $days ->
    [one] { $amount }, { $period }
   *[other] { $amount } in { $days } days, { $period }
}
since-imports = Imports
since-imports-text = { $count ->
    [one] { $file }, { $rows } rows
   *[other] { $count } files, { $rows } rows; last { $file }
}
since-silent = { $feed } tells nothing after { $date }
since-comments = Comments
since-comments-text = { $count ->
    [one] { $author } on { $title }
   *[other] { $count }; last { $author } on { $title }
}
since-changes = Changes
since-changes-text = { $count ->
    [one] { $what } { $action }: { $subject }
   *[other] { $count }; last { $what } { $action }: { $subject }
}
home-quiet = Nothing needs you today.
home-quarter = { $quarter } at a glance
home-open-economics = Open unit economics
home-empty-title = Start with a month of usage
home-empty-text = Import a usage file from your gateway or provider, then add the vendors and contracts behind it. Spend, unit costs and deadlines follow from there.

# What to do about a decision that waits, as the words of a button.
attention-decide = Decide on renewal
attention-reconcile = Reconcile
attention-no-usage-action = Import usage
attention-unpriced-usage-action = Add prices
attention-missing-rate-action = Add the rate
# { $amount } carries its currency, { $per } is "per year".
attention-renews = { $amount } { $per }
section-failed = This section could not be computed

# Groups of decisions, by how soon they are due.
urgency-overdue = Overdue
urgency-week = This week
urgency-month = Next 30 days
urgency-quarter = Next 90 days
urgency-later = No date
decisions-waiting = { $count ->
    [one] one decision waits
   *[other] { $count } decisions wait
}
home-more = { $count ->
    [one] Show one more
   *[other] Show { $count } more
}
home-snoozed = { $count } snoozed
home-snoozed-title = Snoozed
snooze = Snooze
wake = Bring back now
snoozed-until = Snoozed until { $date }
until-date = until { $date }
snooze-tomorrow = Until tomorrow, { $date }
snooze-monday = Until Monday, { $date }
snooze-two-weeks = For two weeks, until { $date }
snooze-month = For 30 days, until { $date }
area-snooze = Decision
change-until = Snoozed until
field-not-in-the-future = Choose a day after today.

calendar-price-begins = Agreed price begins
nav-calendar = Calendar
calendar-title = What is coming
calendar-month = Month
calendar-agenda = Next 12 months
calendar-none = Nothing has a day in the next 12 months. Contracts bring their notice deadlines, renewals and ends here.
calendar-today = Today
calendar-export = Export to a calendar
calendar-export-note = One .ics file with everything that has a day. Read again, it changes what is there and adds nothing twice.
calendar-exported = { $count ->
    [one] One date written
   *[other] { $count } dates written
}
calendar-more-on = { $count } more on { $day }: open in the agenda
calendar-more = { $count } more
calendar-write = Write the file
palette-calendar-export = Export everything with a day to a calendar
