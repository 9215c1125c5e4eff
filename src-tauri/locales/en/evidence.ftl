# What an amount rests on, how files and feeds come together, and what is asked before anything is guessed.

token-kind-input-audio = Audio input
token-kind-input-image = Image input
token-kind-output-audio = Audio output
token-kind-output-image = Image output

usage-field-input-audio-tokens = Audio input
usage-field-input-image-tokens = Image input
usage-field-output-audio-tokens = Audio output
usage-field-output-image-tokens = Image output
usage-field-web-searches = Web searches
usage-field-charge-type = What is charged
usage-field-speed = Speed
usage-field-inference-geo = Inference region
usage-field-latency-ms = Latency (ms)
usage-field-latency-s = Latency (s)
usage-field-ttft-ms = Time to first token (ms)
usage-field-ttft-s = Time to first token (s)
usage-field-usage-object = Usage object

format-openai-costs = OpenAI costs
format-note-openai-costs = Pages of the organisation costs API

explain-charges = Charges of bills
caveat-charged = { $amount } is charged by bills for what nothing has metered, or for tokens without a price.
caveat-restated = Bills for { $amount } say again what is metered. They are compared, not added.
caveat-searches = { $searches } web searches are counted without a price: their cost comes with the bill.
caveat-partly = { $tokens } tokens belong to usage of which only a part has a price. That part is counted; what a session or a request of it costs is not known.
caveat-coverage = Of { $share }: { $part } of { $whole } have a known cost.

error-field-mapped-twice = Two columns, or a column and a fixed value, are chosen for the same field ({ $field }). Keep one of them.
error-decimal-sign-undecided = { $mixed ->
        [1] The column “{ $column }” writes decimals with a point in some rows and with a comma in others. Say which of them is the decimal sign.
       *[0] Numbers in the column “{ $column }” such as 1,000 can be a thousand or one. Say whether the decimal sign is a point or a comma.
    }
error-day-order-undecided = { $mixed ->
        [1] The column “{ $column }” has dates with the day first and dates with the month first. Say which of them holds.
       *[0] No date in the column “{ $column }” tells whether the day or the month comes first, as in 07/08/2026. Say which it is.
    }
error-unknown-currency = “{ $currency }” is not a currency.
error-feeds-undecided = { $days ->
        [one] The feed “{ $feed }” tells of the same vendor, model and day.
       *[other] The feed “{ $feed }” tells of the same vendor, models and { $days } days.
    } Say which of the two counts, or that they are different traffic.
error-imports-contradict = { $hours ->
        [one] { $file } would contradict another import in one hour, and nobody has said which of them holds.
       *[other] { $file } would contradict another import in { $hours } hours, and nobody has said which of them holds.
    } Nothing was changed. Revert { $file } first, or answer its conflict on the Imports page.

field-no-such-model = The price book has no such model.

issue-not-token-usage = “{ $value }” is not usage of tokens. Costs come in as OpenAI costs; other usage is not read.
issue-other-currency = “{ $value }” is another currency than the file's first, { $currency }.

note-makers-price = The price book has no price of this reseller's own. Its usage is priced at the list price of the company that makes the model.
note-resellers-amount = The amounts this reseller reports are its cost: they come before the list price of the company that makes the model.
note-partly-priced = Some rows hold what no price covers: cached, audio or image tokens without a rate, a named inference region. The rest of them is priced; they are shown as partly priced.
note-web-searches = The file counts web searches. They are billed beside the tokens and have no price here: import the bill to see their cost.
note-clock-change = Some local times lie where the clocks change. A time that occurs twice is taken as the first of the two, one that is skipped as if the clocks had not changed yet. An export in UTC leaves nothing open.
note-days-elsewhere = The dates are days of a zone that is neither UTC nor the workspace's. They are kept as dates and matched with usage by days of UTC: hours near midnight may meet the wrong day.

activity-moved = Spend of { $month }
activity-moved-more = and { $count } more months
change-onConflict = What happens to differing hours
change-basis = Which feed counts
change-provider = Provider
change-model = Model

rate-input-audio = Audio input
rate-input-image = Image input
rate-output-audio = Audio output
rate-output-image = Image output
tokens-audio = of which audio
tokens-image = of which images

import-file-decides = From the file
import-decimal-sign = Decimal sign
import-decimal-sign-point = Point, 12.5
import-decimal-sign-comma = Comma, 12,5
import-day-order = Order of dates
import-day-order-day = Day first, 31/07
import-day-order-month = Month first, 07/31
term-import-decimal-sign = Decided from every value of the column. Where the file does not tell, the import asks.
term-import-day-order = Decided from every date of the file. Where none tells, as with 07/08, the import asks.
term-field-charge-type = What a row without tokens charges for: searches, storage, tax. Charges of other kinds than tokens are added to spend.
term-field-speed = Whether a faster mode was used, which has rates of its own.
term-field-inference-geo = The region a request was bound to, which can have rates of its own.
term-field-latency-ms = How long a request took, from being sent to the end of its answer, in milliseconds.
term-field-latency-s = How long a request took, from being sent to the end of its answer, in seconds.
term-field-ttft-ms = How long it took until the first token of the answer arrived, in milliseconds.
term-field-ttft-s = How long it took until the first token of the answer arrived, in seconds.
term-field-usage-object = The part of a provider's response that counts its tokens, such as usage or usageMetadata. All kinds are read from it.
term-field-web-searches = How many web searches a request made. They are billed beside tokens.
import-reused = Taken over from the last file with these columns: { $what }.
import-reused-constant = { $field } “{ $value }” for every row
import-reused-zone = times in { $zone }
import-reused-currency = costs in { $currency }
import-reused-feed = feed “{ $feed }”
import-replaces = This file was imported on { $date } with other columns, values or another zone. This reading takes the place of that one; both can be taken back.
import-overlap-title = “{ $there }” tells of the same traffic
import-overlap-text = { $count ->
        [one] Both feeds have usage of { $vendors } with the same models on { $days }.
       *[other] Both feeds have usage of { $vendors } with the same models on { $count } days, { $days }.
    } If they meter the same requests, only one may count.
import-overlap-here = This file, “{ $here }”
import-overlap-there = Already there, “{ $there }”
import-overlap-label = Which feed counts, “{ $here }” or “{ $there }”
import-overlap-choose = Say which feed counts.
import-overlap-this = “{ $here }” counts
import-overlap-this-note = “{ $there }” is compared with it and not added
import-overlap-other = “{ $there }” counts
import-overlap-other-note = “{ $here }” is compared with it and not added
import-overlap-both = Both count
import-overlap-both-note = They are different traffic
import-left-out = { $hours ->
        [one] One hour
       *[other] { $hours } hours
    } with { $n ->
        [one] one request
       *[other] { $requests } requests
    }, { $from } – { $to }, are left out of the figures, as you chose. They are kept and can be brought in on the Imports page.
import-answered-keep = hours left out
import-answered-replace = hours replaced
import-answered-add = hours added
import-answered-keep-note = Hours told differently before: what was there counts, this file's version is left out.
import-answered-replace-note = Hours told differently before: this file's version counts.
import-answered-add-note = Hours told differently before: both are added up.
import-answer-keep = Differing hours: keep what was there
import-answer-replace = Differing hours: take this file's
import-answer-add = Differing hours: add both
import-answer-changed = Answer for { $name } changed

figure-covered = { $figure }: { $sentence }
coverage-of = of { $share }
coverage-any = Covers { $share } of what is counted: what is known of it.
coverage-cost-per-session = Covers { $share } of sessions: those whose cost is known.
coverage-cost-per-successful-session = Covers { $share } of successful sessions: those whose cost is known.
coverage-cost-per-request = Covers { $share } of requests: those whose cost is known.
coverage-cost-per-1k-tokens = Covers { $share } of tokens: those whose cost is known.
coverage-tokens-per-session = Covers { $share } of sessions: those whose tokens are known.
coverage-cache-hit-share = Covers { $share } of input tokens: those whose files tell cache reads apart.
basis-title = What it rests on
basis-computed = Computed, tokens at our prices
basis-reported = Reported with the requests
basis-charged = Charged by bills
basis-restated = Said again by bills, not added
term-basis-computed = Metered tokens times the price in force in their hour.
term-basis-reported = What a gateway reported, where the price book had no price at the time of import.
term-basis-charged = What a bill charges for what nothing has metered, or for tokens without a price.
term-basis-restated = Bills for tokens that are metered already. They are compared on Reconciliation and are no part of spend.

priced-day = Day
priced-cost = Comes to
price-makes-known = { $count ->
        [one] This price makes one day of usage known that has no price now.
       *[other] This price makes { $count } days of usage known that have no price now.
    }
price-makes-nothing-known = No usage waits for this price.
price-moves-nothing = Usage that has a price keeps it. Where a bill stood in for the missing price, the price takes its place.
price-made-known = { $count ->
        [one] One day of usage that had no price has one now.
       *[other] { $count } days of usage that had no price have one now.
    }

nav-data = Data
nav-reconciliation = Reconciliation
palette-reconcile = Compare bills with usage
reconciliation-import = Import a bill
reconciliation-table = Vendor-months
reconciliation-month = Month
reconciliation-computed = Computed
reconciliation-reported = Reported
reconciliation-billed = Billed
reconciliation-metered = Metered
reconciliation-difference = Difference
reconciliation-share = Share
reconciliation-state = State
reconciliation-past = Past 2 %
reconciliation-state-past = Past 2 %
reconciliation-state-within = Within 2 %
reconciliation-state-is-spend = Is the spend
reconciliation-state-incomplete = Bill not whole
reconciliation-state-no-price = No price
reconciliation-state-no-bill = No bill yet
reconciliation-flagged = { $count ->
        [one] One vendor-month is past 2 %: { $vendor }, { $month }
       *[other] { $count } vendor-months are past 2 %, the largest { $vendor }, { $month }
    }
reconciliation-state-lump-sum = Doubled?
reconciliation-lump-sum = { $vendor }, { $month }: the bill stands on one day without usage and may count twice
reconciliation-agreed = Every bill is within 2 % of what is metered
reconciliation-agreed-so-far = Every bill is within 2 % of what is metered on the days it has
reconciliation-only-bills = { $period } has bills and nothing metered beside them
reconciliation-no-bills = No bill has come in for { $period }
reconciliation-note = { $period }, { $currency }: computed from tokens, reported by gateways, billed by vendors; the largest difference first
reconciliation-export = Export reconciliation
reconciliation-foot-difference = Difference: billed less metered. Share: what of it is for tokens, over the days from the first to the last that both tell of, as a share of what is metered on these. Metered is what tokens come to at our prices, and what was reported where there is no price.
reconciliation-foot-reported = Reported amounts stand beside for comparison. Gateways often use list prices, whatever a contract says.
reconciliation-foot-spend = What a bill says again of metered tokens is compared, not added. What it charges for anything else is spend at once, and so is a bill beside which nothing is metered.
reconciliation-foot-names = Charges meet usage by vendor, model and day; where a model's name is not recognised, by vendor and day.
reconciliation-empty-title = Does the bill agree with what was used?
reconciliation-empty-text = Import usage and a vendor's bill to see computed, reported and billed beside each other per month, with what explains the difference.
reconciliation-none-title = Nothing to compare in { $period }
reconciliation-none-text = There is neither usage nor a bill. Choose another period.
term-reconciliation-computed = Metered tokens times the price in force in their hour.
term-reconciliation-reported = What a gateway said its requests cost.
term-reconciliation-billed = What the vendor charges, credits and charges of every kind included.
term-reconciliation-metered = Computed, and reported where the price book has no price.
term-reconciliation-difference = Billed less metered. Unknown without both.
term-reconciliation-share = What tokens are billed at beyond what they are metered at, over the days from the first to the last that both tell of, as a share of the latter. Beyond 2 % it is flagged.
cause-not-metered = Billed, not metered
cause-not-metered-note = Charges for tokens no feed tells of. They are part of spend.
cause-other-kinds = Other than tokens
cause-other-kinds-note = Searches, storage, tax and the like. They are part of spend.
cause-unpriced = Metered without a price
cause-unpriced-note = The bill says what these tokens cost; it counts as their cost.
cause-not-billed = Metered, not billed
cause-not-billed-note = On these days the bill charges for no tokens: it may not be complete.
cause-neighbouring = Counted in a neighbouring month
cause-neighbouring-note = Bills are cut in days of UTC, months in the workspace's time zone. No money is missing.
cause-remainder = Not explained
cause-remainder-note = Other rates, discounts, rounding
month-explained = What makes the difference of { $currency } { $amount }
month-is-spend-title = The bill is the spend
month-is-spend-text = Nothing metered stands beside the bill of { $vendor } for { $month }. It counts as spend whole, at once. Import the usage to see what it was for.
month-no-bill-title = No bill yet
month-no-bill-text = No bill of { $vendor } for { $month } has come in. Spend is what is metered. Import the bill when it is there.
month-lump-sum = The bill charges its tokens on one day on which nothing is metered, beside days that are metered and not billed. If it is the bill of the whole month, that usage counts twice. Import the bill by day, as the vendor's cost export has it, or take one of the two back.
month-set-aside = Feeds that give way
term-month-set-aside = What feeds that give way to another come to by themselves. Compared, not counted.
month-no-price-title = Nothing has a price
month-no-price-text = { $vendor } was used in { $month }, and no price is known for it: what it cost is unknown. Add a price, or import the bill.
month-facts = What counts
month-spend = Spend
month-unrecognised = Matched by vendor and day only
term-month-unrecognised = Charges for models whose names nobody recognises. Record what the names mean to match them by model.
month-unpriced = Tokens without a price
unresolved-title = Names not recognised
unresolved-none = Every model name in this period is recognised.
unresolved-note = Until a name is recorded, its charges are matched by vendor and day, and its usage has no price of its own.
unresolved-charged = { $amount } billed
unresolved-guess = Nearest in the price book: { $model }, { $provider }
unresolved-no-guess = Nothing in the price book is near
aliases-title = Recorded names
aliases-none = None recorded. Dated and prefixed names are recognised by rule.
alias-add = Add
alias-record = Record alias
alias-record-for = Record alias for { $model }
alias-change = Change alias
alias-edit = Change what { $alias } means
alias-remove = Remove { $alias }
alias-removed = { $alias } removed
alias-removed-note = What was priced through it stays priced.
alias-recorded = Alias recorded
alias-means = { $alias } means { $model } of { $provider }.
alias-note = Say which model of the price book a name in files or bills means. Usage it left without a price gets one.
alias-name = Name in files or bills
alias-name-hint = Capitals do not matter
alias-provider = Vendor in the price book
alias-model = Model
alias-scope = For whom the name holds
alias-one-vendor = Only in files and bills of { $vendor }
alias-every-vendor = For every vendor
alias-priced-nothing = No usage waited for a price under this name.
term-alias-provider = As the price book writes it, such as openai or vertex.
feeds-title = Feeds of the same traffic
feeds-none = No two feeds tell of the same vendor, model and day.
feeds-note = Where both tell of the same vendor, model and day, the one that counts is spend; the other is compared with it.
feeds-label = Which counts, { $a } or { $b }
feed-counts-this = The first counts
feed-counts-other = The second counts
feed-counts-both = Both count
feeds-counts = { $feed } counts
feeds-both = Both count
feeds-this-done = { $a } counts; { $b } is compared
feeds-other-done = { $b } counts; { $a } is compared
feeds-both-done = { $a } and { $b } both count
two-sentences = { $first } { $second }
term-reconciliation-spend = What of it all counts: metered, and what bills charge for anything else.

bill-finding = { $vendor }, { $month }: { $billed } billed, { $metered } metered ({ $share } for tokens, from the first to the last day that both tell of).
bill-cause-not-metered = { $amount }: billed, and nothing has metered it
bill-cause-other-kinds = { $amount }: billed beside tokens, such as searches, storage or tax
bill-cause-unpriced = { $amount }: metered without a price
bill-cause-not-billed = { $amount }: metered on days the bill does not cover
bill-cause-neighbouring = { $amount }: counted in a neighbouring month; bills are cut in days of UTC
bill-cause-remainder = { $amount }: not explained, such as other rates, discounts, rounding
bill-finding-apart = { $vendor }, { $month }: { $billed } billed, { $metered } metered, on no day both.
bill-lump-sum = The bill's tokens stand on one day on which nothing is metered. If it is the bill of the whole month, its usage counts twice: import the bill by day, or take one of the two back with 'quarterdeck imports undo'.
