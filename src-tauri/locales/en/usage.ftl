# Usage files and their import.

import-usage = Import usage
import-file = File
import-path = Usage file
import-format = Format
import-source = Feed
import-source-example = prod gateway
import-refused = Refused
import-computed = Priced cost
import-reported = Reported cost
import-when = Imported
import-actions = Actions for { $name }
import-revert = Revert import
import-revert-title = Revert { $name }?
import-revert-text = { $rows } rows leave the workspace, and every figure built on them changes. The file on disk is not touched.
import-reverted = { $name } reverted
imports-empty-title = No usage yet
imports-empty-text = Import an export from your gateway or provider. You see what will be written before anything is.
import-steps = Import steps
import-step-file = File
import-step-map = Columns
import-step-plan = Preview
import-step-done = Done
import-drop-title = Drop a usage file here
import-drop-text = or choose one, or paste its path. Compressed files (.gz) are read as they are.
import-continue = Continue
import-reading = Reading…
import-formats-title = What can be read
format-generic-csv = CSV
format-generic-jsonl = JSON Lines
format-litellm-spend-logs = LiteLLM
format-openai-usage = OpenAI usage
format-anthropic-usage-csv = Anthropic usage
format-anthropic-cost-csv = Anthropic cost
format-note-generic-csv = Any table with a time, a model and tokens
format-note-generic-jsonl = One JSON object per line
format-note-litellm-spend-logs = Spend logs, JSON or JSONL
format-note-openai-usage = Pages of the organisation usage API
format-note-anthropic-usage-csv = Console export by day, key and model
format-note-anthropic-cost-csv = Console cost export
import-guessed = recognised
import-rows-about = about { $rows } rows
import-delimiter = separated by { $delimiter }
import-delimiter-comma = separated by commas
import-delimiter-semicolon = separated by semicolons
import-delimiter-tab = separated by tabs
import-delimiter-bar = separated by bars
import-remembered = columns as last time
import-already = This very file was imported on { $date }. Importing it again changes nothing.
import-overruled = { $hours ->
    [one] One hour of it is told otherwise by another import. Which of the two counts can be changed at that import, in the list of imports.
   *[other] { $hours } hours of it are told otherwise by another import. Which of the two counts can be changed at that import, in the list of imports.
  }
import-zone = Times without a zone
import-zone-refuse = Refuse them
import-cost-currency = Currency of the cost column
import-currency-none = No cost column
import-includes-cache = Input tokens include cache reads and writes
import-sample = First rows of the file
import-unused = not used
import-group-what = When, what and for whom
import-group-tokens = Tokens
import-group-outcome = Outcome and cost
import-group-timing = Latency
import-not-in-file = not in this file
import-from-file = from the file
import-constant = the same for every row…
import-constant-for = { $field } for every row
import-needed = needed
import-known-columns = The columns of this format are known. Give a value here only for what the file does not say.
import-missing = Still needed: { $fields }
import-nothing-written = Nothing is written yet.
import-preview = Preview import
import-preview-again = Preview again
import-planning = Reading the file
import-planning-note = Every row is checked and matched against the workspace. Nothing is written.
import-committing = Writing the import
import-committing-note = All rows are written in one transaction, or none.
import-rows-good = Rows to import
import-duplicates = Repeated in the file
import-skipped = Without usage
import-will-change = What will change
import-cells-new = New hourly totals
import-cells-same = Already there, identical
import-cells-conflict = Already there, different
import-conflict-disjoint = Nothing in these hours of the file is of a vendor, model and feature that is there. It may come from another system: then go back and give it a feed of its own. Replacing removes what is there.
import-conflict-text = { $count ->
        [one] One hourly total of this feed is already there with other numbers.
       *[other] { $count } hourly totals of this feed are already there with other numbers.
    } Choose what happens to them.
import-conflict-hours = { $count ->
        [one] One hour, { $from }
       *[other] { $count } hours between { $from } and { $to }
    }
import-conflict-stated = Stated cost
import-conflict-there = Already there
import-conflict-file = In this file
import-conflict-label = What to do with differing totals
import-conflict-choose = Choose what happens to the differing totals.
import-conflict-keep = Keep what is there
import-conflict-keep-note = The file's version of those hours is left out
import-conflict-replace = Replace with the file
import-conflict-replace-note = For a corrected export of the same period
import-conflict-add = Add both
import-conflict-add-note = For a second part of the same hours
import-totals = In this file
import-issues = { $count ->
        [one] { $count } row refused
       *[other] { $count } rows refused
    }
import-issues-note = The good rows are imported without them.
import-issues-export = Export refused rows…
import-issues-exported = { $rows ->
        [one] { $rows } row exported
       *[other] { $rows } rows exported
    }
import-issues-more = The first { $shown } of { $total } are shown. The export has all of them.
import-issue-row = Row
import-issue-column = Column
import-issue-what = What is wrong
import-issue-value = Value
import-adds-nothing = Everything in this file is there already: no figure moves. Kept, it stands if the other file is taken back.
import-nothing-new = There is nothing new to write.
import-commit-note = A backup is taken first. The import can be reverted as a whole.
import-commit = Import { $rows } rows
import-done-title = Import finished
import-done-unchanged = No figure has changed
import-done-kept = The file is kept: it stands if the one that told of it first is taken back.
import-done-text = { $name }: { $rows } rows read, { $refused } refused. { $n ->
        [one] One hourly total is new
       *[other] { $cells } hourly totals are new
    }, { $took ->
        [0] { "" }
        [one] one took the place of another,{ " " }
       *[other] { $replaced } took the place of others,{ " " }
    }{ $there ->
        [one] one was there already
       *[other] { $skipped } were there already
    }.
import-open-economics = Open unit economics
import-open-list = All imports
unpriced-title = { $count ->
        [one] { $count } model has no price.
       *[other] { $count } models have no price.
    }
unpriced-line = { $vendor } / { $model }: { $n ->
        [one] one request
       *[other] { $requests } requests
    }, { $tokens } tokens
unpriced-add = Add a price
tokens-input = Uncached input tokens
tokens-cache-read = Cache-read tokens
tokens-cache-write-5m = Cache-write tokens, 5 min
tokens-cache-write-1h = Cache-write tokens, 1 h
tokens-output = Output tokens
tokens-reasoning = of which reasoning

usage-field-timestamp = Time
usage-field-vendor = Vendor
usage-field-model = Model
usage-field-feature = Feature
usage-field-tenant = Tenant
usage-field-environment = Environment
usage-field-session = Session
usage-field-request-id = Request id
usage-field-success = Request succeeded
usage-field-session-success = Session succeeded
usage-field-input-tokens = Input tokens
usage-field-uncached-input-tokens = Uncached input
usage-field-cache-read-tokens = Cache read
usage-field-cache-write-5m-tokens = Cache write 5 min
usage-field-cache-write-1h-tokens = Cache write 1 h
usage-field-output-tokens = Output tokens
usage-field-reasoning-tokens = Reasoning tokens
usage-field-requests = Request count
usage-field-cost = Cost
usage-field-service-tier = Service tier
usage-field-context-window = Context window

term-source = The feed a file comes from, such as one gateway. Files of the same feed are matched hour by hour.
term-refused-rows = Rows that could not be read. They are listed with a reason and never silently dropped.
term-reported-cost = What the file itself says a request cost. It is kept beside the priced cost, never mixed with it.
import-zone-needed = These times name no zone: choose the one they are in.
import-zone-missing = the zone of the times
term-import-zone = Times that carry no zone are read in this one. Without a choice such rows are refused.
term-input-includes-cache = OpenAI, LiteLLM and OpenTelemetry count cache reads inside input; Anthropic and Langfuse do not. Kinds must not overlap, so they are taken out.
term-cell = One hour of one vendor, model, feature, tenant and environment.
term-field-session = Groups requests into one conversation or task.
term-field-session-success = Whether the session reached its goal. Needed for cost per successful session.
term-field-success = Whether the request was answered without an error.
term-field-input-tokens = All input tokens, or uncached ones only: the switch above says which.
term-field-context-window = How long the requests of a row were, such as 0-200k. Chooses the rate of models that charge more for long inputs.
term-field-uncached-input-tokens = Input tokens that exclude cache reads and writes.
term-field-requests = For files that are already summed up: how many requests a row stands for.
term-field-reasoning-tokens = Part of output, not in addition to it.

# What the importer normalised.
note-input-includes-cache = Input tokens include cached ones in this file. They were taken out, so that the kinds of tokens do not overlap.
note-input-excludes-cache = Input tokens exclude cached ones in this file; nothing was taken out.
note-daily-buckets = The file has one row per day of UTC. Its hours are not known, so each day is kept as one hour, at noon.
note-context-by-mean = A row stands for several requests. Where a model charges more for long inputs, the row is priced by their mean length.
note-context-unknown = The file does not say how long its requests were. Where a model charges more for long inputs, the price for short ones was taken.
note-vendor-untold = Some rows name no vendor. They are priced at the list price of the one maker of their model.
note-tokens-untold = Some requests do not say how many tokens they took. They are counted; what they cost is unknown, not 0.
note-first-tag = Requests with several tags are counted once, under the first of them.
note-cost-only = The file has costs but no tokens. They are kept as charges: what is charged stays, whatever prices come.

imports-revert = Revert…
imports-revert-title = { $count ->
        [one] Revert 1 import?
       *[other] Revert { $count } imports?
    }
imports-revert-text = The rows of { $names } leave the workspace together, and every figure built on them changes. The files on disk are not touched.
imports-reverted = { $count ->
        [one] 1 import reverted
       *[other] { $count } imports reverted
    }
imports-revert-confirm = Revert
import-first-day = First day
import-last-day = Last day
import-bytes = Size, bytes

# Volume of a file over time.
volume-requests = Requests
volume-tokens = Tokens
volume-stated = Stated cost
volume-hour = Hour
volume-day = Day
volume-title-hour = { $silent ->
        [0] { $what } by hour: every hour has rows
       *[other] { $what } by hour: { $silent } of { $all } hours have no rows
    }
volume-title-day = { $silent ->
        [0] { $what } by day: every day has rows
       *[other] { $what } by day: { $silent } of { $all } days have no rows
    }
volume-subtitle-hour = { $from } – { $to }, { $zone }

# The columns of a file, read as fields.
import-column-is = What column { $column } is
import-column-also = also { $fields }
import-field-needed = { $field } · needed
import-field-taken = { $field } · moves here
import-needed-fields = Still needed
import-needed-none = Nothing is missing
import-constants = The same for every row
import-constants-note = For what no column says.

# What an import does to the spend.
effect-title = Spend before and after this import
effect-month = Month
effect-before = Before, { $currency }
effect-after = After, { $currency }
effect-difference = Difference, { $currency }
effect-note = As unit economics will tell it, with the answers given here.
effect-undecided = Until the questions here are answered: hours that differ are left out, and feeds that meet both count.
cost-by-model = Cost by model
cost-of-model = Cost
cost-source = Rests on
cost-source-stated = Stated in the file
cost-source-charged = Charge
cost-source-unpriced = No price
cost-partly = in part
cost-unpriced-tokens = { $tokens } tokens have no price
term-cost-source = What the cost is taken from: a contract's price, your own, the list price, or the amount the file states. Bills and other feeds are not considered yet.

# What an import covers.
coverage-first = First row
coverage-last = Last row
coverage-first-hour = From
coverage-last-hour = To
coverage-told-hour = Hours with rows
coverage-told-day = Days with rows
coverage-missing-hour = Hours without rows
coverage-missing-day = Days without rows
coverage-counts-hour = Hours that count
coverage-counts-day = Days that count
coverage-gives-way-hour = Hours that give way
coverage-gives-way-day = Days that give way
term-coverage-counts = Those whose figures come from this file, alone or together with others of its feed.
term-coverage-gives-way = Those another file of the feed tells of in its place. They are kept, and stand if that file is taken back.
coverage-gaps = { $count ->
        [0] Gaps
        [one] One gap
       *[other] { $count } gaps, the longest first
    }
coverage-gaps-none-hour = Every hour between its first and its last row has rows.
coverage-gaps-none-day = Every day between its first and its last has rows.
coverage-gaps-more = The longest { $shown } of { $total } are shown.
coverage-hours = { $count ->
        [one] one hour
       *[other] { $count } hours
    }
coverage-days = { $count ->
        [one] one day
       *[other] { $count } days
    }
coverage-shares = Other files of this feed
coverage-shares-none = No other file of the feed tells of the same time.
coverage-share-counts = { $count } count from this file
coverage-feeds = Other feeds
coverage-feeds-none = No other feed tells of these vendors, models and days.
coverage-basis-this = { $here } counts
coverage-basis-other = { $there } counts
coverage-basis-both = Both count
coverage-basis-open = Nobody was asked: both count
coverage-mapping = How its columns were read
coverage-mapping-none = The columns of this format are known.
