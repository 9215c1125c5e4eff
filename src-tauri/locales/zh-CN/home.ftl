# The first screen of a workspace.

home-attention = 今日待办
home-coming = 即将到来
home-coming-more = 另有 { $count } 项
home-coming-none = 未来 30 天内没有日程。
home-calendar = 日历
home-since = 自 { $when } 以来
home-since-none = 此后没有新的变化。
since-spend = 支出
since-spend-text = { $days ->
    [1] { $amount }（{ $period }）
   *[other] { $days } 天共 { $amount }（{ $period }）
}
since-imports = 导入
since-imports-text = { $count ->
    [1] { $file }，{ $rows } 行
   *[other] { $count } 个文件，{ $rows } 行；最近：{ $file }
}
since-silent = { $feed } 在 { $date } 之后没有数据
since-comments = 评论
since-comments-text = { $count ->
    [1] { $author }：{ $title }
   *[other] { $count } 条；最近：{ $author }，{ $title }
}
since-changes = 更改
since-changes-text = { $count ->
    [1] { $what }{ $action }：{ $subject }
   *[other] { $count } 项；最近：{ $what }{ $action }，{ $subject }
}
home-quiet = 今天没有待处理事项。
home-quarter = { $quarter }概览
home-open-economics = 打开单位经济效益
home-empty-title = 从一个月的用量开始
home-empty-text = 从网关或供应商处导入用量文件，再添加相应的供应商和合同，支出、单位成本和截止日便会随之得出。

attention-decide = 决定是否续约
attention-reconcile = 对账
attention-no-usage-action = 导入用量
attention-unpriced-usage-action = 补充价格
attention-missing-rate-action = 添加汇率
attention-renews = { $per } { $amount }
section-failed = 本部分无法计算

urgency-overdue = 已逾期
urgency-week = 本周
urgency-month = 30 天内
urgency-quarter = 90 天内
urgency-later = 无日期
decisions-waiting = { $count } 项待决
home-more = 再显示 { $count } 项
home-snoozed = { $count } 项已推迟
home-snoozed-title = 已推迟
snooze = 推迟
wake = 立即恢复
snoozed-until = 已推迟到 { $date }
until-date = 到 { $date }
snooze-tomorrow = 推迟到明天（{ $date }）
snooze-monday = 推迟到下周一（{ $date }）
snooze-two-weeks = 推迟两周（到 { $date }）
snooze-month = 推迟 30 天（到 { $date }）
area-snooze = 待决事项
change-until = 推迟到
field-not-in-the-future = 请选择今天之后的日期。

calendar-price-begins = 协议价开始生效
nav-calendar = 日历
calendar-title = 即将到来
calendar-month = 月视图
calendar-agenda = 未来 12 个月
calendar-none = 未来 12 个月内没有任何日期。合同的不续约通知截止日、续约和结束日期会显示在这里。
calendar-today = 今天
calendar-export = 导出到日历
calendar-export-note = 一个 .ics 文件，包含所有有日期的事项。再次导入时会更新已有事项，不会重复。
calendar-exported = 已写入 { $count } 个日期
calendar-more-on = { $day }另有 { $count } 项：在日程中打开
calendar-more = 另有 { $count } 项
calendar-write = 写入文件
palette-calendar-export = 将所有日期导出到日历
