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
cli-prices-imported = { $added } prices added, { $closed } closed, { $unchanged } unchanged, { $refused } refused
cli-bad-mapping = “{ $text }” is not a mapping. Write column=field for --map and field=value for --set.
cli-bad-dimension = “{ $text }” is not a dimension. Use vendor, model, feature, tenant or environment.
cli-imported = Imported { $rows } rows into { $cells } hourly roll-ups.
cli-import-unchanged = Everything in this file was there already. Nothing was changed.
cli-plan-rows = { $file }: { $good } good rows, { $bad } bad, { $duplicate } repeated, { $skipped } without usage
cli-plan-period = From { $from } to { $to }
cli-plan-cost = Cost by the price book: { $amount }
cli-plan-unpriced = No price: { $vendor } { $model }, { $tokens } tokens
cli-plan-conflict = { $cells } roll-ups differ from what this feed told before. Decide with --on-conflict keep, replace or add.
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
