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
cli-imported = 已导入 { $n ->
       *[other] { $rows } 行
    }，汇总为 { $cells ->
       *[other] { $hours } 个小时单元
    }。
cli-imported-part = 读取 { $n ->
       *[other] { $rows } 行
    }：{ $cells ->
        [0] 没有新增小时单元
       *[other] 新增 { $hours } 个小时单元
    }。
cli-import-kept = 此文件的内容均已存在，数字没有变化。文件已保留，另一文件撤回后仍然有效。
cli-import-unchanged = 文件中的内容均已存在，未作更改。
cli-plan-rows = { $file }：{ $n ->
       *[other] 有效 { $good } 行
    }，无效 { $bad } 行，重复 { $duplicate } 行，无用量 { $skipped } 行
cli-plan-period = 自 { $from } 至 { $to }
cli-plan-cost = 按价格簿计算的成本：{ $amount }
cli-plan-unpriced = 没有价格：{ $vendor } { $model }，{ $tokens } 个 Token
cli-plan-disjoint = 文件在这些小时中的用量，其供应商、模型和功能均不在已有数据中，可能来自另一系统：请用 --source 为其指定单独的数据源。
cli-plan-conflict = 自 { $from } 至 { $to }，有 { $hours } 个小时与该数据源此前的记录不同：原有 { $before } 个 Token，本文件 { $after } 个。请用 --on-conflict keep、replace 或 add 决定。
cli-plan-conflict-stated = 这些小时的行所写金额：原有 { $before }，本文件 { $after }。
cli-row-rounding = 舍入差
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
menu-quit = 退出
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
cli-separator = { "、" }
cli-bad-currency = “{ $text }”不是货币。
cli-bad-filter = “{ $text }”不是筛选条件。请写 维度=值，例如 --filter feature=search。
cli-bad-same-traffic = “{ $text }”未说明以哪个数据源为准。请写 --same-traffic "数据源=this"、"数据源=other" 或 "数据源=both"。
cli-bad-id = “{ $text }”不是编号。编号可用本命令的 list 查看。
cli-bad-day = “{ $text }”不是日期。请写成 2026-07-01。
cli-unknown-price = 没有生效的价格的 { $dimension } 为“{ $value }”。
cli-unknown-value = 没有任何用量的 { $dimension } 为“{ $value }”。
cli-strict = { $file } 中有 { $bad } 行无效。因使用了 --strict，未导入任何内容。
cli-hint-decimal-comma = 若 12,5 表示十二点五，请加 --decimal-comma true；若写作 12.5，请加 --decimal-comma false。
cli-hint-day-first = 若日在前（31/07），请加 --day-first true；若月在前（07/31），请加 --day-first false。
cli-hint-create-folder = 加上 --create-folder 即可创建该文件夹。
cli-hint-on-conflict = 请加 --on-conflict keep（不计入这些小时）、--on-conflict replace（替换现有数据）或 --on-conflict add（两者都计入）。
cli-hint-same-traffic = 请加 --same-traffic "{ $feed }=this"（以本文件为准）、"{ $feed }=other"（以另一数据源为准）或 "{ $feed }=both"（二者是不同的流量）。
cli-hint-time-zone = 请加 --time-zone，例如 --time-zone Asia/Shanghai。
cli-hint-mapped-twice = 字段 { $field } 只能指定一次：用 --map 列={ $field } 指定一列，或用 --set { $field }=值 指定固定值。
cli-hint-source = 请用 --source 为此数据源另起名称。
cli-hint-timestamp = 请用 --map 列=timestamp 指明时间所在的列。
cli-hint-period = 请写 2026-Q3、2026-07、2026 或 2026-07-01..2026-07-31。
cli-hint-by = 请写一个或两个维度，例如 --by feature,model。
cli-hint-zone = 请写 IANA 时区名，例如 Asia/Shanghai 或 UTC。
cli-hint-currency = 请写三个字母的 ISO 4217 货币代码，例如 CNY。
cli-hint-fx = 请录入汇率：quarterdeck fx add { $from } { $to } { $day } 汇率
cli-hint-imports = 用 quarterdeck imports list 查看编号，再用 quarterdeck imports undo 编号 撤销，或用 quarterdeck imports answer 编号 keep、replace 或 add 处理。
cli-hint-prices = 用 quarterdeck prices list --model 名称 可查到价格簿中的名称。
cli-hint-name = 例如 { $flag } 名称，可选：{ $values }
cli-hint-value = 例如 --filter { $dimension }=值，可用的值有：{ $values }
cli-feed-not-asked = 此处无需就数据源“{ $feed }”作答，其 --same-traffic 不起作用。
cli-reused = 沿用表头相同的上一个文件的设置：{ $what }。如需更改，请用 --map、--set、--source 等选项。
cli-reused-zone = 时间为 { $zone } 时区
cli-reused-currency = 成本以 { $currency } 计
cli-reused-decimal = { $comma ->
        [1] 小数点为逗号
       *[0] 小数点为句点
    }
cli-reused-day = { $first ->
        [1] 日期为日在前
       *[0] 日期为月在前
    }
cli-reused-feed = 数据源“{ $feed }”
cli-left-out = 自 { $from } 至 { $to }，有 { $hours } 个小时未计入：{ $n ->
       *[other] { $requests } 个请求
    }，{ $tokens } 个 Token。数据已保留，可用 quarterdeck imports answer { $id } replace 或 add 计入。
cli-plan-feed = 数据源：{ $feed }（{ $format }）
cli-plan-reported = 文件上报的成本：{ $amount }
cli-plan-already = 该文件已于 { $time } 以相同方式导入，再次导入不会有任何变化。
cli-plan-overruled = 其中 { $hours } 个小时与另一次导入的记录不同。若要以此文件为准，请为那次导入重新作答：quarterdeck imports answer
cli-plan-replaces = 该文件曾于 { $time } 以不同方式导入，此次将替换当时的数据。
cli-plan-overlap = 自 { $first } 至 { $last }，数据源“{ $feed }”在 { $days } 天里记录了相同的流量（{ $vendors }）：该数据源 { $there } 个 Token，本文件 { $here } 个。请用 --same-traffic "{ $feed }=this"、other 或 both 决定。
cli-column-day = 日期
cli-column-per-minute = 每分钟
cli-column-p50 = p50
cli-column-p95 = p95
cli-column-p99 = p99
cli-column-busiest = 峰值
cli-column-at = 时间
cli-column-duration = 耗时
cli-column-known-requests = 请求数
cli-demand-requests = 请求
cli-demand-input-tokens = 输入 Token
cli-demand-output-tokens = 输出 Token
cli-demand-latency = 延迟
cli-demand-first-token = 首 Token 延迟
cli-demand-all-days = 全部
cli-demand-none = 此期间没有用量。
cli-demand-unknown = 每分钟数据为“—”：文件只有小时或按日合计，或在开始记录分钟之前导入。请用逐条请求的文件重新导入。
cli-coverage = 覆盖 { $share }
cli-reconcile-none = 该时段内没有供应商的用量或账单。
cli-column-month = 月份
cli-column-computed = 计算
cli-column-reported = 上报
cli-column-billed = 账单
cli-column-metered = 计量
cli-column-difference = 差额
cli-column-share = 占比
cli-set-aside = { $vendor }，{ $month }：让位的数据源合计 { $amount }，仅供比较，不计入支出。
cli-unrecognised = { $vendor }，{ $month }：账单中有 { $amount } 的模型名称无法识别，仅按供应商和日期匹配。可用“quarterdeck aliases add”记录名称的含义。
cli-unresolved = 价格簿中没有 { $vendor } { $model }。
cli-unresolved-guess = 如果它就是 { $target }：quarterdeck aliases add "{ $vendor }" "{ $model }" { $target }
cli-column-id = 编号
cli-column-file = 文件
cli-column-feed = 数据源
cli-column-format = 格式
cli-column-imported = 导入时间
cli-column-rows = 行数
cli-column-bad = 无效
cli-column-from = 自
cli-column-to = 至
cli-column-answer = 处理方式
cli-column-provider = 提供商
cli-column-model = 模型
cli-column-tier = 服务层级
cli-column-layer = 层级
cli-column-since = 生效自
cli-column-input = 输入
cli-column-cache-read = 缓存读取
cli-column-cache-write = 缓存写入
cli-column-output = 输出
cli-column-alias = 别名
cli-column-status = 状态
cli-column-contracts = 合同数
cli-column-spend = 本季度支出
cli-column-models = 模型数
cli-column-state = 状态
cli-column-commitment = 承诺金额
cli-import-undone = 已撤销 { $file }，其数据不再计入。
cli-import-answered = { $file }：与此前记录不同的小时按 { $answer } 处理。
cli-prices-more = …… 另有 { $count } 条；--all 可全部列出，--provider 与 --model 可筛选。
cli-price-added = 已添加 { $price }（{ $id }）。
cli-price-closed = { $price } 于 { $time } 终止。
cli-priced = 此前没有价格、现已计价的用量：
cli-priced-none = 没有等待该价格的用量。
cli-priced-day = { $day }：{ $tokens } 个 Token，{ $cost }
cli-fx = 自 { $day } 起，1 { $from } = { $rate } { $to }
cli-bad-target = “{ $text }”不是价格簿中的模型。请写成 提供商/模型，例如 openai/gpt-4o。
cli-alias-added = { $vendor } 的“{ $alias }”即 { $target }。
cli-alias-removed = 已删除别名：{ $vendor } 的“{ $alias }”（{ $target }）。此前据此计算的价格保持不变。
cli-no-alias = 没有 { $vendor } 的别名“{ $alias }”。
cli-no-pair = 未发现“{ $a }”与“{ $b }”记录相同的流量。
cli-hint-pairs = 已知的数据源对：{ $pairs }
cli-feeds-one = 以“{ $counts }”为准，“{ $other }”用于对账。
cli-feeds-both = “{ $a }”与“{ $b }”均计入：二者是不同的流量。
cli-standard-input = 标准输入
cli-draft-not-read = 无法读取 { $file }：{ $cause }。
cli-draft-unfit = { $file } 不是所需的记录：{ $cause }。
cli-draft-unknown-fields = { $file } 含有未知字段：{ $fields }。未保存任何内容。
cli-draft-has-id = 该记录已有编号。如需修改，请用 edit 编号 文件。
cli-draft-of-another = 文件中的编号与给出的编号不同，未保存任何内容。
cli-hint-draft = 格式如下：{ $example }
cli-saved = 已保存 { $name }（{ $id }）。
cli-check-nothing = 没有需要处理的事项。
cli-feeds-none = 未发现记录相同流量的数据源。
cli-fx-none = 尚未录入汇率。
cli-unsaid = 操作已完成，但结果无法写出：{ $cause }。

# 测试集与横向评测。

cli-suite-imported = { $name }：草稿 { $version } 中有 { $cases } 个用例（{ $id }）
cli-suite-frozen = 版本 { $version } 已冻结：{ $cases } 个用例，{ $hash }
cli-results-plan = { $candidates } 个候选的 { $matched } 个结果，对应 { $cases } 个用例中的 { $answered } 个；{ $unmatched } 个不属于任何用例
cli-results-differing = { $differing } 条已有结果与文件不同：除非指定 --replace，否则保持不变。
cli-import-would-make = 将新建测试集和横向评测“{ $name }”（{ $cases } 个用例），并导入 { $candidates } 个候选的 { $results } 条结果和 { $verdicts } 条裁决。
cli-bakeoff-made = 已新建横向评测“{ $name }”，使用同名测试集的第 { $version } 版。
cli-frozen-by-import = 导入
cli-bakeoff-and-file = 请给出横向评测和文件，或只给出文件。
cli-unknown-results-format = 没有名为“{ $format }”的格式。可用格式：csv、jsonl、{ $known }。
cli-no-results-in-file = { $file } 只有用例，没有结果：未创建任何内容。其用例可用 suite import 导入。
cli-results-reverted = 该次导入不再计入。
cli-results-import = 导入 { $id }：{ $name }，{ $results } 条结果。
cli-results-imported = 已导入 { $results } 个结果；{ $unmatched } 个没有对应用例，{ $known } 个已存在。
cli-no-such-suite = 没有名为“{ $suite }”的测试集。
cli-no-such-vendor = 没有名为“{ $vendor }”的供应商。
cli-several-bakeoffs = 有多个横向评测名为“{ $bakeoff }”：请用编号指明。
cli-no-such-bakeoff = 没有名为“{ $bakeoff }”的横向评测。
cli-suite-not-frozen = “{ $suite }”还没有冻结的版本：quarterdeck suite freeze。
cli-map-pair = “{ $pair }”不是 字段=列 的形式。
cli-map-field = “{ $field }”不是用例或结果表的字段。
cli-column-suite = 测试集
cli-column-kind = 类型
cli-column-cases = 用例
cli-column-frozen = 已冻结
cli-column-bakeoff = 横向评测
cli-column-candidates = 候选
cli-column-results = 结果

cli-scored = 已为 { $scored } 个回答评分，{ $unscored } 个无法评分。
cli-rule-unreadable = 无法读取规则：{ $cause }
cli-no-open-round = “{ $bakeoff }”没有进行中的轮次。
cli-round-closed = { $bakeoff }的轮次已关闭。此后显示名称。
cli-decision-signed = 由{ $by }签署，{ $hash }
cli-nothing-signed = 尚无签署。
cli-decision-holds = 第 { $version } 版与签署时一致，{ $hash }
cli-decision-gone = 有一份已签署的决策已不在文件中
cli-decision-changed = 第 { $version } 版与签署时不同，{ $hash }
cli-results-exported = { $path }：{ $rows } 个结果
cli-memo = { $path }：{ $pages } 页
cli-column-number = 编号
cli-column-incident = 事件
cli-column-severity = 严重级别
cli-unknown-word = “{ $word }”不是此处可用的词：请看 --help。
cli-not-a-time = “{ $text }”不是时间。
cli-no-incident = 没有事件 { $incident }。
cli-postmortem-written = 复盘已写入 { $path }
cli-column-action = 改进项
cli-column-due = 截止日
cli-column-owner = 负责人
cli-column-slo = 目标
cli-column-slo-objective = 目标值
cli-column-slo-sli = 实测
cli-column-slo-left = 剩余预算
cli-column-slo-burn = 近 3 天燃烧率
cli-column-slo-gone = 用尽日
cli-column-slo-state = 状态
cli-slo-exported = 已将 { $rows } 个目标写入 { $path }
cli-slo-measured = 由 { $read } 行或样本得到 { $points } 分钟的测量
cli-slo-imported = 新增 { $made } 个，更改 { $changed } 个，未变 { $same } 个
cli-not-a-label = “{ $text }”不是 label=value 的形式。
cli-no-slo = 没有名为“{ $slo }”的目标。
