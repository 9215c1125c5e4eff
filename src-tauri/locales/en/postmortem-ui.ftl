# Post-mortems and actions in the window.

nav-actions = Actions
postmortem-name = Post-mortem
postmortem-empty-title = No post-mortem yet
postmortem-empty-text = It begins with the sections of a good one, each with what belongs there. What you type is kept within a third of a second, without a network.
postmortem-begin = Begin the post-mortem
postmortem-actions = More of this post-mortem
postmortem-incident = Incident
postmortem-to-review = Send to review
postmortem-to-approved = Approve
postmortem-to-closed = Close
postmortem-to-draft = Back to draft
postmortem-outline = Outline
postmortem-hints = Hints
postmortem-hinting = Point at words that judge people
postmortem-words = { $count ->
    [one] 1 word
   *[other] { $shown } words
  }
postmortem-placeholder = What happened?
postmortem-preview = As it is read
postmortem-look = What is shown
postmortem-look-write = Write
postmortem-look-both = Both
postmortem-look-read = Read
postmortem-mark-inside = Keep the selection inside (Ctrl+Shift+H)
postmortem-insert-timeline = Insert the time line
postmortem-insert-actions = Insert the actions
postmortem-focus = Focus
postmortem-focus-off = Show everything
postmortem-damaged-note = Later versions in this file were changed past the program and cannot be read. This is the newest that can; what you write goes on from it.
postmortem-approved-note = Approved by { $by } on { $date }, { $hash }. The text and the time line do not change any more.
postmortem-approved-changed = This is no longer what { $by } approved on { $date } ({ $hash }): title, text or time line were changed since.
postmortem-conflict-note = Somebody changed the same passage in another window. Both texts are kept in the history, whichever you go on with.
postmortem-conflict-mine = Go on with mine
postmortem-conflict-theirs = Go on with theirs
postmortem-approve-note = The text and the time line are frozen as they stand, under a hash. Reopening makes it a draft again.
postmortem-approver = Approved by
postmortem-names = Names that stay inside
postmortem-names-note = People, customers, systems: taken out of the version for others wherever they stand, like passages marked {"{"}==like this=={"}"}.
postmortem-names-label = One in a line
postmortem-names-keep = Keep the names
postmortem-history = History
postmortem-history-note = Every pause is kept. Bringing a version back adds one; those between stay.
postmortem-versions = Versions
postmortem-restore = Bring this version back
postmortem-restored = The text of { $at } is back.
history-changes = Changes since
history-lines = Who wrote what
history-newest = newest
history-is-newest = This is the text as it stands.
history-saves = { $count ->
    [one] saved once
   *[other] saved { $count } times
  }
export = Export
postmortem-export = Export the post-mortem
postmortem-export-note = Everything that stands in it, marks taken off.
postmortem-export-external-note = Without marked passages, names that stay inside, owners, evidence and pictures. The file is looked through before it is written.
postmortem-for-others = Version for people outside
postmortem-form = Form
postmortem-paper = Paper
postmortem-exported = Post-mortem written
postmortem-exported-external = Version for others written

timeline-title = Timeline · UTC ({ $zone } on hover)
timeline-what = What happened
timeline-seen = Evidence
timeline-nothing = Nothing yet. Type a time, or paste a chat.
event-add = Add an event
event-change = Change the event
event-keep = Keep the event
event-edit = Change “{ $text }”
event-remove = Remove “{ $text }”
event-deleted = Event removed
event-at = When
event-who = Who said it

actions-title = Actions
actions-nothing = None yet.
actions-look = How actions are shown
actions-list = List
actions-board = Board
actions-empty-title = No actions yet
actions-empty-text = They are added in an incident’s post-mortem: what is done so that it does not come again, by whom, and how anybody will know.
action-add = Add an action
action-change = Change the action
action-keep = Keep the action
action-remove = Remove
action-gone = Action removed
action-title = What is done
action-for = For what
action-standing = Status
action-by = Due
action-late = Overdue
action-verify = How anybody will know that it works
action-evidence = What shows that it works
action-evidence-hint = Asked for before it counts as over.
action-why = Why it is dropped

chat-import = Paste a chat
chat-note = Times are found in the text; each message becomes an event. An export of Slack is read with its users.json.
chat-text = The chat
chat-placeholder = 14:05 Ada: canary is red
chat-file = Chat
chat-choose = Choose a file…
chat-cut = Only the first two million characters are shown here. Choose it as a file instead.
chat-zone = Zone of times without one
chat-day = Day of times without one
chat-order = 9/4/2026 is
chat-month-first = 4 September
chat-day-first = 9 April
chat-take = { $count ->
    [one] Take 1 event
   *[other] Take { $shown } events
  }
chat-added = { $count ->
    [0] Everything of it was there already.
    [one] 1 event added
   *[other] { $shown } events added
  }
chat-more = { $count ->
    [one] 1 more comes in with these.
   *[other] { $shown } more come in with these.
  }

editor-find = Find
editor-replace = Replace
editor-next = next
editor-previous = previous
editor-all = all
editor-match-case = match case
editor-regexp = pattern
editor-by-word = whole words
editor-replace-all = replace all
editor-close = close
editor-current-match = this match
editor-on-line = on line
editor-replaced-match-on-line = replaced on line $
editor-replaced-matches = replaced $ times
postmortem-insert-figure = Insert a figure
postmortem-figure-requests = Requests and failures
postmortem-figure-budget = Error budget
postmortem-figure-spend = Spend
figure-nothing = No usage of these hours is known: import it, and the figure stands here.
