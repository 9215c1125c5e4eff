# Suites and bake-offs: what the core says. Words of the pages are in bakeoff-ui.ftl.

area-suite = Suite
area-suite-cases = Cases of a suite
area-bakeoff = Bake-off
area-candidate = Candidate of a bake-off
area-result-import = Results of a bake-off
action-frozen = frozen
action-signed = signed
action-opened = opened
action-closed = closed

suite-kind-golden = Golden
suite-kind-safety = Safety

bakeoff-stage-planned = planned
bakeoff-stage-results = results in
bakeoff-stage-scoring = round open
bakeoff-stage-scored = scored
bakeoff-stage-signed = signed
bakeoff-begins = bake-off has to begin

candidate-sealed = Candidate
points-unit = pt
price-source-book = prices in force
price-source-stated = as the files state

power-under = Underpowered: { $cases } cases find a difference of { $detectable } four times in five, and { $wanted } matters. { $needed } cases would do.
power-enough = { $cases } cases find a difference of { $detectable } four times in five; { $wanted } matters.

forest-title = Differences from { $incumbent }
forest-subtitle = { $criterion }, paired over { $cases } cases, 95 % intervals
forest-axis = Points of the scale
forest-reference = reference
forest-margin = does not matter
front-title = Quality against cost per successful task
front-subtitle = { $currency } at the candidates' own prices, logarithmic; the line is the efficient front
front-cost = Cost per successful task
column-candidate = Candidate

failure-run = Request failed
failure-rate-limit = Rate limit
failure-timeout = Timed out
failure-refused = Held back by the provider's filter
failure-scoring = Could not be scored

note-unpriced-candidates = No price is known for some answers of { $names }: their cost per success tells of the rest only.
note-missing-answers = Not every case has an answer of { $names }. Missing answers are left out, and beside it counted as failures.
note-few-clusters = The cases come in { $clusters } clusters only. Below 20, cluster-robust intervals are too narrow.
note-not-compared = Nothing can be compared yet: { $reason }.

finding-private-key = Private key
finding-json-web-token = JSON Web Token
finding-aws-access-key = AWS access key
finding-model-api-key = API key of a model provider
finding-google-api-key = Google API key
finding-github-token = GitHub token
finding-slack-token = Slack token
finding-assigned-secret = Password or secret
finding-email = E-mail address
finding-iban = IBAN
finding-credit-card = Card number
finding-us-social-security-number = US social security number
finding-chinese-resident-id = Chinese resident id
finding-chinese-mobile = Chinese mobile number
finding-phone = Phone number
finding-ip-address = IP address

change-question = Question
change-purpose = Purpose
change-version = Version
change-minimumEffect = Smallest difference that matters
change-repeats = Repeats
change-leadDays = Days before the deadline
change-incumbent = In use today

error-nothing-to-freeze = There is no draft with cases to freeze.
error-frozen-already = Version { $version } holds exactly these cases already.
error-no-cases = { $file } holds no cases.
error-sealed = A round of blind scoring is open: nothing that tells the candidates apart is shown or changed until it is closed.
error-plan-file-changed = The file is not the one of the preview any more. Look at it again; nothing was written.
error-results-already = These results are in already: { $file }.
error-results-match-nothing = No result of this file belongs to a case of the version. Nothing was written.
error-results-nothing-new = Everything in this file is here already. Nothing was written.
error-folder-empty = There is nothing in { $path }.
error-folder-without-results = No file in { $path } holds results that can be read.
error-archive-unreadable = { $file } is no archive that can be read.
error-no-results = { $file } holds no results or cases in a format that is known.
error-yaml-unreadable = The YAML breaks off at line { $line }, position { $position }: { $cause }
error-file-too-large = { $file } is larger than { $limit } MB.
error-case-not-mapped = Say which column names the case, or what was asked.
error-result-not-mapped = Say which column of { $file } holds an answer or a score.

field-not-frozen = Choose a frozen version: results belong to one that does not change.
field-has-results = Results of another version are in. They belong to it for ever: make another bake-off.
field-share-between = A share above 0 and below 100 %.
field-count-of-repeats = From 1 to 1,000.
field-criterion-name = Every criterion has a name of its own.
field-criterion-scale = The worst and the best of a scale differ.
field-number-not-negative = A number, 0 or more.

issue-json-key-twice = “{ $key }” occurs twice in one object; the last value counts.
issue-case-twice = “{ $case }” stands for two different cases; the first counts.
issue-case-untold = The row does not say which case it is of.
issue-candidate-untold = The row does not say whose answer it is.
issue-row-twice = The row repeats an earlier one and counts once.
issue-result-twice = Two different results of one case, candidate and repeat; the first counts.
issue-verdict-of-one = A candidate is compared with itself.
issue-not-a-score = “{ $value }” is no score.
issue-not-finite = “{ $value }” is no finite number.
issue-score-untold = The judge gave no score.
issue-not-a-winner = “{ $value }” does not say who won.
issue-not-followed = What stands in another file is not followed: { $value }
issue-entry-outside = An entry of the archive points outside of it and was left out.
issue-entry-unreadable = An entry of the archive cannot be read: { $cause }
issue-entry-too-large = An entry of the archive is larger than { $limit } MB and was left out.
issue-archive-cut = The archive breaks off ({ $cause }). What was whole was read.
issue-log-unfinished = The log was still being written. What is there was read.
issue-file-not-read = This file is none of results.
