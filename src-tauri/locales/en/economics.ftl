# Unit economics.

tile-spend = Spend
tile-sessions = Sessions
tile-cost-per-session = Cost per session
tile-cost-per-successful-session = Cost per successful session
tile-tokens = Tokens
tile-cache-hit-share = Cache-hit share
tile-requests = Requests
tile-cost-per-request = Cost per request
tile-cost-per-1k-tokens = Cost per 1k tokens
unknown-no-data = no usage in this period
unknown-no-cache-split = not told apart in the data
unknown-unpriced = no price for this usage
unknown-no-sessions = no sessions in the data
unknown-no-outcomes = no outcomes in the data
period-quarter = quarter
period-month = month
period-year = year
dimension-vendor = vendor
dimension-model = model
dimension-feature = feature
dimension-tenant = tenant
dimension-environment = environment
economics-by-label = Broken down by
economics-by = By { $dimension }
economics-and = and { $dimension }
economics-second = and by…
economics-by-hint = Click for one dimension, Shift-click to add a second
economics-filter = Filter
economics-filter-dimension = Filter by
economics-filter-search = Find a { $dimension }
economics-filter-more = { $count } more: type to find them.
economics-filter-remove = Remove the { $dimension } filter
economics-data-to = data to { $at }
economics-no-data = no data
economics-imports = { $count ->
        [one] { $count } import
       *[other] { $count } imports
    }
economics-grain = Drawn by
economics-grain-day = Day
economics-grain-week = Week
economics-grain-month = Month
economics-partial = period not over
economics-review = Quarterly review
economics-table = Figures by dimension
economics-shown = { $shown } of { $total } rows; the rest is summed up as Other
economics-rows = { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }
economics-empty-title = What does a successful session cost?
economics-empty-text = Import usage to see spend, cost per session and per successful session by feature, model, tenant and vendor, each figure with its formula and sources.
economics-none-title = No usage matches
economics-none-text = Choose another period or remove a filter.
measure-requests = Requests
measure-sessions = Sessions
measure-successful-sessions = Successful sessions
measure-spend = Spend, { $currency }
measure-share = Share
measure-cost-per-session = { $currency } per session
measure-cost-per-successful-session = { $currency } per successful session
measure-cost-per-request = { $currency } per request
measure-cost-per-1k-tokens = { $currency } per 1k tokens
measure-tokens = Tokens
measure-tokens-per-session = Tokens per session
measure-cache-hit-share = Cache hits
measure-output-input-ratio = Output to input
measure-change = Spend change
measure-change-on = Spend vs { $period }
measure-trend = By week
trend-label = Spend by week, { $name }
explain-title = Explanation
explain-note = Formula, inputs and sources
explain-inputs = Inputs
explain-prices = Prices in force
explain-files = From these files

term-spend = Tokens of each kind times the price in force in their hour.
term-spend-share = Part of all spend in the period.
term-sessions = Conversations or tasks, counted once however many requests they took.
term-successful-sessions = Sessions that reached their goal.
term-requests = Single calls to a model.
term-tokens = All kinds, each counted once: uncached input, cache reads and writes, output.
term-tokens-per-session = All tokens divided by sessions.
term-cost-per-session = What requests that name a session cost, divided by their sessions.
term-cost-per-successful-session = All spend, failures included, divided by the sessions that succeeded.
term-cost-per-request = Spend divided by requests.
term-cost-per-1k-tokens = Spend divided by thousands of tokens of all kinds.
term-cache-hit-share = Input tokens read from a cache as a part of all input tokens.
term-output-input-ratio = Output tokens divided by all input tokens.
term-change = Spend against the previous period of the same length.
term-trend = The shape of spend week by week; figures are in the columns.

tile-successful-sessions = Successful sessions
dimension-heading-vendor = Vendor
dimension-heading-model = Model
dimension-heading-feature = Feature
dimension-heading-tenant = Tenant
dimension-heading-environment = Environment
citation-copy = Copy as citation
citation-copied = Citation copied
