# 文档页面框架的文字；各章节的文字另见其文件。

report-continued = { $title }（续）
report-page = { $page } / { $pages }
report-contents = 目录
report-warning-character = 内置字体中没有字符“{ $character }”（{ $code }），文中以 □ 代替。
