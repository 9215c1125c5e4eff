# Post-mortems: what the core says.

postmortem = Post-mortem
area-postmortem = Post-mortem
area-incident-event = Time line
area-incident-action = Action
action = Action
action-kind = For what
action-status = Status
action-due = Due
action-owner = Owner
postmortem-state-draft = Draft
postmortem-state-review = In review
postmortem-state-approved = Approved
postmortem-state-closed = Closed
postmortem-external = version for others
postmortem-facts = The incident
postmortem-approved-by = Approved by { $by } on { $date } · { $hash }
postmortem-approved-on = Approved on { $date }
postmortem-provenance = Quarterdeck { $version }
postmortem-cause-template = Begun
postmortem-cause-restored = Brought back

postmortem-section-summary = Summary
postmortem-section-impact = Customer impact
postmortem-section-timeline = Timeline
postmortem-section-detection = Detection
postmortem-section-technical = Root cause: technical
postmortem-section-process = Root cause: process
postmortem-section-evals-missed = Why evals missed it
postmortem-section-mitigations = Mitigations
postmortem-section-well = What went well
postmortem-section-badly = What went badly
postmortem-section-luck = Where we were lucky
postmortem-section-evals-added = Eval and regression tests added
postmortem-section-actions = Action items
postmortem-section-communications = Communications
postmortem-section-questions = Open questions
postmortem-prompt-summary = What happened, to whom, for how long. Three sentences that stand alone.
postmortem-prompt-impact = How many people, sessions, answers; what they saw.
postmortem-prompt-detection = Who or what noticed it, how long after it began, and what should have noticed it earlier.
postmortem-prompt-technical = Model, prompt, data and retrieval, tools, guardrail: what came together?
postmortem-prompt-process = Which step let it through, and what made that step seem right?
postmortem-prompt-evals-missed = Which suite would have caught it, and why did it hold no such case?
postmortem-prompt-mitigations = What ended it, and what keeps it away until the actions are done.
postmortem-prompt-well = What helped, and is worth keeping.
postmortem-prompt-badly = What made it longer or worse.
postmortem-prompt-luck = What kept it from being worse, and will not every time.
postmortem-prompt-evals-added = Cases added, to which suite, and what they hold.
postmortem-prompt-communications = Who was told what, when, by whom.
postmortem-prompt-questions = What nobody knows yet.

postmortem-hint-hindsight = Judges by what is known now. What did it look like then, and what would have made it visible?
postmortem-hint-human-error = Where asking begins, not where it ends: what made the slip possible, or likely?
postmortem-hint-character = Says what somebody is like. Say what happened, and what they had before them.
postmortem-hint-blame = Names somebody to blame. Which condition would have let anybody do the same?
postmortem-hint-obvious = If it had been, it would not have happened. What hid it?
postmortem-hint-omission = What was supposed to remind of it, and was not there?

timeline-local = Local ({ $zone })
timeline-event = Event
timeline-evidence = Evidence
timeline-empty = Nothing stands in the time line yet.
timeline-figure = How it went
timeline-figure-summary = The stages of the incident and the events of its time line.
timeline-stages = Stages
timeline-events = Events
stage-span-began = Unseen
stage-span-detected = Seen
stage-span-acknowledged = Worked on
stage-span-mitigated = Mitigated
actions-none = No action stands here yet.

action-kind-prevent = Prevent
action-kind-detect = Detect
action-kind-mitigate = Mitigate
action-kind-process = Process
action-status-open = Open
action-status-doing = In progress
action-status-done = Done, to be verified
action-status-verified = Verified
action-status-dropped = Dropped
action-overdue = { $days ->
    [one] overdue 1 d
   *[other] overdue { $days } d
  }
attention-action-due = { $kind }, from { $incident }
attention-action-due-do = Do it
attention-action-verify = Done, and nobody has looked whether it works ({ $incident })
attention-action-verify-do = Verify it
calendar-action = Action from { $incident }

chat-untimed = { $count ->
    [one] 1 line stands before any time and is left out.
   *[other] { $count } lines stand before any time and are left out.
  }
chat-doubtful = { $count ->
    [one] 1 time was shown twice by the clocks, or never, when they changed: the first is taken.
   *[other] { $count } times were shown twice by the clocks, or never, when they changed: the first is taken.
  }
chat-empty = { $count ->
    [one] 1 message says nothing and is left out.
   *[other] { $count } messages say nothing and are left out.
  }

error-postmortem-none = Nobody has begun a post-mortem of this incident.
error-postmortem-frozen = It is approved and does not change any more. Reopen it as a draft first.
error-postmortem-conflict = Somebody else changed the same passage. Yours is kept here and was not written over theirs.
error-postmortem-change = The text is another than the one this was typed on. Open it again: nothing of it is lost.
error-postmortem-too-long = The text would be longer than { $limit } MB. What was there stays as it was.
error-postmortem-damaged = This version was changed in the file, past the program, and cannot be read.
error-postmortem-step = It is at another step by now. Look at it again.
error-postmortem-actions-open = { $count ->
    [one] 1 action is neither verified nor dropped: it is closed when that is done.
   *[other] { $count } actions are neither verified nor dropped: it is closed when they are.
  }
error-postmortem-leaks = Something that stays inside ({ $mark }) would leave with it. Nothing was written.
error-chat-no-times = No line begins with a time that can be read. Ten usual shapes are, such as “14:05 Ada: …” and “2026-09-14 14:05 …”.
error-chat-not-slack = This is no export of a Slack channel: a list of messages, each with “ts” and “text”.
error-chat-too-large = A chat of more than { $limit } MB is not read.
error-chat-unreadable = { $file } cannot be read: { $cause }
field-action-evidence = Say what shows that it works: a test run, a drill, a figure.
field-action-reason = Say why it is dropped.
field-unknown-zone = A time zone such as Europe/Berlin.
postmortem-not-as-approved = Not as it was approved: title, text or time line were changed since.
error-postmortem-too-much = There is more to take out of this text than can be looked for. Nothing was written.
