# The report screen. The report's own words are in report.ftl.

report-quarterly = Quarterly review
report-export = Export PDF…
report-export-title = Export quarterly review
report-export-note = The file is the one you see in the preview.
report-path = Save to
report-save = Save PDF
report-exported = { $pages ->
        [one] PDF saved: { $pages } page
       *[other] PDF saved: { $pages } pages
    }, { $size }
report-drawing = Drawing the report
report-opening = Opening the report
report-preview = Page preview
report-preview-broken = The preview could not be drawn. The PDF can still be exported.
report-pages = Pages
report-page = Page { $page }
report-page-label = Page { $page } of { $count }: { $title }
report-commentary = Commentary
report-commentary-for = On the page “{ $page }”
report-commentary-hint = Plain paragraphs; lines that start with “- ” become bullets.
report-stale = The data or commentary has changed since this preview.
report-refresh = Refresh
report-warnings = Before you send it
reports-empty-title = A quarter on paper
reports-empty-text = Once usage is imported, the quarterly review puts spend, unit costs, contracts and sources into a PDF you can present.
paper-deck = 16:9
paper-a4 = A4
paper-letter = Letter
