# Blind scoring and the decision, as the pages have it.

bakeoff-tab-blind = Blind scores
bakeoff-tab-decision = Decision
document-bakeoff-memo = Bake-off memo
blind-title = Blind scoring
blind-sealed = Vendors hidden until the round closes
blind-leave = Leave
blind-scored = Scored
blind-of = { $done } of { $all }
blind-pace = Pace, last 20
blind-time-left = Left at this pace
blind-rater = Rater
blind-skipped = Skipped
blind-left = Left is better
blind-right = Right is better
blind-tie = Tie
blind-both-bad = Both bad
blind-score-1 = Fails
blind-score-2 = Poor
blind-score-3 = Usable
blind-score-4 = Good
blind-score-5 = Excellent
blind-side-left = Left
blind-side-right = Right
blind-answer = Answer
blind-verdict = Verdict
blind-note = Note
blind-skip = Skip, comes back at the end
blind-shuffled = Sides are shuffled for every pair.
blind-repeat = You have seen this pair before.
blind-last = Your last ten
blind-through-title = All scored
blind-through-text = Every task of { $rater } is scored. The names stay hidden until the round is closed.
blind-input = Case { $name }
blind-rubric = Rubric

rounds-empty-title = Nothing is scored blind yet
rounds-empty-text = Raters see two answers side by side and nothing that tells whose they are. While a round is open, every page, search, export and log shows numbers in the place of names.
rounds-note = Scores of people, without the names.
round-open = Open a round
round-open-note = From now on nobody sees who is who until you close the round, and it cannot be opened again.
round-question-example = Which answer would you send?
round-mode = How
round-mode-pairs = Two answers side by side
round-mode-rubric = One answer, 1 to 5
round-question = Question to the raters
round-target = Tasks for each rater
round-by = Opened by
round-masked = Hide vendor and model names within answers
round-masked-note = Each is replaced by a neutral word.
round-despite-findings = Raters may read these cases
round-is-open = open
round-is-closed = closed
round-score = Score
round-score-note = One name for one person: agreement between raters is counted by it.
round-packet = Write a packet
round-packet-note = A file with answers and without names, for a rater on another laptop.
round-packet-tasks = Tasks
round-packet-done = { $tasks } tasks are in { $path }. What comes back is the file beside it that ends in .scored.json.
round-merge = Take in a packet
round-merge-note = The file that came back, ending in .scored.json.
round-merged = { $rater }: { $added } taken in, { $already } were here already, { $conflicts } said otherwise here and stay, { $unknown } unknown.
round-same-person = It is the same person as in the other packet
round-close = Close the round
round-close-note = Names are shown from here on, and what was scored becomes a criterion of the comparison.
round-closed-by = Closed by
round-close-title = Close this round for good?
round-close-text = It cannot be opened again: whoever scores after this knows who is who.
round-opened = Opened by { $by } on { $date }
round-imported = Came in on { $date }
round-closed = Closed by { $by } on { $date }
round-judged = { $count } verdicts
round-results-sealed = Another round of this bake-off is open: results are shown once it is closed.
rater-name = Rater
ratings-note = Bradley–Terry strengths: the chance to be found better than an average candidate, with 95 % intervals.
ratings-chance = Chance to be better
ratings-strength = Log strength
pairs = Pair
pairs-first = First better
pairs-second = Second better
disputed = { $count ->
    [one] One task on which raters disagree
   *[other] { $count } tasks on which raters disagree
}
packet-title = Score a packet
packet-note = A file of answers that somebody has sent you. Every verdict is kept in a file beside it.
palette-packet = Score a packet

decision = Decision
decision-empty-title = There is nobody to decide between
decision-empty-text = Bring in results first. Gates, weights and the chance of the first place follow from them.
decision-draft = Draft of version { $version }
decision-signed = Version { $version }, signed by { $by } on { $date } · { $hash }
decision-reopens = This decision is signed and stays as it is. A change begins the next version.
decision-score = Score
decision-first = First place
decision-choice = Chosen
decision-none = Nobody yet
decision-rationale = Why
decision-dissent = Dissent
decision-approvers = Approvers
decision-approvers-hint = Names, separated by commas
decision-sign = Sign
decision-sign-note = Results, prices, weights, gates and words are frozen with a hash over all of them.
decision-signed-by = Signed by
decision-is-signed = The decision is signed
decision-verify = Verify
decision-verify-note = Everything behind the signature, computed anew from this file.
verify-holds = Version { $version } is as it was signed
verify-changed = Version { $version }: { $count ->
    [one] one thing is not as it was signed
   *[other] { $count } things are not as they were signed
}
verify-part = Part
verify-what = What
verify-before = Signed
verify-after = Now
weights = Weights
weights-note = What a swing from the worst to the best anchor is worth; beside it, within which weights the first place holds.
weights-how = How weights are found
weights-direct = Directly
weights-pairs = By pairs
pairwise-note = Every two are compared on Saaty’s scale: 1 is as much, 9 on a side is extremely more for that side. The weights follow from all of them.
pairwise-pair = { $first } against { $second }
pairwise-1 = { $first } matters as much as { $second }
pairwise-3 = { $first } matters moderately more than { $second }
pairwise-5 = { $first } matters strongly more than { $second }
pairwise-7 = { $first } matters very strongly more than { $second }
pairwise-9 = { $first } matters extremely more than { $second }
pairwise-other = { $first } matters { $ratio } times as much as { $second }
pairwise-not-yet = Not compared yet
pairwise-missing = { $count ->
    [one] One of { $all } pairs is not compared yet. Until it is, the weights given directly hold.
   *[other] { $count } of { $all } pairs are not compared yet. Until they are, the weights given directly hold.
}
pairwise-unsigned = Compare every pair first, or give the weights directly.
gates = Gates
gates-note = A candidate that fails one is out, whatever its score. What is not known is not passed.
gates-passed = passed
gate-not-passed = does not pass every gate
gate-is-passed = passed
gate-is-failed = failed
gate-is-unknown = not known
gate-remove = Remove the gate { $gate }
gate-data-terms-name = No training on our data
gate-safety-floor-name = Safety floor
gate-latency-name = Latency
gate-quality-name = Not worse than the incumbent
gate-price-name = Price known
memo = Memo
round-disputes = { $count ->
    [one] Settle { $count } dispute
   *[other] Settle { $count } disputes
 }
disputes-title = Settle disputes
disputes-note = Tasks on which raters do not agree. You see the answers as they did: without names. What you settle counts in place of their verdicts when the round is closed.
disputes-none = Nothing in dispute
disputes-none-text = Raters agree on every task that two of them have scored.
dispute-reason = Reason
dispute-by = Settled by
dispute-settle = Settle
