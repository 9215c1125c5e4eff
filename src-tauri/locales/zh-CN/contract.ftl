# Contracts: terms, deadlines, prices and documents.

contract-add = 添加合同
contract-new = 新合同
contract-new-note = 期限、通知期和价格可稍后填写。
contract-create = 创建合同
contract-needs-vendor = 请先添加供应商
contract-needs-vendor-text = 合同须归属某个供应商，而此工作区尚无供应商。
contract-actions = 合同操作
contract-delete = 删除合同
contract-deleted = 已删除 { $name }
contract-title = 标题
contract-title-example = 2026 年订购单
contract-kind = 类型
contract-kind-msa = 主协议
contract-kind-order-form = 订购单
contract-state-future = 未开始
contract-state-active = 生效中
contract-state-ended = 已结束
contract-start = 开始日期
contract-end = 固定结束日
contract-end-hint = 填写后优先于期限计算。
contract-tab-terms = 期限与承诺
contract-part-term = 期限与通知
contract-part-money = 承诺消费
contracts-empty-title = 尚无合同
contracts-empty-text = 添加合同后，即可获知通知的截止日、按实际价格计算用量，并附上已签署的 PDF。
parties = 签约方
initial-term = 初始合同期
renewal-term = 续约期
auto-renew = 自动续约
auto-renew-note = 除非及时发出通知
notice-given = 已发出通知日期
notice-min = 至少提前通知
notice-max = 最多提前通知
days-before-end = 天（期限结束前）
current-term = 当前期限
term-rolling = 无固定期限
renewals = 已续约次数
deadline = 截止日
deadline-why = 截止日的计算方式
deadline-notice = { $date } · 通知
deadline-end = { $date } · 结束
upcoming = 即将到来
upcoming-none = 没有即将到来的日期。
upcoming-notice-opens = 通知窗口开启
upcoming-notice = 不续约通知截止日
upcoming-renewal = 续约
upcoming-end = 结束
commitment = 承诺金额
commitment-period = 周期
per-term = 每个期限
per-year = 每年
per-quarter = 每季度
per-month = 每月
contract-prices-empty = 尚无合同价格
contract-prices-empty-text = 此处的价格自生效日起优先于工作区覆盖价和目录价。
contract-prices-note = 新价格自其日期起取代当时生效的价格，此前的支出不受影响。
contract-price-note = 自您指定的日期生效，并取代当时生效的价格。

term-initial-term = 首个期限的长度；留空表示持续有效，直至一方终止。
term-renewal-term = 首个期限之后每次续约的长度。
term-fixed-end = 合同的最后一天，不受期限约定影响。
term-notice-given = 发出通知的日期，合同将在当前期限结束时终止。
term-notice-min = 当前期限结束前，最晚须提前多少天发出通知。
term-notice-max = 当前期限结束前，最早可提前多少天发出通知。
term-notice-deadline = 发出不续约通知、使合同在当前合同期结束时终止的最后一天（含当日）。
term-current-term = 计入历次续约后今天所处的合同期。
term-commitment = 您承诺在每个周期内支出的金额。

strip-term = 当前合同期
strip-renewals = { $renewals ->
    [0] 初始合同期
   *[other] 已续约 { $renewals } 次
}
strip-days = { $days ->
    [0] 今天
   *[other] 还有 { $days } 天
}
strip-drawn = 已用承诺消费
strip-drawn-of = { $drawn } / { $committed }
strip-commitment = 承诺消费
strip-saved = 较目录价节省
strip-saved-note = 自本合同期起
strip-spend = { $period }支出
strip-share = 占支出比例
strip-models = 在用模型
drawdown-ahead = 比匀速进度多 { $amount }
drawdown-behind = 比匀速进度少 { $amount }
drawdown-used-up = 按当前进度将于 { $date } 用完。
drawdown-short = 按当前进度将有 { $amount } 用不完。
notice-title = 若发出不续约通知
notice-question = 假设通知日期
notice-rolling = 合同没有固定期限，直到一方终止为止。
notice-renews = 若不发通知，{ $end } 之后自动续约 { $months } 个月。
notice-renews-for = 若不发通知，{ $end } 之后自动续约 { $months } 个月，承诺消费 { $amount }。
notice-late = 对当前合同期为时已晚：将再续约一次，于 { $end } 结束，多 { $months } 个月。
notice-late-for = 对当前合同期为时已晚：将再续约一次，于 { $end } 结束，多 { $months } 个月，承诺消费 { $amount }。
notice-ends = 合同于 { $end } 结束，不再有新的承诺。
price-at-list = 与目录价相同
price-not-listed = 没有可比的目录价
price-under-list = 自 { $date } 起低于目录价 { $by }
price-over-list = 自 { $date } 起高于目录价 { $by }
drawdown-tick = 刻度：匀速进度
notice-never-hint = 留空表示不发通知。
record-overview = 概览
record-details = 详情
record-no-activity = 尚无变更。
contract-term-from = 期限开始
contract-term-to = 期限结束
sla-credit-share = 当月费用的 { $share }
sla-claim-open = 索赔期限未知
sla-claim-by = 须在 { $date } 前索赔
sla-claim-lapsed = 索赔期已于 { $date } 截止
attention-sla-credit = { $month }的可用性为 { $uptime }：可以索取服务抵扣。
attention-claim = 索取
sla-letter =
    服务抵扣索取函：{ $contract }，{ $month }

    致 { $vendor }：

    依据 { $contract } 的服务级别条款，我方就 { $month } 索取服务抵扣。

    承诺可用性：{ $promised }
    实测可用性：{ $uptime }（停机 { $downtime }，重叠部分只计一次）
    按合同档位应抵扣：当月费用的 { $share }，即 { $amount }

    停机时段：
    { $incidents }

    请确认该抵扣及其所适用的账单。
contract-credits = 停机应得的服务抵扣
contract-credits-note = 与该供应商或合同关联、且导致服务不可用的事件；每分钟只计一次，按合同档位计算。
contract-credits-month = 月份
contract-credits-uptime = 可用性
contract-credits-down = 停机
contract-credits-amount = 抵扣
contract-credits-claim = 索赔
contract-credits-letter = 复制索取函
contract-credits-copied = 已复制索取函
