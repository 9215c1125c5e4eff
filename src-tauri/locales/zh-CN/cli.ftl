# 命令行与原生菜单。

cli-workspace-needed = 请指定工作区文件：quarterdeck --workspace 文件 …
cli-created = 已创建 { $path }
cli-report-written = 已写入 { $path }，共 { $pages } 页
cli-exported = 已写入 { $path }，含 { $rows } 行小时数据
cli-backup-taken = 工作区已备份到 { $path }
cli-verified = 工作区完好。
cli-verify-failed = 工作区已损坏：{ $detail }。请恢复备份。
cli-prices-imported = 新增 { $added } 条价格，关闭 { $closed } 条，未变 { $unchanged } 条，拒绝 { $refused } 条
cli-bad-mapping = “{ $text }”不是映射。--map 请写 列=字段，--set 请写 字段=值。
cli-bad-dimension = “{ $text }”不是维度。可用 vendor、model、feature、tenant、environment。
cli-imported = 已导入 { $rows } 行，汇总为 { $cells } 个小时单元。
cli-import-unchanged = 文件中的内容均已存在，未作更改。
cli-plan-rows = { $file }：有效 { $good } 行，无效 { $bad } 行，重复 { $duplicate } 行，无用量 { $skipped } 行
cli-plan-period = 自 { $from } 至 { $to }
cli-plan-cost = 按价格簿计算的成本：{ $amount }
cli-plan-unpriced = 没有价格：{ $vendor } { $model }，{ $tokens } 个 Token
cli-plan-conflict = 有 { $cells } 个单元与该来源此前的数据不同。请用 --on-conflict keep、replace 或 add 决定。
cli-row-other = 其他
cli-column-vendor = 供应商
cli-column-contract = 合同
cli-column-term-ends = 期限届满
cli-column-act-by = 最迟行动日
cli-column-days = 天数

menu-file = 文件
menu-edit = 编辑
menu-help = 帮助
menu-new = 新建工作区…
menu-open = 打开工作区…
menu-sample = 浏览示例
menu-import = 导入用量…
menu-backup = 立即备份
menu-close = 关闭工作区
menu-guide = 用户指南
menu-shortcuts = 键盘快捷键

cli-issue = 第 { $row } 行：{ $reason }
cli-issue-column = 第 { $row } 行，{ $column } 列：{ $reason }
cli-issues-more = …… 另有 { $count } 行；用 --issues 路径 可全部写入文件。
cli-bad-format = “{ $text }”不是格式。可用 { $known }。
cli-bad-field = “{ $text }”不是字段。可用 { $known }。
error-no-good-rows = { $file } 中没有可读的行（{ $bad } 行无效），未导入任何内容。
cli-target-exists = { $file } 已存在，未作改动。如需替换，请加上 --force。
cli-folder-not-empty = 文件夹 { $file } 不为空。请选择空文件夹或新文件夹，或加上 --force 以替换其中先前导出的文件。
