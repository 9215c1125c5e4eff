# The user guide's own controls; its pages are Markdown.

guide-search = Search the guide
guide-contents = Contents
guide-none = No page mentions “{ $text }”.
guide-results = { $count ->
        [one] { $count } page
       *[other] { $count } pages
    }
guide-back = Back to start
