# Words and sentences used on every screen.

close = Close
cancel = Cancel
replace = Replace
back = Back
open = Open
browse = Browse…
path-create-folder = Create the folder
path-no-folder = There is no folder { $folder }.
undo = Undo
loading = Loading…
starting = Starting…
saving = Saving…
saved = Saved
saved-at = Saved · { $time }
not-saved = Not saved
actions = Actions
columns = Columns
total = Total
other = Other
unnamed = Unnamed
vendor-none = no vendor
not-given = not given
not-assessed = Not assessed
show-options = Show the list
no-match = Nothing matches
choose-date = Choose a date
previous = Previous
next = Next
previous-month = Previous month
next-month = Next month
date-placeholder = YYYY-MM-DD
key-figures = Key figures
versus = vs { $period }
no-previous-period = no earlier period
try-again = Try again
undone = Undone: { $action }, { $subject }{ $others ->
    [0] {""}
   *[other] { " " }and { $others } more
}
undone-tag = undone
nothing-to-undo = There is nothing to undo
redo-last = Redo what was undone
redone = Redone: { $action }, { $subject }{ $others ->
    [0] {""}
   *[other] { " " }and { $others } more
}
nothing-to-redo = There is nothing to redo
undo-blocked = “{ $subject }” could not be taken back
undo-past = Take back the one before
undo-this = Take back
undo-last = Undo the latest change

name = Name
status = Status
owner = Owner
website = Website
notes = Notes
vendor = Vendor
model = Model
models = Models
contract = Contract
currency = Currency
period = Period
quarter = Quarter
paper = Paper
language = Language
rows = Rows
size = Size
file = File
months = months
requests = Requests
sessions = Sessions
since = since { $date }
since-ever = from the start
rows-count = { $rows } rows
tokens-count = { $tokens } tokens
imported-at = imported { $at }
version = Version { $version }
version-label = Version
due-in-days = { $days ->
        [one] { $days } day
       *[other] { $days } days
    }

navigation = Areas
workspace = Workspace
sample-data = Sample data
group-vendors = Vendors
group-economics = Economics
group-team = Team
group-library = Library
nav-home = Home
nav-vendors = Vendors
nav-contracts = Contracts
nav-economics = Unit economics
nav-prices = Prices
nav-reports = Reports
nav-imports = Imports
nav-settings = Settings
nav-guide = User guide
search-or-jump = Search or jump to
search-results = Results
help-keys = Keyboard shortcuts

palette-placeholder = Search records, or name an action
palette-group-answers = Figures and periods
palette-group-recent = Recent
palette-group-verbs = Do
palette-group-records = Records
palette-group-places = Go to
palette-group-actions = Actions
palette-import = Import usage
palette-vendor = Add a vendor
palette-contract = Add a contract
palette-report = Make the quarterly review
palette-rates = Exchange rates
palette-backups = Backups: make one, restore one
palette-activity = Activity: what changed, undo
palette-sources = Price sources and licences
palette-export-all = Export the whole workspace
palette-language = Language and theme
palette-undo = Undo the latest change
palette-redo = Redo what was undone
palette-theme = Switch theme
palette-guide = Open the user guide

keys-title = Keyboard shortcuts
keys-general = Everywhere
keys-tables = In a table
keys-go = Go to
key-palette = Search or jump to
key-undo = Undo the latest change
key-redo = Redo what was undone
key-new-workspace = New workspace
key-open-workspace = Open a workspace
key-import = Import usage
key-settings = Settings
key-guide = User guide
key-keys = This list
key-escape = Close, and return to where you were
key-down = Next row
key-up = Previous row
key-within = Through what a row holds
key-open = Open the row
key-first = First row
key-last = Last row

theme = Theme
theme-system = System
theme-light = Light
theme-dark = Dark

chart-show-table = Show as table
chart-show-chart = Show as chart
chart-copy = Copy data
chart-copied = Data copied, ready to paste into a spreadsheet
chart-export-svg = Export SVG…
chart-export-csv = Export CSV…
chart-open = Open { $name }
chart-export-title = Export chart
chart-exported = Chart exported

progress-of = { $unit ->
        [bytes] { $done } of { $total }
        [steps] { $done } of { $total } steps
       *[other] { $done } of { $total } rows
    }
progress-done = { $unit ->
        [bytes] { $done }
        [steps] { $done } steps
       *[other] { $done } rows
    }
progress-rate = { $unit ->
        [bytes] { $rate } per second
        [steps] { $rate } steps per second
       *[other] { $rate } rows per second
    }
progress-left = { $time } left

table-tools = Tools of { $name }
table-filter = Filter rows
table-filter-of = Filter rows: { $name }
table-rows = { $count ->
        [one] 1 row
       *[other] { $shown } rows
    }
table-filtered = { $shown } of { $total } rows
table-none = No row contains “{ $text }”
table-copy = Copy
table-copied = { $count ->
        [one] 1 row copied, ready to paste into a spreadsheet
       *[other] { $count } rows copied, ready to paste into a spreadsheet
    }
table-copy-failed = The clipboard could not be written
table-export = Export
table-export-xlsx = Excel workbook (.xlsx)…
table-export-csv = CSV…
table-export-title = Export table
table-exported = { $count ->
        [one] 1 row exported
       *[other] { $count } rows exported
    }
table-columns-reset = Default columns
table-select-all = Select all rows
table-select-row = Select { $name }
table-selected = { $count ->
        [one] 1 selected
       *[other] { $shown } selected
    }
table-unselect = Clear selection
table-total-shown = { $count ->
        [one] Total of 1 row shown
       *[other] Total of { $count } rows shown
    }
table-views = Views
table-views-none = A view keeps the filter, the sort and the columns under a name.
table-view-name = Name of the view
table-view-save = Save view
table-view-rename = Rename
table-view-rename-of = Rename { $name }
table-view-delete = Delete { $name }
bulk-owner = Set owner…
bulk-owner-title = { $count ->
        [one] Owner of 1 record
       *[other] Owner of { $count } records
    }
bulk-owner-set = Set owner
bulk-owner-done = { $count ->
        [one] 1 record has another owner
       *[other] { $count } records have another owner
    }
key-select = Select the row
key-select-more = Extend the selection
key-select-all = Select all rows of the table
