# Texts the core writes itself: chart titles, explanations, the lines of Home.

heading-vendor = Vendor
heading-model = Model
heading-feature = Feature
heading-tenant = Tenant
heading-environment = Environment

value-not-given = No { $dimension } given
value-other = Other ({ $count })
row-total = Total

token-kind-input = Uncached input
token-kind-cache-read = Cache read
token-kind-cache-write = Cache write
token-kind-cache-write-5m = Cache write, 5 min
token-kind-cache-write-1h = Cache write, 1 h
token-kind-output = Output

tile-tokens-per-session = Tokens per session
tile-output-input-ratio = Output to input

economics-same-days = { $period }, first { $days ->
    [one] day
   *[other] { $days } days
}
economics-uncompared = Not compared with { $period }: data begin on { $since }
change-against = { $change } vs { $against }
change-points = { $points } pt

chart-date = Date
chart-driver = Driver
chart-amount = Amount
chart-spend-title = { $name } is { $share } of spend
chart-spend-title-plain = Spend over time
chart-spend-subtitle-day = { $currency } per day by { $dimension }, { $period }
chart-spend-subtitle-week = { $currency } per week by { $dimension }, { $period }
chart-spend-subtitle-month = { $currency } per month by { $dimension }, { $period }
chart-tokens-title = { $share } of input tokens are read from the cache
chart-tokens-title-plain = Tokens by kind
chart-tokens-subtitle = Tokens by { $dimension } and kind, { $period }, { $total } in all
chart-unit-cost-subtitle = On average { $average }, { $period }
chart-drivers-title-none = Spend did not move
chart-drivers-title = { $driver } moved spend most
chart-drivers-subtitle = { $before } to { $after }: change on { $against }, { $currency }
chart-drivers-net = Net change
chart-week-of-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
chart-mean-of-seven = 7-day mean
chart-price-title = { $model }: price per million tokens
chart-price-subtitle = { $currency } per million tokens, { $tier } tier, as it applied on each day

driver-volume = Volume
driver-mix = Mix
driver-efficiency = Efficiency
driver-price = Price
driver-volume-means = Volume: more or fewer sessions, everything else as before.
driver-mix-means = Mix: sessions moving between features and models of different cost.
driver-efficiency-means = Efficiency: tokens per session and how many of them the cache serves.
driver-price-means = Price: what a token of each kind costs.

explain-all = All usage
explain-all-input = All input tokens
explain-reported-cost = Cost as the file states it
explain-spend-with-sessions = Spend of usage that counts sessions
explain-spend-with-outcomes = Spend of usage that knows which sessions succeeded
explain-spend-with-requests = Spend of usage that counts requests
explain-spend-with-tokens = Spend of usage that counts tokens
explain-priced-requests = Requests with a price
explain-priced-tokens = Tokens with a price

formula-spend = Σ tokens of each kind × the price in force when they were used. Where a file states only a cost, that cost.
formula-sessions = Sessions, each counted once, in the hour of its first request.
formula-successful-sessions = Sessions whose last request succeeded.
formula-cost-per-session = spend ÷ sessions
formula-cost-per-successful-session = spend of usage whose sessions tell how they ended, failed ones included ÷ successful sessions
formula-cost-per-request = spend ÷ requests
formula-cost-per-1k-tokens = spend × 1,000 ÷ tokens
formula-tokens = uncached input + cache read + cache write + output
formula-tokens-per-session = tokens ÷ sessions
formula-cache-hit-share = cache-read tokens ÷ all input tokens
formula-output-input-ratio = output tokens ÷ all input tokens

caveat-unpriced = { $tokens } tokens have no price and are not part of this figure.
caveat-partial = The period is still running; it is counted up to { $date }.
caveat-some-without-sessions = Only { $counted } of { $all } comes from usage that counts sessions; the rest is left out.
caveat-reported = { $amount } is taken from the cost stated in the file, because there is no price for it.

home-notice = { $overdue ->
    [1] The notice deadline of { $date } has passed: the contract renews after { $end }.
   *[other] Give notice by { $date }, or the contract renews after { $end }.
}
home-contract-end = Ends on { $date }. Nothing follows it yet.
home-no-usage = No usage yet
home-no-usage-detail = Import a usage file to see what a successful session costs.
home-unpriced = { $models ->
    [one] One model has no price
   *[other] { $models } models have no price
}
home-unpriced-detail = { $tokens } tokens of this quarter are not part of spend.
home-bill-differs = { $vendor }, { $month }: bill and meter differ by more than 2 %
home-bill-differs-detail = Billed { $billed }, metered { $metered }. The reconciliation says what explains it.
home-bill-lump-sum = { $vendor }, { $month }: bill and meter may count the same usage twice
home-bill-lump-sum-detail = { $billed } is billed on one day without usage, { $metered } is metered on other days. If the bill is for the whole month, both count.
home-missing-rate = No exchange rate from { $from } to { $to }
home-missing-rate-detail = Needed for { $date }. Enter it in settings; until then spend cannot be added up.

contract-chart-title = { $vendor } is next: act by { $date }
contract-chart-title-none = No deadline ahead
contract-chart-subtitle = Running terms, what follows them, and the day to act by
contract-chart-today = today
contract-chart-renewal = renews by itself
contract-chart-contract = Contract
contract-chart-term-ends = Term ends
contract-chart-act-by = Act by
contract-explain-none = There is no running term with a deadline: the contract is rolling, or it has ended.
contract-explain-notice = { $renewals ->
    [0] The initial term runs from { $from } to { $to }.
    [one] After one renewal the term runs from { $from } to { $to }.
   *[other] After { $renewals } renewals the term runs from { $from } to { $to }.
} Notice is due { $days ->
    [0] by its last day
    [one] one day before its end
   *[other] { $days } days before its end
}: by { $date }.
contract-explain-end = The term runs from { $from } to { $to } and is not renewed: it ends on { $date }.

issue-price-changed = The rates of this row differ from what the book already holds; a row is closed, never edited ({ $tier }).
issue-price-overlaps = The dates of this row overlap one the book already holds ({ $tier }).

citation-figure = { $figure }, { $what }, { $period } ({ $from } to { $to }, { $zone }): { $value }.
citation-formula = Formula: { $formula }.
citation-numbers = With numbers: { $numbers } = { $value }.
citation-inputs = Inputs: { $inputs }.
citation-files = Files: { $files }.
citation-file = { $name } (SHA-256 { $hash }…)
citation-more-files = { $count ->
        [one] 1 more file
       *[other] { $count } more files
    }
citation-source = Source: workspace “{ $workspace }”, Quarterdeck { $version }, { $date }.
citation-separator = {"; "}
