# Words of the pages of suites and bake-offs.

## Where they are

nav-bakeoffs = Bake-offs
nav-suites = Suites
palette-bakeoff = Begin a bake-off
palette-cases = Import cases into a suite

## Suites

suite = Suite
suite-kind = Kind
suite-frozen = Frozen version
suite-not-frozen = none yet
suite-frozen-at = v{ $version } · { $date }
suite-draft = Draft
suite-has-draft = draft open
suite-no-draft = none
suite-draft-of = { $count ->
        [one] v{ $version } · { $cases } case
       *[other] v{ $version } · { $cases } cases
    }
suite-findings = Findings
suite-purpose = Purpose
suite-purpose-hint = What a model that does well here may be used for.
suite-name-example = Clinical assistant
suite-new = New suite
suite-new-note = Cases are imported or typed into its first draft.
suite-create = Create suite
suite-actions = Actions for this suite
suite-freeze = Freeze v{ $version }
suite-frozen-now = Version { $version } is frozen
suite-delete = Delete suite
suite-deleted = Suite { $name } deleted
suite-delete-title = Delete { $name }?
suite-delete-text = { $count ->
        [one] { $count } bake-off rests on it. Its versions stay in the file, and the bake-off keeps its results; the suite leaves this list.
       *[other] { $count } bake-offs rest on it. Its versions stay in the file, and the bake-offs keep their results; the suite leaves this list.
    }
suites-empty-title = What would a model have to get right?
suites-empty-text = A suite is a set of cases with what counts as right: a golden set for quality, a safety set for what must never happen. Once a version is frozen it never changes, so that every bake-off that rests on it stays comparable.
cases = Cases
case = Case
cases-count = { $count ->
        [one] { $cases } case
       *[other] { $cases } cases
    }
case-asked = Asked
case-reference = Reference
case-references = References, any one counts
case-no-reference = No reference: a judge or a person decides by the rubric.
case-reference-add = Add a reference
case-reference-remove = Remove this reference
case-rubric = Rubric
case-tags = Tags
case-tags-hint = Separated by commas.
case-weight = Weight
case-cluster = Cluster
case-id = Id
case-variables = Variables
case-messages = Messages
case-message = Message of { $role }
case-message-add = Add a message
case-message-remove = Remove this message
case-role = Role
role-system = System
role-user = User
role-assistant = Assistant
role-tool = Tool
case-new = New case
case-add = Add case
case-save = Save to v{ $version }
case-saved = Saved to draft v{ $version }
case-remove = Remove from the draft
case-in-draft = In draft v{ $version }
case-to-draft = This version is frozen. A change goes to the next draft, v{ $version }.
case-older = An older version, to be read only.
case-findings = { $count ->
        [one] { $count } thing in it must not leave the house
       *[other] { $count } things in it must not leave the house
    }
cases-remove = Remove
cases-removed = { $count ->
        [one] { $count } case removed from the draft
       *[other] { $count } cases removed from the draft
    }
cases-flagged = With findings
cases-empty-title = No cases yet
cases-empty-text = Bring them from a table, from promptfoo, Inspect, lm-eval, HELM or OpenAI Evals, or type the first one.
tags-all = All { $count } tags
tags-fewer = { $count ->
        [one] Fewer
       *[other] Fewer
    }
findings-none = none found
findings-of = { $name } in { $cases }
findings-more = and { $count } more kinds
freeze-title = Freeze version { $version }
freeze-note = { $count ->
        [one] { $cases } case gets a hash and never changes again. Later changes go to the next draft.
       *[other] { $cases } cases get a hash and never change again. Later changes go to the next draft.
    }
freeze-findings = Found in it, and sent to every model that answers it:
freeze-by = Frozen by
freeze-why = What is new in it
versions = Versions
version-draft = v{ $version }, draft
version-frozen = v{ $version }
version-of-cases = { $count ->
        [one] v{ $version }, { $count } case
       *[other] v{ $version }, { $count } cases
    }
version-frozen-at = Frozen
version-frozen-by = By
version-note = What is new
version-hash = Hash
versions-empty-title = No version yet
versions-empty-text = The first case begins the first draft.
versions-one = With a second version there is something to compare.
versions-compare = What changed
versions-from = From version
versions-to = To version
diff-added = Added
diff-changed = Changed
diff-removed = Removed
diff-unchanged = Unchanged
diff-parts = What differs
diff-before = Before
diff-after = After
case-field-id = Id
case-field-messages = Messages
case-field-reference = Reference
case-field-rubric = Rubric
case-field-tags = Tags
case-field-weight = Weight
case-field-cluster = Cluster
case-field-variables = Variables

## Cases out of a file

cases-import = Import cases
cases-import-steps = Steps of the import
cases-step-file = File
cases-step-preview = Preview
cases-drop-title = Drop a file of cases here
files-drop-text = or choose one, or paste its path.
cases-path = File or folder of cases
cases-into = Into
cases-into-new = A new suite
cases-name-hint = The name of the file, where nothing is typed.
cases-preview = Preview
cases-formats = What can be read
cases-format = Format
cases-format-guessed = { $format }, recognised
cases-reading = Reading the cases
cases-importing = Writing the cases
cases-in-file = In the file
cases-mode = Cases of the draft
cases-mode-add = Keep, add these
cases-mode-replace = Replace by these
cases-first = First cases
cases-none-in-file = There is no case in it that could be read.
cases-import-note = They go to the draft. A backup is taken first.
cases-go = { $count ->
        [one] Import { $cases } case
       *[other] Import { $cases } cases
    }
cases-imported = { $name }: cases are in draft v{ $version }

## Columns of a table, and what was wrong with a file

file-columns = Columns of { $name }
file-column-is = What column { $column } is
file-column-unused = not used
file-group-case = The case
file-group-answer = The answer
file-group-measure = Measured
file-group-other = Scores and variables
file-field-case-id = Case id
file-field-input = What is asked
file-field-system = System prompt
file-field-reference = Reference
file-field-rubric = Rubric
file-field-tag = Tag
file-field-weight = Weight
file-field-cluster = Cluster
file-field-candidate = Candidate
file-field-provider = Provider
file-field-model = Model
file-field-answer = Answer
file-field-error = Error
file-field-repeat = Repeat
file-field-timestamp = Time
file-field-rater = Rater
file-field-reason = Reason of the score
file-field-latency-ms = Latency, ms
file-field-latency-s = Latency, s
file-field-ttft-ms = Time to first token, ms
file-field-ttft-s = Time to first token, s
file-field-cost = Cost
file-field-cached = Answered from a cache
file-field-currency = Currency of the cost
file-field-input-tokens = Input tokens
file-field-output-tokens = Output tokens
file-field-cache-read-tokens = Cache-read tokens
file-field-reasoning-tokens = Reasoning tokens
file-field-score = Score
file-field-variable = Variable of the prompt
file-decimal-sign = Decimal sign
file-decides = as the file says
file-includes-cache = Input tokens include cache reads
file-read-again = Read again
file-read-again-note = The columns mean something else now: read the file again.
issues-title = { $count ->
        [one] { $count } row with a problem
       *[other] { $count } rows with a problem
    }
issues-rows = With a problem
issues-more = The first { $shown } of { $total } are shown.
issues-row = Row
issues-column = Where
issues-what = What is wrong
issues-value = Value
bakeoff-format-table-csv = Table, CSV
bakeoff-format-table-jsonl = Table, JSON Lines
bakeoff-format-arena-hard = Arena-Hard questions
bakeoff-format-mt-bench-questions = MT-Bench questions
bakeoff-format-arena-battles = Arena battles
bakeoff-format-mt-bench-single = MT-Bench single scores
bakeoff-format-mt-bench-pair = MT-Bench pairs
bakeoff-format-openai-evals = OpenAI Evals
bakeoff-format-promptfoo-suite = promptfoo suite
bakeoff-format-promptfoo-v2 = promptfoo results, old
bakeoff-format-promptfoo = promptfoo results
bakeoff-format-lm-eval = lm-evaluation-harness
bakeoff-format-helm = HELM
bakeoff-format-every-eval-ever = Every Eval Ever
bakeoff-format-inspect-json = Inspect log, JSON
bakeoff-format-inspect-archive = Inspect log
bakeoff-format-note-table-csv = A row per case or answer, any columns
bakeoff-format-note-table-jsonl = An object per line, any names
bakeoff-format-note-arena-hard = question.jsonl with clusters
bakeoff-format-note-mt-bench-questions = Turns with references
bakeoff-format-note-arena-battles = Pairs with a winner
bakeoff-format-note-mt-bench-single = Scores of a judge, 1 to 10
bakeoff-format-note-mt-bench-pair = Verdicts of a judge
bakeoff-format-note-openai-evals = Samples or a log of events
bakeoff-format-note-promptfoo-suite = tests and prompts of a configuration
bakeoff-format-note-promptfoo-v2 = JSON of version 2
bakeoff-format-note-promptfoo = JSON written by promptfoo eval -o
bakeoff-format-note-lm-eval = Folder with results and --log_samples
bakeoff-format-note-helm = Folder of a run
bakeoff-format-note-every-eval-ever = Records of the shared schema
bakeoff-format-note-inspect-json = A log written as JSON
bakeoff-format-note-inspect-archive = An .eval file

## Bake-offs

bakeoff = Bake-off
bakeoff-new = New bake-off
bakeoff-new-note = Every candidate answers the same frozen cases; results come from the tools you run.
bakeoff-create = Create bake-off
bakeoff-name-example = Assistant model renewal
bakeoff-needs-suite = First a frozen suite
bakeoff-needs-suite-text = Results belong to cases that no longer change. Import cases, then freeze them.
bakeoff-to-suites = Go to suites
bakeoff-power-later = What so many cases can find is shown as soon as it is created, before anything is spent.
bakeoff-actions = Actions for this bake-off
bakeoff-delete = Delete bake-off
bakeoff-deleted = Bake-off { $name } deleted
bakeoff-delete-title = Delete { $name }?
rests-on-signed = A signed decision rests on it: Verify will say that it is no longer as it was signed.
bakeoff-delete-text = { $count ->
        [one] { $results } result leaves with it. Undo brings it back.
       *[other] { $results } results leave with it. Undo brings them back.
    }
bakeoffs-empty-title = Is there a better model for the money?
bakeoffs-empty-text = A bake-off puts candidates against the model in use on the same frozen cases: quality with intervals, what a success costs at your prices, and whether a difference is one.
bakeoff-begin = Begin by
bakeoff-question = What is to be decided
bakeoff-question-hint = One sentence that the result will answer.
bakeoff-contract = Contract it serves
bakeoff-no-contract = no contract
bakeoff-tab-comparison = Comparison
bakeoff-tab-setup = Setup
stage = Stage
candidate = Candidate
candidates = Candidates
results = Results
incumbent = incumbent
repeats = Repeats
minimum-effect = Effect that matters
lead-days = Lead time
days-before-deadline = Days before the notice deadline.
detectable = Detectable difference
power-title = Power
power-note = Found four times in five at 5 % significance, for a paired comparison of shares, before anything is measured.
power-short = underpowered, { $wanted } matters
power-fits = { $wanted } matters
deadline-to-serve = Notice deadline
deadline-begin = { $days ->
        [one] { $days } day left, begin by { $date }
       *[other] { $days } days left, begin by { $date }
    }
deadline-past = passed, was to begin by { $date }
sealed-title = Sealed while a round is open
sealed-text = A round of blind scoring is open. Names, scores, costs, latencies and counts would tell the candidates apart, so they are shown again when the round is closed.
sealed-candidates = Candidates go by numbers until the round of blind scoring is closed.

## Comparison

comparison-empty-title = No results yet
comparison-empty-text = Run the frozen cases with the tool you use, then import what it wrote: promptfoo, Inspect, lm-eval, HELM, OpenAI Evals or a table.
comparison-notes = To be known before reading on
comparison-cases = { $shared } of { $cases } cases answered by all
criterion-header = { $name }, { $scale }
score-title = { $count ->
        [one] { $scale }; 95 % interval { $interval } over { $count } case
       *[other] { $scale }; 95 % interval { $interval } over { $count } cases
    }
score-interval = 95 % interval
score-interval-of = { $name }, 95 % interval
difference-from = Difference from { $incumbent }, points
difference-short = { $name }, difference
difference-of = { $name }, difference from the incumbent
difference-p = { $name }, p
verdict-reference = reference
verdict-better = better than the incumbent by more than matters
verdict-worse = worse than the incumbent by more than matters
verdict-same = as good as the incumbent: the difference does not matter
verdict-open = not decided: the interval holds differences that matter and that do not
verdict-unknown = cannot be compared
cost-per-success = { $currency } per success
cost-stated = Stated
cost-coverage = Known for { $share } of the answers
latency-median = Median { $p50 }
failures = Failures
missing = Missing
answers-empty = Empty
failures-as = { $score } with missing answers as failures
missing-as-failures = Score with missing answers as failures
failures-empty = { $count } empty
tag = Tag
latencies = How long answers take
by-tag = By tag
by-tag-note = { $criterion } within each tag. A difference stands there only where it holds after correction for all tags and candidates.
tag-holds = Holds after correction

## Cases and answers

cases-find = Find in cases
cases-order = Where candidates disagree most stands first.
cases-unanswered-title = Nothing is answered yet
cases-unanswered-text = With results, cases are listed with each candidate’s score.
cases-all = All cases
case-before = Case before
case-after = Case after
case-place = { $at } of { $of }
spread = Spread
answers = Answers
answers-as = Answers as
answers-markdown = Formatted
answers-plain = As sent
answers-difference = Differences
difference-base = The others are held against this one.
difference-none = Word for word the same.
answers-repeat = Repeat of { $name }
answer-latency = Latency
answer-cost = Cost
answer-empty = The answer is empty.
answer-reason = { $criterion }: { $reason }

## Candidates

candidates-empty-title = Who takes part?
candidates-empty-text = Add the model in use and those that might replace it; an import of results adds those it names too.
candidates-note = The others are compared with the incumbent.
candidate-add = Add candidate
candidate-edit = Edit { $name }
candidate-delete = Remove { $name }
candidate-remove = Remove candidate
candidate-deleted = { $name } removed
candidate-delete-title = Remove { $name }?
candidate-delete-text = { $count ->
        [one] { $results } result of it leaves the comparison. Undo brings it back.
       *[other] { $results } results of it leave the comparison. Undo brings them back.
    }
candidate-save = Save candidate
candidate-price = Priced by
candidate-provider = Provider
candidate-labels = Names in files
candidate-labels-hint = One per line, as results name it.
candidate-incumbent = In use today
candidate-incumbent-note = The incumbent: one per bake-off, the others are compared with it.

## Results out of a file

results-export = Export results
results-export-form = Written as
results-export-csv-note = One row for each answer, one column for each criterion.
results-export-eee-note = A folder of Every Eval Ever, schema 0.3: figures of each candidate, and its answers beside them.
results-exported = { $count ->
    [one] { $shown } result exported
   *[other] { $shown } results exported
}
results-import = Import results
results-steps = Steps of the import
results-step-file = File
results-step-plan = Preview
results-drop-title = Drop results here
results-path = File or folder of results
results-path-hint = A folder or an archive is read as a whole.
results-look = Preview
results-formats = What can be read
results-reading = Reading the results
results-reading-note = Every answer is matched with its case and its candidate. Nothing is written.
results-writing = Writing the results
results-writing-note = All results are written in one transaction, or none.
results-files = and { $count } files in all
results-format = Format
results-already-at = These very results came in on { $date }.
results-matched = Matched results
results-answered = Cases answered
results-answered-of = { $answered } of { $cases }
results-unmatched = Unmatched
results-unmatched-title = { $count ->
        [one] { $results } result belongs to no case of this version.
       *[other] { $results } results belong to no case of this version.
    }
results-unmatched-text = They are left out; nothing is dropped in silence. Their cases are called:
results-known = Here already
results-differing = Here, but different
results-differing-text = { $count ->
        [one] { $results } result is here already and says something else.
       *[other] { $results } results are here already and say something else.
    }
results-conflict-keep = Keep what is here
results-conflict-keep-note = The file’s version of them is left out
results-conflict-replace = Take the file’s
results-conflict-replace-note = For a run that was corrected
results-errors = Failed
results-already-in = These results are in already.
results-none-match = No result finds its case in this version.
results-nobody = Every candidate of the file is left out.
results-commit-note = A backup is taken first. The import can be taken back as a whole.
results-commit = Import results
results-imported = { $count ->
        [one] { $results } result imported
       *[other] { $results } results imported
    }
results-imported-unmatched = { $count ->
        [one] { $count } result without a case was left out
       *[other] { $count } results without a case were left out
    }
results-empty-title = No results yet
results-empty-text = Each import is listed here with what it brought, and can be taken back as a whole.
results-at = Imported
results-reverted-tag = taken back
results-reverted = { $name } taken back
results-revert = Take { $name } back
results-revert-go = Take back
results-revert-title = Take { $name } back?
results-revert-text = { $count ->
        [one] { $results } result leaves the comparison. The file on disk stays, and undo brings it back.
       *[other] { $results } results leave the comparison. The file on disk stays, and undo brings them back.
    }
found-candidates = Candidates in the file
found-candidates-note = Say who each name is. A name is remembered for the next file.
found-reassigned = The counts above are of the names as they were guessed. Read again to see them with yours.
found-label = Name in the file
found-model = Provider and model
found-is = Is
found-is-of = Who { $label } is
found-errors = { $count } failed
assign-new = A new candidate
assign-nobody = Leave out
found-criteria = Criteria in the file
found-no-criteria = The file scores nothing: its answers can be scored here.
found-scores = Scores
found-mean = Mean here
found-stated = What the file itself states
found-states = { $candidate } { $value }
found-states-otherwise = { $candidate }: states { $value }, its scores say { $computed }
found-states-none = nothing
found-new = new

## Criteria

criteria = Criteria
criteria-note = The first one decides success and the chart of differences.
criteria-none = None yet: those that results bring are taken.
criterion = Criterion
criterion-add = Add criterion
criterion-new = New criterion
criterion-remove = Remove { $name }
criterion-kind = Kind
criterion-kind-of = Kind of { $name }
criterion-kind-quality = Quality
criterion-kind-safety = Safety
criterion-worst = Worst
criterion-best = Best
criterion-passes = Passes from
criterion-worst-of = Worst of { $name }
criterion-best-of = Best of { $name }
criterion-passes-of = { $name } passes from

## Rules that score

scorers = Rules that score
scorers-note = They score every answer here, without a model or a vendor, and come to the same score each time.
scorers-none = No rule yet. A rule says by itself whether an answer equals a reference, fits a schema, stays within a length, refuses.
phase-scoring = scoring answers
scorer-add = Add rule
scorer-edit = Change the rule of { $name }
scorer-add-note = The rule is kept, and every answer is scored by it at once.
scorer-edit-note = What you change becomes the next version. Every answer is scored by it at once, in place of the version before.
scorer-rule = Rule
scorer-ran-at = Last run
scorer-scored = Answers scored
scorer-not-run = not run yet
scorer-run = Run
scorer-run-again = Run again
scorer-running = Scoring by { $name }
scorer-newer = of a newer version of Quarterdeck
scorer-save = Save and score
scorer-ran = { $count ->
        [one] { $name }: { $scored } answer scored.
       *[other] { $name }: { $scored } answers scored.
    }
scorer-unscored = { $count ->
        [one] { $unscored } could not be scored: { $reason }.
       *[other] { $unscored } could not be scored, the first because: { $reason }.
    }
scorer-criterion-hint = What a file or a round scores already, no rule scores as well.
scorer-criterion-new = A new criterion
scorer-criterion-name = Name of the criterion
scorer-has-rule = has a rule
scorer-replaces = It has a rule already. This one takes its place.
rule-kind = Kind of rule
rule-kind-exact = Equals a reference
rule-kind-contains = Contains a text
rule-kind-pattern = Matches a pattern
rule-kind-valid-json = Is JSON
rule-kind-json-schema = Fits a JSON schema
rule-kind-number = Number within a tolerance
rule-kind-length = Length within bounds
rule-kind-refusal = Refuses, or does not
rule-kind-expression = Expression over fields
rule-about-exact = 1 where the answer is one of the references of its case, otherwise 0.
rule-about-contains = 1 where the answer holds one of the texts, or all of them; otherwise 0.
rule-about-pattern = 1 where the pattern is found anywhere in the answer, otherwise 0.
rule-about-valid-json = 1 where the answer is JSON or holds a block of it, otherwise 0.
rule-about-json-schema = 1 where the JSON of the answer fits the schema; 0 where it does not, or there is none.
rule-about-number = 1 where the number is no further from a reference than the larger of the two tolerances, otherwise 0.
rule-about-length = 1 where the length lies between the bounds, both included; otherwise 0.
rule-about-refusal = Read from the first 240 characters, in English and Chinese, outside quotations and code. No model is asked.
rule-about-expression = What it gives is the score: true is 1, false is 0, a number is itself.
rule-normalise = Does not count
rule-normalise-case = Capitals
rule-normalise-case-note = “Yes” and “yes” are the same.
rule-normalise-space = White space
rule-normalise-space-note = At the ends, and how much of it lies between.
rule-normalise-punctuation = Punctuation
rule-normalise-punctuation-note = Signs of numbers and symbols such as % count.
rule-normalise-compatibility = Forms of one character
rule-normalise-compatibility-note = “１” and “1” are the same (NFKC).
rule-sought = Looked for
rule-sought-references = References of the case
rule-sought-texts = These texts
rule-texts = Texts
rule-texts-hint = One per line.
rule-holds = How many it has to hold
rule-holds-any = Any one of them
rule-holds-all = All of them
rule-pattern = Pattern
rule-pattern-hint = A regular expression without look-around and back-references, so that no answer makes it slow.
rule-ignore-case = Capitals do not count
rule-schema = Schema
rule-schema-hint = JSON Schema. Nothing is fetched: references lead to places within it.
rule-which = Which number of the answer
rule-which-first = The first
rule-which-last = The last
rule-absolute = Absolute tolerance
rule-absolute-hint = In the unit of the reference; empty is 0.
rule-relative = Relative tolerance
rule-relative-hint = Of the reference; empty is 0.
rule-unit = Counted in
rule-unit-characters = Characters
rule-unit-words = Words
rule-unit-sentences = Sentences
rule-unit-hint = Of Chinese and Japanese, each character is a word.
rule-least = At least
rule-most = At most
rule-bound-hint = Empty is without bound.
rule-wanted = Scores 1
rule-wanted-yes = What refuses
rule-wanted-no = What does not refuse
rule-source = Expression
rule-source-hint = CEL, at most 2,000 characters. It may name answer, reference, question, variables, length, latency_ms, tokens, cost and scores.
rule-says-exact = Equals a reference
rule-says-contains-references = { $all ->
        [yes] Contains every reference
       *[no] Contains a reference
    }
rule-says-contains-texts = { $all ->
        [yes] Contains all of { $texts }
       *[no] Contains any of { $texts }
    }
rule-says-pattern = Matches { $pattern }
rule-says-pattern-any-case = Matches { $pattern } in any case
rule-says-valid-json = Is JSON or holds a block of it
rule-says-json-schema = Fits the schema { $schema }
rule-says-number = { $which ->
        [last] Last number is a reference
       *[first] First number is a reference
    }
rule-says-number-absolute = { $which ->
        [last] Last number within ±{ $absolute } of a reference
       *[first] First number within ±{ $absolute } of a reference
    }
rule-says-number-relative = { $which ->
        [last] Last number within ±{ $relative } % of a reference
       *[first] First number within ±{ $relative } % of a reference
    }
rule-says-number-both = { $which ->
        [last] Last number within ±{ $absolute } or ±{ $relative } % of a reference
       *[first] First number within ±{ $absolute } or ±{ $relative } % of a reference
    }
rule-says-length = From { $least } to { $most } { $unit }
rule-says-length-least = At least { $least } { $unit }
rule-says-length-most = At most { $most } { $unit }
rule-says-unit-characters = { $count ->
        [one] character
       *[other] characters
    }
rule-says-unit-words = { $count ->
        [one] word
       *[other] words
    }
rule-says-unit-sentences = { $count ->
        [one] sentence
       *[other] sentences
    }
rule-says-refuses = Refuses
rule-says-answers = Does not refuse
rule-quoted = “{ $text }”
rule-comma = {", "}

## What the terms mean

term-suite-kind = A golden set says how good answers are; a safety set holds what must never happen.
term-frozen-version = A version whose cases have a hash and never change again.
term-suite-draft = Changes that no version holds yet. Freezing makes the next version of them.
term-findings = Personal data, keys and secrets found in the newest version. They go to every model that is asked.
term-version-hash = SHA-256 over all cases: the same hash is the same questions.
term-case-reference = An answer that counts as right. Any one of them does.
term-case-rubric = What a judge or a person is to look at.
term-case-weight = What the case counts for, 1 unless said.
term-case-cluster = Cases of one cluster are not independent, such as variants of one question; intervals allow for it.
term-case-id = As its source calls it. Results find their case by it.
term-bakeoff-stage = Planned, results in, blind round open, scored, signed.
term-bakeoff-begin = The notice deadline of the contract, less the lead time.
term-bakeoff-contract = Its notice deadline is what the bake-off has to be ready for.
term-minimum-effect = The smallest difference that matters to the decision, as a share of the criterion’s scale.
term-repeats = How often each case is asked of each candidate. Repeats wear off chance within a case.
term-lead-days = Days before the notice deadline at which it has to begin.
term-detectable = Minimum detectable effect: the smallest difference that is found four times in five.
term-underpowered = It cannot reliably find the smallest difference that matters: more cases or more repeats are needed.
term-interval = The range that holds the true score in 95 of 100 such samples, clusters allowed for.
term-paired-difference = Case by case against the incumbent, so that hard cases count the same for both. A point is one hundredth of the scale: 0.01 from 0 to 1, 0.09 from 1 to 10. The band does not matter.
term-cost-per-success = All answers at the candidate’s price, failures included, divided by those that passed.
term-cost-stated = What the files themselves say, per success.
term-p95 = 95 of 100 answers came within this time.
term-failures = Requests that failed and answers that are empty.
term-missing-answers = Answers that no file tells of. They are left out of the score; on hover it counts them as failures.
term-spread = Between the best and the worst candidate on the case, in points.
term-results-unmatched = Results whose case the version does not hold. They were left out.
term-candidate-price = Which price its tokens are counted at.
term-candidate-provider = As price lists call it, such as bedrock.
term-candidate-labels = What files call it: results under these names are its own.
term-criterion-kind = Safety is a gate of its own: no quality makes up for it.
term-criterion-scale = Ends of the scale. Differences are counted in hundredths of it.
term-criterion-passes = From here on an answer is a success, on the criterion’s own scale.
cost-per-success-plain = Cost per success
difference-of-scores = Difference, points
