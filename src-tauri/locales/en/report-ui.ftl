# The report screen. The report's own words are in report.ftl.

review-quarterly = Quarterly review
review-export = Export PDF…
document-export-title = Export: { $document }
review-export-title = Export quarterly review
review-export-note = The file is the one you see in the preview.
review-path = Save to
review-save = Save PDF
review-exported = { $pages ->
        [one] PDF saved: { $pages } page
       *[other] PDF saved: { $pages } pages
    }, { $size }
review-drawing = Drawing the report
review-opening = Opening the report
review-preview = Page preview
review-preview-broken = The preview could not be drawn. The PDF can still be exported.
review-pages = Pages
review-page = Page { $page }
review-page-label = Page { $page } of { $count }: { $title }
review-commentary = Commentary
review-commentary-hint = Plain paragraphs; lines that start with “- ” become bullets.
review-warnings = Before you send it
reports-empty-title = A quarter on paper
reports-empty-text = Once usage is imported, the quarterly review puts spend, unit costs, contracts and sources into a PDF you can present.
paper-deck = 16:9
paper-a4 = A4
paper-letter = Letter
review-sections = Sections
review-sections-count = { $chosen } of { $all }
review-sections-hint = Drag, or press Alt with an arrow, to change their order. Each document keeps its own.
review-no-commentary = No commentary yet
review-this-page = This page
review-finding = Finding
review-previous = Previous page
review-next = Next page
review-page-of = Page { $page } of { $count }
review-fit = Fit
review-zoom = { $percent } %
review-smaller = Smaller
review-larger = Larger
review-export-newer = Something has changed since the preview was drawn. The file will have what is there now.
term-finding = The headline of the page: what a reader should take away. Left empty, it is computed from the figures.
review-earlier = What { $document } said here
review-bring-over = Bring it over
review-figures = Figures on this page ({ $count })
review-figure-moved = { $label } read { $was } when this was written and reads { $now } now.
review-figure-use = Use { $now }
review-figure-keep = Keep { $was }
