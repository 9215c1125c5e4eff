# The user guide's own controls; its pages are Markdown.

guide-search = 搜索指南
guide-contents = 目录
guide-none = 没有页面提及“{ $text }”。
guide-results = { $count } 页
guide-back = 返回起始页
