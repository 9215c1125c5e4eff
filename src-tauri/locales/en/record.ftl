# What any record carries: documents, comments, links; and people.

# Kinds of record, as the log and links name them.
area-comment = Comment
area-link = Link
area-person = Person

record-documents = Documents
record-discussion = Activity
record-comments = Comments
record-changes = Changes
record-links = Linked to

comment-new = Comment
comment-placeholder = Remark on this record
comment-add = Add comment
comment-as = Your name
comment-nobody = Somebody
comment-edit = Edit comment
comment-delete = Delete comment
comment-deleted = Comment deleted
comment-none = No comments yet

link-add = Link a record
link-find = Find a record to link
link-none = Linked to nothing yet.
link-none-found = No record is called that.
link-remove = Unlink { $title }
link-removed = { $title } unlinked
link-gone = deleted

document-path = File
document-hint = A copy is kept inside the workspace. PDF, images and text can be read here.
document-attach = Attach
document-attached = { $name } attached
document-open = Open { $name }
document-save = Save a copy…
document-saved = Copy saved
document-remove = Remove { $name }
document-removed = { $name } removed
document-unreadable = This kind of file is not shown here. Save a copy to open it elsewhere.
document-page = Page { $page } of { $pages }
documents-empty = No documents yet
documents-empty-text = Keep the signed agreement, the letter or the picture where it belongs.

nav-people = People
people-note = Records name their owner as it is written there. A person is recognised by any of their names.
people-none = Nobody yet
people-none-text = Add the people who own vendors and contracts, so that they are found by any of their names and somebody stands in for them.
person-add = Add a person
person-edit = Edit { $name }
person-names = Other names
person-names-hint = One per line: in another alphabet, without accents, as files write it.
person-role = Role
person-email = Email
person-deputy = Deputy
person-deputy-none = Nobody
person-owns = Owns
person-owns-count = { $count ->
    [0] nothing
    [one] 1 record
   *[other] { $count } records
}
person-owns-more = and { $count } more
person-save = Save
person-delete = Remove { $name }
person-deleted = { $name } removed
people-unknown = Named as owners and nobody here
people-unknown-note = Add them, or give the name to somebody as one of theirs.

change-names = Other names
change-role = Role
change-email = Email
change-deputyId = Deputy
