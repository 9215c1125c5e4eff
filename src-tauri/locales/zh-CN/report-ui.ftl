# The report screen. The report's own words are in report.ftl.

review-quarterly = 季度回顾
review-export = 导出 PDF…
review-export-title = 导出季度回顾
review-export-note = 导出的文件与预览一致。
review-path = 保存到
review-save = 保存 PDF
review-exported = PDF 已保存：{ $pages } 页，{ $size }
review-drawing = 正在生成报告
review-opening = 正在打开报告
review-preview = 页面预览
review-preview-broken = 无法显示预览，但仍可导出 PDF。
review-pages = 页面
review-page = 第 { $page } 页
review-page-label = 第 { $page } 页，共 { $count } 页：{ $title }
review-commentary = 评述
review-commentary-for = “{ $page }”页
review-commentary-hint = 普通段落；以“- ”开头的行会成为要点。
review-stale = 自此预览以来，数据或评述已有变化。
review-refresh = 刷新
review-warnings = 发送之前
reports-empty-title = 纸上的一个季度
reports-empty-text = 导入用量后，季度回顾会将支出、单位成本、合同与来源汇成可供展示的 PDF。
paper-deck = 16:9
paper-a4 = A4
paper-letter = Letter
