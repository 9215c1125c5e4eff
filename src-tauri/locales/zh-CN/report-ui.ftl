# The report screen. The report's own words are in report.ftl.

report-quarterly = 季度回顾
report-export = 导出 PDF…
report-export-title = 导出季度回顾
report-export-note = 导出的文件与预览一致。
report-path = 保存到
report-save = 保存 PDF
report-exported = PDF 已保存：{ $pages } 页，{ $size }
report-drawing = 正在生成报告
report-opening = 正在打开报告
report-preview = 页面预览
report-preview-broken = 无法显示预览，但仍可导出 PDF。
report-pages = 页面
report-page = 第 { $page } 页
report-page-label = 第 { $page } 页，共 { $count } 页：{ $title }
report-commentary = 评述
report-commentary-for = “{ $page }”页
report-commentary-hint = 普通段落；以“- ”开头的行会成为要点。
report-stale = 自此预览以来，数据或评述已有变化。
report-refresh = 刷新
report-warnings = 发送之前
reports-empty-title = 纸上的一个季度
reports-empty-text = 导入用量后，季度回顾会将支出、单位成本、合同与来源汇成可供展示的 PDF。
paper-deck = 16:9
paper-a4 = A4
paper-letter = Letter
