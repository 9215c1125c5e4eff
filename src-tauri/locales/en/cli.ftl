# The command line and the native menu.

cli-workspace-needed = Name the workspace file: quarterdeck --workspace FILE …
cli-created = Created { $path }
cli-report-written = Wrote { $path }, { $pages ->
    [one] one page
   *[other] { $pages } pages
}
cli-exported = Wrote { $path } with { $rows } hourly rows
cli-backup-taken = Copied the workspace to { $path }
cli-verified = The workspace is sound.
cli-verify-failed = The workspace is damaged: { $detail }. Restore a backup.
cli-prices-imported = Prices: { $added } added, { $closed } closed, { $unchanged } unchanged, { $refused } refused
cli-bad-mapping = “{ $text }” is not a mapping. Write column=field for --map and field=value for --set.
cli-bad-dimension = “{ $text }” is not a dimension. Use vendor, model, feature, tenant or environment.
cli-imported = Imported { $n ->
        [one] one row
       *[other] { $rows } rows
    } into { $cells ->
        [one] one hourly roll-up
       *[other] { $hours } hourly roll-ups
    }.
cli-imported-part = Read { $n ->
        [one] one row
       *[other] { $rows } rows
    }: { $cells ->
        [0] no hourly roll-up is new
        [one] one hourly roll-up is new
       *[other] { $hours } hourly roll-ups are new
    }.
cli-import-kept = Everything in this file was there already: no figure moves. The file is kept, and stands if the other is taken back.
cli-import-unchanged = Everything in this file was there already. Nothing was changed.
cli-plan-rows = { $file }: { $n ->
        [one] one good row
       *[other] { $good } good rows
    }, { $bad } bad, { $duplicate } repeated, { $skipped } without usage
cli-plan-period = From { $from } to { $to }
cli-plan-cost = Cost by the price book: { $amount }
cli-plan-unpriced = No price: { $vendor } { $model }, { $tokens } tokens
cli-plan-disjoint = Nothing in these hours of the file is of a vendor, model and feature that is there. It may come from another system: then give it a feed of its own with --source.
cli-plan-conflict = { $hours ->
        [one] One hour is told otherwise than this feed told it before
       *[other] { $hours } hours are told otherwise than this feed told them before
    }, from { $from } to { $to }: { $before } tokens there, { $after } in this file. Decide with --on-conflict keep, replace or add.
cli-plan-conflict-stated = The rows of these hours state { $before } there, { $after } in this file.
cli-row-rounding = Rounding
cli-row-other = Other
cli-column-vendor = Vendor
cli-column-contract = Contract
cli-column-term-ends = Term ends
cli-column-act-by = Act by
cli-column-days = Days

menu-file = File
menu-edit = Edit
menu-help = Help
menu-new = New workspace…
menu-open = Open workspace…
menu-sample = Explore the sample
menu-import = Import usage…
menu-backup = Back up now
menu-close = Close workspace
menu-quit = Quit
menu-guide = User guide
menu-shortcuts = Keyboard shortcuts

cli-issue = row { $row }: { $reason }
cli-issue-column = row { $row }, column { $column }: { $reason }
cli-issues-more = … and { $count } more; write them all to a file with --issues PATH.
cli-bad-format = “{ $text }” is not a format. Use one of { $known }.
cli-bad-field = “{ $text }” is not a field. Use one of { $known }.
error-no-good-rows = No row of { $file } can be read ({ $bad } bad). Nothing was imported.
cli-target-exists = { $file } is already there and was left as it is. Add --force to replace it.
cli-folder-not-empty = The folder { $file } is not empty. Choose an empty or new one, or add --force to replace the files of an earlier export in it.
cli-separator = { ", " }
cli-bad-currency = “{ $text }” is not a currency.
cli-bad-filter = “{ $text }” is not a filter. Write dimension=value, e.g. --filter feature=search.
cli-bad-same-traffic = “{ $text }” does not say which feed counts. Write --same-traffic "FEED=this", "FEED=other" or "FEED=both".
cli-bad-id = “{ $text }” is not an id. The lists of this command show the ids.
cli-bad-day = “{ $text }” is not a date. Write it as 2026-07-01.
cli-unknown-price = No price in force has the { $dimension } “{ $value }”.
cli-unknown-value = No usage has the { $dimension } “{ $value }”.
cli-strict = { $bad ->
        [one] One row of { $file } is bad.
       *[other] { $bad } rows of { $file } are bad.
    } With --strict nothing was imported.
cli-hint-decimal-comma = Give --decimal-comma true where 12,5 is twelve and a half, or --decimal-comma false where 12.5 is.
cli-hint-day-first = Give --day-first true where 31/07 is meant, or --day-first false where 07/31 is.
cli-hint-create-folder = Give --create-folder to have it made.
cli-hint-on-conflict = Give --on-conflict keep to leave them out, --on-conflict replace to take them instead of what is there, or --on-conflict add to count both.
cli-hint-same-traffic = Give --same-traffic "{ $feed }=this" where this file counts, "{ $feed }=other" where the other feed does, or "{ $feed }=both" where the traffic is different.
cli-hint-time-zone = Give --time-zone, e.g. --time-zone Europe/Berlin.
cli-hint-mapped-twice = Name the field { $field } once: one column with --map COLUMN={ $field }, or a fixed value with --set { $field }=VALUE.
cli-hint-source = Give --source with a name of its own for this feed.
cli-hint-timestamp = Give --map COLUMN=timestamp with the column that holds the time.
cli-hint-period = Write 2026-Q3, 2026-07, 2026 or 2026-07-01..2026-07-31.
cli-hint-by = Write one or two, e.g. --by feature,model.
cli-hint-zone = Write an IANA name, e.g. Europe/Berlin or UTC.
cli-hint-currency = Write a three-letter ISO 4217 code, e.g. EUR.
cli-hint-fx = Enter it: quarterdeck fx add { $from } { $to } { $day } RATE
cli-hint-imports = quarterdeck imports list shows the ids; then quarterdeck imports undo ID or quarterdeck imports answer ID keep, replace or add.
cli-hint-prices = quarterdeck prices list --model NAME finds what it is called there.
cli-hint-name = E.g. { $flag } NAME with one of: { $values }
cli-hint-value = E.g. --filter { $dimension }=VALUE with one of: { $values }
cli-feed-not-asked = Nothing is asked about the feed “{ $feed }” here: its --same-traffic changes nothing.
cli-reused = As with the last file of this header: { $what }. --map, --set, --source and the other flags say otherwise.
cli-reused-zone = times in { $zone }
cli-reused-currency = costs in { $currency }
cli-reused-decimal = { $comma ->
        [1] decimals with a comma
       *[0] decimals with a point
    }
cli-reused-day = { $first ->
        [1] dates day first
       *[0] dates month first
    }
cli-reused-feed = feed “{ $feed }”
cli-left-out = { $hours ->
        [one] One hour was left out
       *[other] { $hours } hours were left out
    }, from { $from } to { $to }: { $n ->
        [one] one request
       *[other] { $requests } requests
    }, { $tokens } tokens. They are kept; quarterdeck imports answer { $id } replace or add brings them in.
cli-plan-feed = Feed: { $feed } ({ $format })
cli-plan-reported = Cost as the file reports it: { $amount }
cli-plan-already = This file came in on { $time }, read the same way: importing it changes nothing.
cli-plan-overruled = { $hours ->
    [one] One hour of it is told otherwise by another import. To count it from this file, answer that import again: quarterdeck imports answer
   *[other] { $hours } hours of it are told otherwise by another import. To count them from this file, answer that import again: quarterdeck imports answer
  }
cli-plan-replaces = This file came in on { $time }, read otherwise: what it told then is replaced.
cli-plan-overlap = { $days ->
        [one] The feed “{ $feed }” tells of the same traffic ({ $vendors }) on { $first }
       *[other] The feed “{ $feed }” tells of the same traffic ({ $vendors }) on { $days } days from { $first } to { $last }
    }: { $there } tokens there, { $here } in this file. Decide with --same-traffic "{ $feed }=this", other or both.
cli-column-day = Day
cli-column-per-minute = Per minute
cli-column-p50 = p50
cli-column-p95 = p95
cli-column-p99 = p99
cli-column-busiest = Busiest
cli-column-at = At
cli-column-duration = Duration
cli-column-known-requests = Requests
cli-demand-requests = Requests
cli-demand-input-tokens = Input tokens
cli-demand-output-tokens = Output tokens
cli-demand-latency = Latency
cli-demand-first-token = Time to first token
cli-demand-all-days = all
cli-demand-none = No usage in this period.
cli-demand-unknown = “—” by the minute: the files give only hours or days, or came in before minutes were kept. Import them again from requests to see minutes.
cli-coverage = of { $share }
cli-reconcile-none = No vendor has usage or a bill in this period.
cli-column-month = Month
cli-column-computed = Computed
cli-column-reported = Reported
cli-column-billed = Billed
cli-column-metered = Metered
cli-column-difference = Difference
cli-column-share = Share
cli-set-aside = { $vendor }, { $month }: feeds that give way to another come to { $amount }; compared, not counted.
cli-unrecognised = { $vendor }, { $month }: { $amount } is billed under names nobody recognises and was matched by vendor and day only. 'quarterdeck aliases add' records what a name means.
cli-unresolved = The price book does not know { $vendor } { $model }.
cli-unresolved-guess = If it is { $target }: quarterdeck aliases add "{ $vendor }" "{ $model }" { $target }
cli-column-id = Id
cli-column-file = File
cli-column-feed = Feed
cli-column-format = Format
cli-column-imported = Imported
cli-column-rows = Rows
cli-column-bad = Bad
cli-column-from = From
cli-column-to = To
cli-column-answer = Answer
cli-column-provider = Provider
cli-column-model = Model
cli-column-tier = Tier
cli-column-layer = Layer
cli-column-since = Since
cli-column-input = Input
cli-column-cache-read = Cache read
cli-column-cache-write = Cache write
cli-column-output = Output
cli-column-alias = Alias
cli-column-status = Status
cli-column-contracts = Contracts
cli-column-spend = Spend this quarter
cli-column-models = Models
cli-column-state = State
cli-column-commitment = Commitment
cli-import-undone = Took back { $file }: what it told does not count any more.
cli-import-answered = { $file }: hours told otherwise are answered with { $answer }.
cli-prices-more = … and { $count } more; --all shows them, --provider and --model choose among them.
cli-price-added = Added { $price } ({ $id }).
cli-price-closed = { $price } ends on { $time }.
cli-priced = Usage that had no price and gets one:
cli-priced-none = No usage was waiting for this price.
cli-priced-day = { $day }: { $cost } for { $tokens } tokens
cli-fx = 1 { $from } = { $rate } { $to } from { $day }
cli-bad-target = “{ $text }” is not a model of the price book. Write provider/model, e.g. openai/gpt-4o.
cli-alias-added = { $vendor } means { $target } by “{ $alias }”.
cli-alias-removed = Forgot that { $vendor } means { $target } by “{ $alias }”. What was priced through it stays priced.
cli-no-alias = Nobody recorded that { $vendor } means a model by “{ $alias }”.
cli-no-pair = “{ $a }” and “{ $b }” are not known to tell of the same traffic.
cli-hint-pairs = Pairs that are: { $pairs }
cli-feeds-one = “{ $counts }” counts, “{ $other }” is compared with it.
cli-feeds-both = “{ $a }” and “{ $b }” both count: their traffic is different.
cli-standard-input = Standard input
cli-draft-not-read = { $file } cannot be read: { $cause }.
cli-draft-unfit = { $file } is not the record expected here: { $cause }.
cli-draft-unknown-fields = { $file } has fields nobody knows: { $fields }. Nothing was saved.
cli-draft-has-id = The record has an id already. To change it: edit ID FILE.
cli-draft-of-another = The id in the file is another than the one given. Nothing was saved.
cli-hint-draft = It looks like this: { $example }
cli-saved = Saved { $name } ({ $id }).
cli-check-nothing = Nothing needs a person.
cli-feeds-none = No two feeds are known to tell of the same traffic.
cli-fx-none = No exchange rate is entered.
cli-unsaid = The work is done, but its results could not be written: { $cause }.

# Suites and bake-offs.

cli-suite-imported = { $name }: { $cases } cases in draft { $version } ({ $id })
cli-suite-frozen = Version { $version } frozen: { $cases } cases, { $hash }
cli-results-plan = { $matched } results of { $candidates } candidates for { $answered } of { $cases } cases; { $unmatched } belong to no case
cli-results-differing = { $differing } are here already and say something else: they stay as they are unless --replace is given.
cli-import-would-make = Would make the suite and the bake-off “{ $name }” of { $cases } cases, and bring in { $results } results and { $verdicts } verdicts of { $candidates } candidates.
cli-bakeoff-made = Made the bake-off “{ $name }” on version { $version } of the suite of that name.
cli-frozen-by-import = import
cli-bakeoff-and-file = Name the bake-off and the file, or the file alone.
cli-unknown-results-format = There is no format “{ $format }”. There are: csv, jsonl, { $known }.
cli-no-results-in-file = { $file } holds cases and no results: nothing was made. 'suite import' takes its cases.
cli-results-reverted = The import counts no more.
cli-results-import = Import { $id }: { $name }, { $results } results.
cli-results-imported = Brought in { $results } results; { $unmatched } matched no case, { $known } were here already.
cli-no-such-suite = There is no suite “{ $suite }”.
cli-no-such-vendor = There is no vendor “{ $vendor }”.
cli-several-bakeoffs = Several bake-offs are called “{ $bakeoff }”: name one by its id.
cli-no-such-bakeoff = There is no bake-off “{ $bakeoff }”.
cli-suite-not-frozen = “{ $suite }” has no frozen version yet: quarterdeck suite freeze.
cli-map-pair = “{ $pair }” is not FIELD=COLUMN.
cli-map-field = “{ $field }” is no field of a table of cases or results.
cli-column-suite = suite
cli-column-kind = kind
cli-column-cases = cases
cli-column-frozen = frozen
cli-column-bakeoff = bake-off
cli-column-candidates = candidates
cli-column-results = results

cli-scored = { $scored } answers scored, { $unscored } could not be.
cli-rule-unreadable = The rule cannot be read: { $cause }
cli-no-open-round = No round of “{ $bakeoff }” is open.
cli-round-closed = The round of { $bakeoff } is closed. Names are shown from here on.
cli-decision-signed = Signed by { $by }, { $hash }
cli-nothing-signed = Nothing is signed.
cli-decision-holds = Version { $version } is as it was signed, { $hash }
cli-decision-gone = A signed decision is no longer in the file
cli-decision-changed = Version { $version } is not as it was signed, { $hash }
cli-results-exported = { $path }: { $rows } results
cli-memo = { $path }: { $pages } pages
cli-column-number = Number
cli-column-incident = Incident
cli-column-severity = Severity
cli-unknown-word = “{ $word }” is none of the words that may stand here: see --help.
cli-not-a-time = “{ $text }” is no time.
cli-no-incident = There is no incident { $incident }.
cli-postmortem-written = Post-mortem written to { $path }
cli-column-action = Action
cli-column-due = Due
cli-column-owner = Owner
cli-column-slo = Objective
cli-column-slo-objective = Target
cli-column-slo-sli = Measured
cli-column-slo-left = Budget left
cli-column-slo-burn = Burn, 3 days
cli-column-slo-gone = Gone
cli-column-slo-state = State
cli-slo-exported = { $rows } objectives written to { $path }
cli-slo-measured = { $points } minutes measured, out of { $read } rows or samples
cli-slo-imported = { $made } new, { $changed } changed, { $same } as they were
cli-not-a-label = “{ $text }” is no label=value.
cli-no-slo = There is no objective “{ $slo }”.
