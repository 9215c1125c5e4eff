# 文档页面框架的文字；各章节的文字另见其文件。

report-continued = { $title }（续）
report-page = { $page } / { $pages }
report-contents = 目录
report-warning-character = 内置字体中没有字符“{ $character }”（{ $code }），文中以 □ 代替。
# 文档"方法"页上的说明。只写码位：这些字符本身无法打印。
report-method-characters = { $more ->
    [0] 本文档的文字中有 { $count } 个字符不在所用字体之内，以 □ 代替（{ $codes }）。
   *[other] 本文档的文字中有 { $count } 个字符不在所用字体之内，以 □ 代替（{ $codes }，另有 { $more } 个）。
}
