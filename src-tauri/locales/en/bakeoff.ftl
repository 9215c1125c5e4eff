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
action-cancelled = cancelled
action-discarded = its draft discarded

suite-kind-golden = Golden
suite-kind-safety = Safety

bakeoff-stage-planned = planned
bakeoff-stage-results = results in
bakeoff-stage-scoring = round open
bakeoff-stage-scored = scored
bakeoff-stage-signed = signed
bakeoff-begins = bake-off has to begin

attention-bakeoff-begin = No answers yet. It has to begin by { $begin } to be decided before the deadline of { $contract } on { $notice }.
attention-bakeoff-late = No answers yet, and it had to begin by { $begin }: the deadline of { $contract } is { $notice }.
attention-bakeoff-decide = Answers are in and nothing is signed. The deadline of { $contract } is { $notice }.
attention-bakeoff-undecided = Answers are in and nothing is signed.
attention-bakeoff-score = Blind scoring is open: { $raters ->
    [0] nobody has judged yet
    [one] { $judged } judged by one rater
   *[other] { $judged } judged by { $raters } raters
}, { $asked } asked of each.
attention-bakeoff-begin-action = Bring results in
attention-bakeoff-score-action = Score
attention-bakeoff-decide-action = Decide the bake-off

candidate-sealed = Candidate
points-unit = pt
price-source-book = prices in force
price-source-stated = as the files state

power-under = Underpowered: { $cases } cases find a difference of { $detectable } four times in five, and { $wanted } matters. { $needed } cases would do.
power-measured-under = Underpowered in { $criterion }: with the spread these answers show, { $cases } cases find a difference of { $detectable } four times in five, and { $wanted } matters. { $needed } cases would do.
power-measured-enough = In { $criterion }, with the spread these answers show, { $cases } cases find a difference of { $detectable } four times in five; { $wanted } matters.
power-enough = { $cases } cases find a difference of { $detectable } four times in five; { $wanted } matters.

forest-title = Differences from { $incumbent }
forest-subtitle = { $criterion }, paired over { $cases } cases, 95 % intervals
forest-axis = Difference, hundredths of the scale { $from } – { $to }
forest-axis-share = Difference, percentage points
forest-reference = reference
forest-margin = does not matter
answer-difference = Against { $name }: { $more ->
    [one] { $added } word
   *[other] { $added } words
} more, { $less ->
    [one] { $removed } word
   *[other] { $removed } words
} less.
spread-title = { $candidate }: 95 % within { $p95 }
spread-all = { $answers } answers, none of them from a cache
spread-beyond = { $answers } answers, none of them from a cache; { $beyond } beyond { $longest } are not drawn
spread-bin = { $from } – { $to }: { $count } answers
spread-quantile = Quantile
spread-time = Time
spread-interval = 95 % interval
axis-seconds = seconds
axis-milliseconds = milliseconds
axis-answers = answers
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
note-no-rate = No rate from { $from } to { $to } on { $date } is entered: what answers of { $names } cost is not known in { $to }.
note-costs-partly = Only some answers of { $names } have a cost: their cost per success tells of these only.
note-missing-answers = Not every case has an answer of { $names }. Missing answers are left out, and beside it counted as failures.
note-no-incumbent = No candidate is marked as the one in use today: differences are counted from it. Mark it under Candidates.
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
error-plan-outdated = The workspace has changed since the preview. Look at the file again; nothing was written.
error-plan-file-changed = The file is not the one of the preview any more. Look at it again; nothing was written.
error-results-already = These results are in already: { $file }.
error-results-match-nothing = No result of this file belongs to a case of the version. Nothing was written.
error-results-only-differing = { $results } results of this file are here already and say something else. They stay as they are unless they are to be replaced.
error-results-nothing-new = Everything in this file is here already. Nothing was written.
error-results-none = There are no results yet. Nothing was written.
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
issue-columns-not-enough = The columns do not say enough yet. Say which of them names the case or what was asked, and which holds an answer or a score.
issue-answers-missing = The figures are over { $rows } answers, and { $found } are there. What is there was read.
issue-file-not-read = This file is none of results.

# Blind scoring and rules.

area-round = Round of blind scoring
time-seconds = { $seconds } s
time-minutes = { $minutes } min
time-hours = { $hours } h { $minutes } min
agreement-alpha = α { $value } over { $units } tasks judged by two or more
agreement-krippendorff = Krippendorff’s α
agreement-fleiss = Fleiss’ κ
agreement-cohen = Cohen’s κ
criterion-blind-pairs = Blind preference
criterion-file-pairs = Preference
round-of-file = Verdicts that came with a file
criterion-blind-rubric = Blind rubric
verdict-left = left is better
verdict-right = right is better
dispute-settled = { $verdict }, settled by { $by }: { $reason }
verdict-tie = tie
verdict-both-bad = both bad
verdict-skipped = skipped
ratings-disconnected = Some candidates were never compared with the others, directly or through a third: their strengths cannot stand on one scale.
ratings-separable = One candidate won or lost every comparison: its strength has no finite value. More judgements will tell.

error-round-closed = This round is closed. It cannot be changed or opened again.
error-round-findings = { $cases } of the cases hold personal data or secrets that raters would read. Look at them first, or say that they may be shown.
error-round-plan = The round cannot be opened: { $cause }
error-round-moved-on = This verdict was of an earlier pair and was not kept.
error-round-through = Every task of this rater is scored.
error-round-not-disputed = Raters agree on this task: there is nothing to settle.
error-no-such-answer = There is no such answer any more.
error-round-not-empty = Something was judged in this round. Close it: what was judged counts.
error-decision-nothing-to-discard = There is no draft to discard.
error-round-no-such-answer = That is no answer to this task.
error-round-empty = Nothing is scored yet: there is nothing to close. Cancel the round instead.
error-too-many-names = There are more names than can be hidden within answers.
error-packet-unreadable = { $file } is no packet of a round: { $cause }
error-packet-refused = { $file } cannot be taken in: { $cause }.
error-packet-not-ours = { $file } belongs to no packet that went out from this round.
error-packet-same-name = Another packet came back under the name { $rater }. Say whether it is the same person; two people need two names.

field-count-of-tasks = From 1 to 100,000.
field-rule-broken = { $cause }
field-criterion-scored = A file or a round scores by this name already. Give the rule a name of its own.

# The decision and its memo.

area-decision = Decision of a bake-off
weighing-latency = Latency, p95
any-weight = any weight
weighing-anchors = worth 0 at { $worst }, 1 at { $best }
ahp-consistent = Consistency ratio { $ratio }: the pairs fit together.
ahp-contradictory = Consistency ratio { $ratio }: above 0.10 the pairs contradict each other.
gate-data-terms = Data terms
gate-data-terms-text = as the contract must say
gate-safety = Safety floor
gate-safety-text = upper bound of failures { $figure }, at most { $threshold }
gate-latency = Latency
gate-latency-text = p95 { $figure }, at most { $threshold }
gate-quality = Not worse than the incumbent
gate-quality-incumbent = the incumbent itself
gate-quality-text = lower bound { $figure }, has to lie above { $threshold }
gate-price = Price known
gate-price-text = { $figure } answers without a price
gate-clauses-failed = The contract says otherwise: { $clauses }
gate-clauses-unknown = Not known from the contract: { $clauses }
clause-training = no training on our data
clause-zero-retention = zero retention
clause-retention-days = days of retention
clause-storage-regions = region of storage
clause-processing-regions = region of processing
clause-subprocessor-veto = veto over sub-processors
clause-breach-hours = hours to a breach notice
clause-deletion-days = days to deletion
finding-weight-range = { $winner } stays first while { $criterion } weighs { $low } to { $high }.
finding-any-weight = { $winner } stays first whatever { $criterion } weighs.
finding-no-criterion-alone = { $winner } stays first without any one of the criteria.
finding-criterion-alone = Without { $criteria }, { $winner } would not be first.
finding-no-candidate-reorders = Dropping a candidate reorders no other: anchors are fixed.
undecided-no-candidates = No candidate is left: none passed every gate.
undecided-none-complete = Something is unknown of every candidate: nobody's score is complete.
undecided-anchors = The anchors of { $criterion } do not run from worse to better.
undecided-scale = The scale of { $criterion } has no extent.
undecided-not-finite = A value of { $criterion } is no number.
undecided-all-zero = Nothing is weighed: all weights are 0.
undecided-not-compared = { $first } and { $second } are not compared yet.
undecided-too-many = Weights by pairs are made for { $most } criteria at most.
finding-topsis-agrees = TOPSIS, as a second opinion, puts { $winner } first too.
finding-topsis-differs = TOPSIS, as a second opinion, would put { $other } first and not { $winner }.
finding-tie = { $names } are level: nothing that is weighed tells them apart.
undecided-unplaced = { $names } weighs something and has nothing to be held against: give anchors, name an incumbent, or take the weight away.
ahp-twice = Two things are compared twice, once each way round: one of the two answers has to go.
note-no-shared-cases = No case has answers of two candidates: nothing is paired, and what sets them apart may be the cases.
error-undo-results-rest = A round or a signed decision rests on these results: undo does not take them back. Results → Take back does.
error-packet-other-rater = This packet was written for { $rater } and scored under the name { $by }. Take it in as { $rater }’s only if that is who scored it.
field-no-such-candidate = There is no such candidate.
field-currency-of-contract = The commitment is in another currency than the contract.
finding-needed = { $runner } would lead with { $criterion } at { $needed }.
finding-settled = By the weighted score, the chance that { $winner } is not really ahead of the runner-up is { $wrong }: these cases settle which of the two is first.
finding-never-settled = By the weighted score, the chance that { $winner } is not really ahead of the runner-up is { $wrong }; more cases like these would not settle which of the two is first.
finding-cases-worth = If a whole score is worth a year of { $contract } ({ $stake }), knowing for certain is worth { $perfect }. { $cases } more cases bring most: { $worth } on average, for { $cost } of answers.
finding-cases-not-worth = If a whole score is worth a year of { $contract } ({ $stake }), knowing for certain is worth { $perfect }: more cases would cost more than they bring.
finding-few-cases = { $criterion } rests on { $known } of { $cases } cases.
finding-more-cases = By the weighted score, the chance that { $winner } is not really ahead of the runner-up is { $wrong }; { $cases } cases would settle which of the two is first.
evidence-hash = Hash
evidence-key-signer = signed by
evidence-key-signed-at = signed at
evidence-key-name = name of the bake-off
evidence-key-question = question
evidence-key-minimum-effect = effect that matters
evidence-key-repeats = repeats
evidence-key-choice = choice
evidence-key-rationale = why
evidence-key-dissent = dissent
evidence-key-approvers = approvers
evidence-key-candidate = candidate
evidence-key-incumbent = incumbent
evidence-key-score = score
evidence-key-first = chance of the first place
evidence-key-version = version
evidence-key-hash = hash of the record
evidence-key-round-question = question of blind round
evidence-key-round-rubric = rubric of blind round
evidence-key-round-opened-by = opened by, blind round
evidence-key-round-closed-by = closed by, blind round
evidence-key-round-details = set-up of blind round
evidence-key-other = another field
evidence-is-added = there now
evidence-is-removed = no longer there
evidence-is-changed = not as it was
evidence-is-tampered = does not fit its own hash
evidence-gate-passed = passed
evidence-gate-failed = failed
evidence-gate-unknown = not known
evidence-price = { $price } per million
evidence-decision = Signed decision
evidence-signed-on = signed on { $date }
evidence-gone = no longer in the file
evidence-suite-version = Suite version
evidence-results = Result
evidence-many-added = { $count } results came in since
evidence-many-removed = { $count } results are no longer there
evidence-many-changed = { $count } results are others now
evidence-many-tampered = { $count } results do not fit their own hash
evidence-prices = Price
evidence-weights = Weight
evidence-gates = Gate
evidence-judgements = Judgement
evidence-text = Text
evidence-figures = Figure

error-decision-gates = A gate cannot be held: { $cause }
error-decision-nothing-to-sign = There is no decision to sign.
error-decision-undecided = There is no score to sign yet: { $cause }
error-decision-no-choice = Choose a candidate first.
error-decision-no-rationale = Say why first: a decision without a reason cannot be signed.
error-decision-gate-failed = The chosen candidate does not pass every gate. Choose another, or change the gates and say why.
field-ratio-of-nine = From 1/9 to 9.
field-share-to-half = From 0 to 50 %.

memo-title = Bake-off memo: { $name }
memo-provenance = { $suite } · revision { $revision } · Quarterdeck { $version }
memo-provenance-signed = { $suite } · signed { $hash }… · revision { $revision } · Quarterdeck { $version }
memo-recommendation = Recommendation
memo-headline-chosen = { $name } is chosen
memo-headline-leads = { $name } leads; nothing is decided yet
memo-headline-open = Nothing can be decided yet
memo-cases = Cases
memo-detectable = Detectable difference
memo-wanted = { $wanted } matters
memo-first = Chance of the first place
memo-score = Score
memo-rationale = Why: { $text }
memo-dissent = Dissent: { $text }
memo-not-as-signed = What stands behind this decision is no longer what was signed: the figures here are those of today. Verify names what changed.
memo-signed = Signed by { $by } on { $date }, { $hash }
memo-approvers = Approvers: { $names }
memo-approvers-asked = To be approved by: { $names }
memo-draft = Draft of version { $version }: not signed.
memo-deadline = Serves the notice deadline of { $contract } on { $date }
memo-compared = Compared
memo-comparison = Comparison
memo-missing = Tries without an answer (score if failed)
memo-weighing = Weights and gates
memo-weighing-subtitle = Worth from 0 to 1 on fixed anchors
memo-weighed = Weighed
memo-weight = Weight
memo-range = Winner holds within
memo-anchors = Anchors
memo-gate-all = { $gate }: passed by all.
memo-gate-some = { $gate }: passed by { $passed }; not by { $others }.
memo-gate-nobody = { $gate }: passed by nobody: { $others }.
memo-no-gates = No gate was set.
memo-method = Method
memo-method-headline = How this was compared
memo-method-suite = Cases of { $suite }, frozen with the hash { $hash }.
memo-method-paired = Differences are paired by case. Intervals are 95 %: of pass-or-fail means by Wilson (below 100 cases by Clopper–Pearson), else by BCa bootstrap (10,000 resamples with a stored seed); where hardly a case tells two candidates apart, by exact bounds of wins and losses. P values are McNemar's exact test where both pass or fail, else Student's t, corrected by Holm for the comparisons with the incumbent.
memo-method-clusters = Differences are paired by case. Cases come in { $clusters } clusters and stay together: intervals are 95 % by BCa bootstrap over clusters (10,000 resamples with a stored seed), at the very ends of a scale by Clopper–Pearson over cases, p values by Student's t over clusters, corrected by Holm for the comparisons with the incumbent.
memo-rounds = Judged blind
memo-raters = Raters
memo-judged = Verdicts
memo-agreement = Agreement
memo-closed = Closed
memo-round-rater = { $rater } ({ $judged })
memo-round-closed = { $date }, { $by }
memo-round-open = open
memo-method-missing = Cases without an answer are left out of means; what the first criterion would be if each had failed stands in brackets.
memo-method-cost = A success is an answer that passes the first criterion. Its cost is that of all answers at the candidate's price, divided by successes.
memo-method-weights = Gates come first. Scores add up worth on fixed anchors; the chance of the first place comes of 100,000 draws over weights and intervals.
memo-format = Format
memo-results = Results
memo-unmatched = Unmatched
memo-candidates = Candidates
memo-stage = Stage
memo-choice = Chosen
memo-signed-on = Signed
quarter-bakeoffs = Bake-offs
quarter-headline-bakeoffs = { $count ->
    [0] No bake-off was decided
    [one] One bake-off was decided
   *[other] { $count } bake-offs were decided
}
decision-against = { $chosen } is chosen, and { $leader } has the higher score: { $high } to { $low }. The reasons should say why.
rubric-mean = { $mean } of { $count ->
    [one] 1 answer
   *[other] { $count } answers
  }
gate-safety-unknown = no criterion of safety has scores
gate-latency-unknown = no answer has a time
gate-quality-unknown = no difference from an incumbent is known
gate-price-unknown = no answer has a cost
agreement-low = Raters agree too little for conclusions: α below 0.67 (Krippendorff).
