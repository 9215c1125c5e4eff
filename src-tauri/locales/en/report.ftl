# Texts of documents: the frame around every page. Sections bring their own texts.

# On a page that carries on what did not fit on the one before.
report-continued = { $title } (continued)
report-page = { $page } / { $pages }
report-contents = Contents
report-warning-character = No bundled font has the character { $character } ({ $code }); □ stands in its place.
# On a document's page about its method. Code points only: the characters themselves cannot be printed.
report-method-characters = { $count ->
    [one] One character of this document’s texts is in none of its fonts; □ stands in its place ({ $codes }).
   *[other] { $more ->
        [0] { $count } characters of this document’s texts are in none of its fonts; □ stands in their place ({ $codes }).
       *[other] { $count } characters of this document’s texts are in none of its fonts; □ stands in their place ({ $codes } and { $more } more).
    }
}
