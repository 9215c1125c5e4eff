# 季度回顾。

quarter-title = { $period }回顾
quarter-subtitle = { $span } · 编制于{ $date }
quarter-cover-kicker = AI 运营
document-sample-notice = 示例数据：虚构公司
quarter-provenance = { $imports } 次用量导入 · { $prices }价格簿 · 版本 { $revision } · Quarterdeck { $version }
quarter-compared = { $period }，对比{ $against }
quarter-no-data-headline = 本期没有用量
quarter-unpriced = { $tokens } 个 Token 尚无价格，成本未知，并非为零：请添加价格、模型别名或账单。
quarter-no-tokens-headline = 只有账单，没有计量
quarter-no-tokens = { $period }只有账单，账单只有金额没有 Token，因此没有可展示的构成。
quarter-no-data = { $period }没有导入任何用量，因此此处没有内容。

quarter-summary = 摘要
quarter-headline-outcome = 单次成功会话成本比{ $against }{ $direction ->
    [down] 下降
   *[up] 上升
} { $change }；支出为 { $spend }
quarter-headline-spend = 支出为 { $spend }，比{ $against }{ $direction ->
    [down] 减少
   *[up] 增加
} { $change }
quarter-headline-plain = 支出为 { $spend }
quarter-headline-no-spend = 本期用量尚无价格
quarter-bullet-largest = { $name }是最大的功能，占支出的 { $share }。
quarter-bullet-fastest = { $name }增长最快：对比{ $against } { $change }。
quarter-bullet-success = { $share } 的会话成功。
quarter-bullet-deadline = 下一个期限：{ $vendor }，{ $date }，{ $days ->
    [0] 就在今天
   *[other] 还有 { $days } 天
}。
quarter-bullet-unpriced = { $models } 个模型没有价格：{ $tokens } 个 Token 未计入支出。
quarter-bullet-none = 还没有可报告的用量与合同。

quarter-spend = 支出走势
quarter-change = 支出变动原因
quarter-features = 各功能单位经济效益
quarter-headline-features = { $dear }最贵，{ $dearCost }；{ $cheap }最便宜，{ $cheapCost }
quarter-models = 各模型 Token 构成
quarter-tenants = 主要租户
quarter-headline-tenants = { $tenants } 个租户中，前五名占支出的 { $share }
quarter-contracts = 合同与期限
quarter-headline-contracts = { $count ->
    [0] 未来 90 天内没有期限
   *[other] 未来 90 天内有 { $count } 个期限
}
quarter-no-contracts-headline = 没有处于期限内的合同
quarter-no-contracts = 本工作区没有处于期限内的合同，因此没有须遵守的期限。
quarter-method = 方法与来源
quarter-method-subtitle = 数字如何得出，来自哪些文件
quarter-headline-method = 所有数字来自 { $count } 个导入文件和一份带日期的价格簿
method-cost = 成本为各类 Token × 使用当时生效的价格：先合同价，再工作区自定义价，再截至{ $date }的目录价。之后的调价不会改变它。
method-charges = 账单或数据源列出、且未被计量的费用（如搜索、存储、税费或抵扣）按原额计入。
method-tokens = Token 按互不重叠的类别统计：未缓存输入、缓存读取、缓存写入、输出；推理包含在输出中。缓存 Token 不会重复计费。
method-sessions = 会话在首个请求处计一次，最后一个请求成功即为成功；成功会话分摊失败会话的成本。
method-time = 日、周、月按时区 { $zone } 划分。
method-unknown = “—”表示未知。没有价格的用量会如实列出，绝不当作免费。

column-spend = 支出（{ $currency }）
column-change = 支出，对比{ $against }
column-commitment = 承诺金额
column-file = 文件
column-feed = 来源
column-covers = 覆盖时段
column-rows = 行数
column-imported = 导入日期
in-days = { $days ->
    [0] 今天
   *[other] 还有 { $days } 天
}
