# Usage files and their import.

import-usage = 导入用量
import-file = 文件
import-path = 用量文件
import-format = 格式
import-source = 数据源
import-source-example = 生产网关
import-refused = 拒绝
import-computed = 计价成本
import-reported = 上报成本
import-when = 导入时间
import-actions = { $name } 的操作
import-revert = 撤回导入
import-revert-title = 撤回 { $name }？
import-revert-text = { $rows } 行将移出工作区，基于它们的所有数字都会变化；磁盘上的文件不受影响。
import-reverted = 已撤回 { $name }
imports-empty-title = 尚无用量
imports-empty-text = 导入网关或供应商的导出文件，写入前可预览全部内容。
import-steps = 导入步骤
import-step-file = 文件
import-step-map = 列
import-step-plan = 预览
import-step-done = 完成
import-drop-title = 将用量文件拖到此处
import-drop-text = 也可选择文件或粘贴路径；压缩文件（.gz）可直接读取。
import-continue = 继续
import-reading = 正在读取…
import-formats-title = 支持的格式
format-generic-csv = CSV
format-generic-jsonl = JSON Lines
format-litellm-spend-logs = LiteLLM
format-openai-usage = OpenAI 用量
format-anthropic-usage-csv = Anthropic 用量
format-anthropic-cost-csv = Anthropic 成本
format-note-generic-csv = 任何含时间、模型和 Token 的表格
format-note-generic-jsonl = 每行一个 JSON 对象
format-note-litellm-spend-logs = 支出日志，JSON 或 JSONL
format-note-openai-usage = 组织用量 API 的分页结果
format-note-anthropic-usage-csv = 控制台按日、密钥和模型的导出
format-note-anthropic-cost-csv = 控制台成本导出
import-guessed = 已识别
import-rows-about = 约 { $rows } 行
import-delimiter = 以 { $delimiter } 分隔
import-delimiter-comma = 以逗号分隔
import-delimiter-semicolon = 以分号分隔
import-delimiter-tab = 以制表符分隔
import-delimiter-bar = 以竖线分隔
import-remembered = 沿用上次的列设置
import-already = 此文件已于 { $date } 导入，再次导入不会有任何变化。
import-overruled = 其中 { $hours } 个小时与另一次导入的记录不同。可在导入列表中更改那次导入，决定以哪一个为准。
import-zone = 无时区的时间
import-zone-refuse = 拒绝
import-cost-currency = 成本列的货币
import-currency-none = 无成本列
import-includes-cache = 输入 Token 包含缓存读写
import-sample = 文件的前几行
import-unused = 未使用
import-group-what = 时间、对象与归属
import-group-tokens = Token
import-group-outcome = 结果与成本
import-group-timing = 延迟
import-not-in-file = 文件中没有
import-from-file = 取自文件
import-constant = 每行相同…
import-constant-for = 每行的{ $field }
import-needed = 必填
import-known-columns = 此格式的列已知，仅需为文件未说明的内容填写值。
import-missing = 仍需：{ $fields }
import-nothing-written = 尚未写入任何内容。
import-preview = 预览导入
import-preview-again = 重新预览
import-planning = 正在读取文件
import-planning-note = 正在检查每一行并与工作区比对，不会写入任何内容。
import-committing = 正在写入导入
import-committing-note = 所有行在一个事务中写入，要么全部成功，要么全部不写。
import-rows-good = 将导入的行
import-duplicates = 文件内重复
import-skipped = 无用量
import-will-change = 将发生的变化
import-cells-new = 新增小时汇总
import-cells-same = 已存在且相同
import-cells-conflict = 已存在但不同
import-conflict-disjoint = 文件在这些小时中的用量，其供应商、模型和功能均不在已有数据中，可能来自另一系统：请返回并为其指定单独的数据源。选择替换会移除已有数据。
import-conflict-text = 此数据源有 { $count } 个小时汇总已存在且数字不同，请选择处理方式。
import-conflict-hours = { $from } 至 { $to } 之间的 { $count } 个小时
import-conflict-stated = 所写金额
import-conflict-there = 已有数据
import-conflict-file = 此文件
import-conflict-label = 如何处理不同的汇总
import-conflict-choose = 请选择如何处理不同的汇总。
import-conflict-keep = 保留现有
import-conflict-keep-note = 忽略文件中的这些小时
import-conflict-replace = 以文件替换
import-conflict-replace-note = 适用于同一期间的更正导出
import-conflict-add = 两者相加
import-conflict-add-note = 适用于同一小时的另一部分数据
import-totals = 此文件中
import-issues = { $count } 行被拒绝
import-issues-note = 其余有效行照常导入。
import-issues-export = 导出被拒绝的行…
import-issues-exported = 已导出 { $rows } 行
import-issues-more = 显示前 { $shown } 行，共 { $total } 行；导出包含全部。
import-issue-row = 行
import-issue-column = 列
import-issue-what = 问题
import-issue-value = 值
import-adds-nothing = 此文件的内容均已存在，数字不会变化。保留后，另一文件撤回时仍然有效。
import-nothing-new = 没有需要写入的新内容。
import-commit-note = 写入前会先备份，整个导入可随时撤回。
import-commit = 导入 { $rows } 行
import-done-title = 导入完成
import-done-unchanged = 数字没有变化
import-done-kept = 文件已保留：最先导入的文件撤回后，它仍然有效。
import-done-text = { $name }：读取 { $rows } 行，拒绝 { $refused } 行。{ $n ->
       *[other] 新增 { $cells } 个小时汇总
    }，{ $took ->
        [0] { "" }
       *[other] { $replaced } 个取代了原有汇总，
    }{ $there ->
       *[other] { $skipped } 个此前已存在
    }。
import-open-economics = 打开单位经济效益
import-open-list = 全部导入
unpriced-title = { $count } 个模型没有价格。
unpriced-line = { $vendor } / { $model }：{ $n ->
       *[other] { $requests }
    } 次请求，{ $tokens } 个 Token
unpriced-add = 添加价格
tokens-input = 未缓存的输入 Token
tokens-cache-read = 缓存读取 Token
tokens-cache-write-5m = 缓存写入 Token，5 分钟
tokens-cache-write-1h = 缓存写入 Token，1 小时
tokens-output = 输出 Token
tokens-reasoning = 其中推理

usage-field-timestamp = 时间
usage-field-vendor = 供应商
usage-field-model = 模型
usage-field-feature = 功能
usage-field-tenant = 租户
usage-field-environment = 环境
usage-field-session = 会话
usage-field-request-id = 请求编号
usage-field-success = 请求成功
usage-field-session-success = 会话成功
usage-field-input-tokens = 输入 Token
usage-field-uncached-input-tokens = 未缓存输入
usage-field-cache-read-tokens = 缓存读取
usage-field-cache-write-5m-tokens = 缓存写入 5 分钟
usage-field-cache-write-1h-tokens = 缓存写入 1 小时
usage-field-output-tokens = 输出 Token
usage-field-reasoning-tokens = 推理 Token
usage-field-requests = 请求数
usage-field-cost = 成本
usage-field-service-tier = 服务层级
usage-field-context-window = 上下文窗口

term-source = 文件所属的数据源，例如某个网关；同一数据源的文件按小时比对。
term-refused-rows = 无法读取的行，会逐一列出原因，绝不悄悄丢弃。
term-reported-cost = 文件自身记录的成本，与计价成本并列保存，不会混用。
import-zone-needed = 这些时间没有时区：请选择其所在时区。
import-zone-missing = 时间的时区
term-import-zone = 未带时区的时间按此时区读取；若不选择，这些行会被拒绝。
term-input-includes-cache = OpenAI、LiteLLM 和 OpenTelemetry 的输入包含缓存读取，Anthropic 和 Langfuse 不包含。为避免重叠，会将其扣除。
term-cell = 某供应商、模型、功能、租户和环境在一小时内的汇总。
term-field-session = 将请求归为同一次对话或任务。
term-field-session-success = 会话是否达成目标，用于计算单次成功会话成本。
term-field-success = 请求是否无错误地得到响应。
term-field-input-tokens = 全部输入 Token 或仅未缓存部分，由上方选项决定。
term-field-context-window = 该行请求的长度范围，例如 0-200k。用于为长输入另行定价的模型选取费率。
term-field-uncached-input-tokens = 不含缓存读写的输入 Token。
term-field-requests = 对于已汇总的文件：每行代表多少次请求。
term-field-reasoning-tokens = 属于输出的一部分，不另计。

# What the importer normalised.
note-input-includes-cache = 此文件的输入 Token 包含缓存部分，已将其扣除，使各类 Token 互不重叠。
note-input-excludes-cache = 此文件的输入 Token 不含缓存部分，未作扣除。
note-daily-buckets = 文件按 UTC 日汇总，没有小时信息，因此每天记为当天正午的一个小时。
note-context-by-mean = 每行汇总了多次请求。若模型对长输入另行定价，则按平均长度选取价格。
note-context-unknown = 文件未说明请求的长度。若模型对长输入另行定价，则采用短输入的价格。
note-vendor-untold = 部分行未注明供应商，按其模型唯一厂商的目录价计价。
note-tokens-untold = 部分请求未说明用了多少 Token。这些请求照常计数，其成本未知，不按 0 计。
note-first-tag = 带多个标签的请求只计一次，归入第一个标签。
note-cost-only = 文件只有成本没有 Token，作为账单收费保存，不随价格变动。

imports-revert = 撤回…
imports-revert-title = 撤回 { $count } 次导入？
imports-revert-text = { $names } 的行将一并移出工作区，基于它们的所有数字都会变化；磁盘上的文件不受影响。
imports-reverted = 已撤回 { $count } 次导入
imports-revert-confirm = 撤回
import-first-day = 首日
import-last-day = 末日
import-bytes = 大小（字节）

# 文件的用量随时间的分布。
volume-requests = 请求数
volume-tokens = Token 数
volume-stated = 所写金额
volume-hour = 小时
volume-day = 日期
volume-title-hour = { $silent ->
        [0] 每小时{ $what }：每个小时都有数据
       *[other] 每小时{ $what }：{ $all } 个小时中有 { $silent } 个没有数据
    }
volume-title-day = { $silent ->
        [0] 每日{ $what }：每天都有数据
       *[other] 每日{ $what }：{ $all } 天中有 { $silent } 天没有数据
    }
volume-subtitle-hour = { $from } – { $to }，{ $zone }

# 文件各列对应的字段。
import-column-is = 列 { $column } 对应的字段
import-column-also = 同时作为{ $fields }
import-field-needed = { $field } · 必需
import-field-taken = { $field } · 移至此列
import-needed-fields = 仍需
import-needed-none = 必需字段已齐全
import-constants = 每行相同的值
import-constants-note = 用于没有任何列说明的内容。

# 导入对支出的影响。
effect-title = 本次导入前后的支出
effect-month = 月份
effect-before = 导入前，{ $currency }
effect-after = 导入后，{ $currency }
effect-difference = 差额，{ $currency }
effect-note = 按此处的选择计算，与“单位经济效益”页导入后的数字一致。
effect-undecided = 在回答此处的问题之前：有差异的小时不计入，重叠的数据源均计入。
cost-by-model = 按模型的成本
cost-of-model = 成本
cost-source = 依据
cost-source-stated = 文件所写
cost-source-charged = 账单费用
cost-source-unpriced = 无价格
cost-partly = 部分
cost-unpriced-tokens = { $tokens } 个 Token 没有价格
term-cost-source = 成本的来源：合同价、自定义价、目录价，或文件所写金额。此处尚未考虑账单和其他数据源。

# 导入的覆盖范围。
coverage-first = 第一行
coverage-last = 最后一行
coverage-first-hour = 起始
coverage-last-hour = 结束
coverage-told-hour = 有数据的小时
coverage-told-day = 有数据的天数
coverage-missing-hour = 无数据的小时
coverage-missing-day = 无数据的天数
coverage-counts-hour = 计入的小时
coverage-counts-day = 计入的天数
coverage-gives-way-hour = 让位的小时
coverage-gives-way-day = 让位的天数
term-coverage-counts = 数字取自此文件的时段，包括与同一数据源其他文件合并的时段。
term-coverage-gives-way = 由同一数据源的另一文件代为说明的时段。数据仍保留，若另一文件被撤回则重新生效。
coverage-gaps = { $count ->
        [0] 缺口
       *[other] { $count } 个缺口，最长的在前
    }
coverage-gaps-none-hour = 首行与末行之间每个小时都有数据。
coverage-gaps-none-day = 首日与末日之间每天都有数据。
coverage-gaps-more = 显示 { $total } 个中最长的 { $shown } 个。
coverage-hours = { $count } 小时
coverage-days = { $count } 天
coverage-shares = 同一数据源的其他文件
coverage-shares-none = 该数据源没有其他文件涉及同一时段。
coverage-share-counts = 其中 { $count } 个取自此文件
coverage-feeds = 其他数据源
coverage-feeds-none = 没有其他数据源涉及这些供应商、模型和日期。
coverage-basis-this = 以 { $here } 为准
coverage-basis-other = 以 { $there } 为准
coverage-basis-both = 两者均计入
coverage-basis-open = 尚未询问：两者均计入
coverage-mapping = 各列的读取方式
coverage-mapping-none = 此格式的列已知。
