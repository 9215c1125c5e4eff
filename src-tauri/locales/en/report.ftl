# Texts of documents: the frame around every page. Sections bring their own texts.

# On a page that carries on what did not fit on the one before.
report-continued = { $title } (continued)
report-page = { $page } / { $pages }
report-contents = Contents
report-warning-character = No bundled font has the character { $character } ({ $code }); □ stands in its place.
