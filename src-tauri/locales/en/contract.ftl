# Contracts: terms, deadlines, prices and documents.

contract-add = Add contract
contract-new = New contract
contract-new-note = Terms, notice periods and prices can be filled in afterwards.
contract-create = Create contract
contract-needs-vendor = Add a vendor first
contract-needs-vendor-text = A contract belongs to a vendor, and this workspace has none yet.
contract-actions = Contract actions
contract-delete = Delete contract
contract-deleted = { $name } deleted
contract-title = Title
contract-title-example = Order form 2026
contract-kind = Kind
contract-kind-msa = Master agreement
contract-kind-order-form = Order form
contract-state-future = Not started
contract-state-active = Active
contract-state-ended = Ended
contract-start = Start
contract-end = Fixed end
contract-end-hint = Overrides the terms when given.
contract-tab-terms = Terms
contract-part-term = Term and notice
contract-part-money = Commitment
contracts-empty-title = No contracts yet
contracts-empty-text = Add a contract to know the last day for notice, to price usage at what you actually pay, and to keep the signed PDF beside it.
parties = Parties
initial-term = Initial term
renewal-term = Renewal term
auto-renew = Renews automatically
auto-renew-note = Unless notice is given in time
notice-given = Notice given on
notice-min = Notice at least
notice-max = Notice at most
days-before-end = days before the term ends
current-term = Current term
term-rolling = rolling
renewals = Renewals so far
deadline = Deadline
deadline-why = How this deadline was found
deadline-notice = { $date } · notice
deadline-end = { $date } · end
upcoming = Coming up
upcoming-none = No dates ahead.
upcoming-notice-opens = Notice window opens
upcoming-notice = Last day for notice
upcoming-renewal = Renews
upcoming-end = Ends
commitment = Commitment
commitment-period = Per
per-term = per term
per-year = per year
per-quarter = per quarter
per-month = per month
contract-prices-empty = No contract prices yet
contract-prices-empty-text = Prices entered here come before your overrides and the list price, from the date they take effect.
contract-prices-note = A new price closes the one in force on its date. What was spent before does not move.
contract-price-note = Takes effect on the date you give and closes the price in force.

term-initial-term = Length of the first term. Empty means it runs until one side ends it.
term-renewal-term = Length of each term after the first.
term-fixed-end = The last day of the contract, whatever its terms say.
term-notice-given = The day notice was sent. The contract then ends with its current term.
term-notice-min = The latest notice can be given, counted in days before the current term ends.
term-notice-max = The earliest notice can be given, counted in days before the current term ends.
term-notice-deadline = The last day on which notice still ends the contract with its current term.
term-current-term = The term running today, after all renewals so far.
term-commitment = The amount you have agreed to spend in each period.

# The strip of key figures above a record.
strip-term = Running term
strip-renewals = { $renewals ->
    [0] the first
    [one] renewed once
   *[other] renewed { $renewals } times
}
strip-days = { $days ->
    [0] today
    [one] in 1 day
   *[other] in { $days } days
}
strip-drawn = Drawn of the commitment
strip-drawn-of = { $drawn } of { $committed }
strip-commitment = Commitment
strip-saved = Saved against list
strip-saved-note = since the term began
strip-spend = Spend, { $period }
strip-share = Share of spend
strip-models = Models in use
drawdown-ahead = { $amount } ahead of an even pace
drawdown-behind = { $amount } behind an even pace
drawdown-used-up = At this pace it is used up on { $date }.
drawdown-short = At this pace { $amount } of it stays undrawn.
notice-title = If we give notice
notice-question = If notice is given on
notice-rolling = It has no term: it goes on until somebody ends it.
notice-renews = Without notice it renews after { $end } for { $months } months.
notice-renews-for = Without notice it renews after { $end } for { $months } months, which commits { $amount }.
notice-late = Too late for the running term: it renews once more and ends on { $end }, { $months } months later.
notice-late-for = Too late for the running term: it renews once more and ends on { $end }, { $months } months later. That commits { $amount }.
notice-ends = It ends on { $end }. Nothing more is committed.
price-at-list = At list
price-not-listed = No list price to compare with
price-under-list = { $by } under list since { $date }
price-over-list = { $by } over list since { $date }
drawdown-tick = Tick: even pace
notice-never-hint = Left empty: never.
record-overview = Overview
record-details = Details
record-no-activity = Nothing has changed yet.
contract-term-from = Term from
contract-term-to = Term to
sla-credit-share = { $share } of the month’s fee
sla-claim-open = no claim window is known
sla-claim-by = claim by { $date }
sla-claim-lapsed = claim window ended on { $date }
attention-sla-credit = Uptime of { $month } was { $uptime }: a credit can be claimed.
attention-claim = Claim it
sla-letter =
    Claim of service credit: { $contract }, { $month }

    To { $vendor },

    Under the service levels of { $contract } we claim the service credit for { $month }.

    Promised uptime: { $promised }
    Measured uptime: { $uptime } ({ $downtime } of downtime, overlaps counted once)
    Credit by the contract’s schedule: { $share } of the month’s fee, { $amount }

    Downtime:
    { $incidents }

    Please confirm the credit and the invoice it will be applied to.
contract-credits = Credits owed for downtime
contract-credits-note = Incidents that are linked to the vendor or the contract and kept its service away, each minute once, by the contract’s ladder.
contract-credits-month = Month
contract-credits-uptime = Uptime
contract-credits-down = Downtime
contract-credits-amount = Credit
contract-credits-claim = Claim
contract-credits-letter = Copy the claim letter
contract-credits-copied = Claim letter copied
