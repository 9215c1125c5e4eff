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
note-partly-priced = Some rows hold what no price covers: audio or image tokens, a named inference region. The rest of them is priced; they are shown as partly priced.
note-web-searches = The file counts web searches. They are billed beside the tokens and have no price here: import the bill to see their cost.

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
term-field-web-searches = How many web searches a request made. They are billed beside tokens.
import-reused = Taken over from the last file with these columns: { $what }.
import-reused-kind = Taken over from the last file of this kind: { $what }.
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
import-answered-keep = left out
import-answered-replace = replaced
import-answered-add = added
import-answered-keep-note = Hours told differently before: what was there counts, this file's version is left out.
import-answered-replace-note = Hours told differently before: this file's version counts.
import-answered-add-note = Hours told differently before: both are added up.
import-answer-keep = Differing hours: keep what was there
import-answer-replace = Differing hours: take this file's
import-answer-add = Differing hours: add both
import-answer-changed = Answer for { $name } changed

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
        [one] This price makes one day of usage known that has none now.
       *[other] This price makes { $count } days of usage known that have none now.
    }
price-makes-nothing-known = No usage waits for this price.
price-moves-nothing = Nothing that is priced moves.
price-made-known = { $count ->
        [one] One day of usage that had no price has one now.
       *[other] { $count } days of usage that had no price have one now.
    }
