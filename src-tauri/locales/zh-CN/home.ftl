# The first screen of a workspace.

home-attention = 今日待办
home-quiet = 今天没有待处理事项。
home-quarter = { $quarter } 概览
home-open-economics = 打开单位经济
home-empty-title = 从一个月的用量开始
home-empty-text = 从网关或供应商处导入用量文件，再添加相应的供应商和合同，支出、单位成本和截止日期便会随之得出。

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
