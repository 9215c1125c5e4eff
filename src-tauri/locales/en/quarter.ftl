# The quarterly review.

quarter-title = Quarterly review, { $period }
quarter-subtitle = { $span } · prepared { $date }
quarter-cover-kicker = AI operations
document-sample-notice = Sample data: an invented company
quarter-provenance = { $imports ->
    [one] One usage import
   *[other] { $imports } usage imports
} · price book of { $prices } · revision { $revision } · Quarterdeck { $version }
quarter-compared = { $period }, compared with { $against }
quarter-no-data-headline = No usage in this period
quarter-unpriced = { $tokens } tokens have no price yet, so what they cost is not known. It is not nothing: add a price, an alias of the model, or the bill.
quarter-no-tokens-headline = Billed, and not metered
quarter-no-tokens = What is known of { $period } are bills. They name amounts and no tokens, so there is no mix to show.
quarter-no-data = There is no imported usage in { $period }, so there is nothing to show here.

quarter-summary = Summary
quarter-headline-outcome = A successful session costs { $change } { $direction ->
    [down] less
   *[up] more
} than in { $against }; spend is { $spend }
quarter-headline-spend = Spend is { $spend }, { $change } { $direction ->
    [down] less
   *[up] more
} than in { $against }
quarter-headline-plain = Spend is { $spend }
quarter-headline-no-spend = Nothing in this period has a price yet
quarter-bullet-largest = { $name } is the largest feature with { $share } of spend.
quarter-bullet-fastest = { $name } grew fastest: { $change } on { $against }.
quarter-bullet-success = { $share } of sessions succeed.
quarter-bullet-deadline = Next deadline: { $vendor }, { $date }, { $days ->
    [0] today
    [one] tomorrow
   *[other] in { $days } days
}.
quarter-bullet-unpriced = { $models ->
    [one] One model has no price
   *[other] { $models } models have no price
}: { $tokens } tokens are not part of spend.
quarter-bullet-none = There is no usage and no contract to report on yet.

quarter-spend = Spend over time
quarter-change = Why spend changed
quarter-features = Unit economics by feature
quarter-headline-features = { $dear } is the dearest at { $dearCost }, { $cheap } the cheapest at { $cheapCost }
quarter-models = Token mix by model
quarter-tenants = Top tenants
quarter-headline-tenants = The five largest of { $tenants } tenants cause { $share } of spend
quarter-contracts = Contracts and deadlines
quarter-headline-contracts = { $count ->
    [0] No deadline falls in the next 90 days
    [one] One deadline falls in the next 90 days
   *[other] { $count } deadlines fall in the next 90 days
}
quarter-no-contracts-headline = No contract with a running term
quarter-no-contracts = No contract with a running term is recorded in this workspace, so there is no deadline to keep.
quarter-method = Method and sources
quarter-method-subtitle = How the figures were made, and from which files
quarter-headline-method = Every figure comes from { $count ->
    [one] one imported file
   *[other] { $count } imported files
} and a dated price book
method-cost = Cost is tokens of each kind × the price in force when they were used: contract first, then the workspace’s own price, then list prices as of { $date }. A later price change does not alter it.
method-charges = Charges that a bill or a feed states for something that nothing meters, such as searches, storage, tax or credits, are added as they stand.
method-tokens = Tokens are counted in disjoint kinds: uncached input, cache read, cache write, output. Reasoning is part of output. No cached token is billed twice.
method-sessions = A session counts once, at its first request, and is successful if its last request was. A successful session carries the cost of the failed ones.
method-time = Days, weeks and months are cut in the time zone { $zone }.
method-unknown = “—” means unknown. Usage without a price is reported as such and never counted as free.

column-spend = Spend, { $currency }
column-change = Spend vs { $against }
column-commitment = Commitment
column-file = File
column-feed = Feed
column-covers = Covers
column-rows = Rows
column-imported = Imported
in-days = { $days ->
    [0] today
    [one] in 1 day
   *[other] in { $days } days
}
