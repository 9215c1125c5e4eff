# 由核心直接生成的文字：图表标题、计算说明、首页条目。

heading-vendor = 供应商
heading-model = 模型
heading-feature = 功能
heading-tenant = 租户
heading-environment = 环境

value-not-given = 未标注{ $dimension }
value-other = 其他（{ $count } 项）
row-total = 合计

token-kind-input = 未缓存输入
token-kind-cache-read = 缓存读取
token-kind-cache-write = 缓存写入
token-kind-cache-write-5m = 缓存写入（5 分钟）
token-kind-cache-write-1h = 缓存写入（1 小时）
token-kind-output = 输出

tile-tokens-per-session = 每会话 Token
tile-output-input-ratio = 输出输入比

economics-same-days = { $period }前 { $days } 天
economics-uncompared = 不与{ $period }对比：数据始于{ $since }
change-against = { $change }，对比{ $against }
change-points = { $points } 个百分点

chart-date = 日期
chart-driver = 因素
chart-amount = 金额
chart-spend-title = { $name } 占支出的 { $share }
chart-spend-title-plain = 支出走势
chart-spend-subtitle-day = 按{ $dimension }划分的每日支出（{ $currency }），{ $period }
chart-spend-subtitle-week = 按{ $dimension }划分的每周支出（{ $currency }），{ $period }
chart-spend-subtitle-month = 按{ $dimension }划分的每月支出（{ $currency }），{ $period }
chart-tokens-title = { $share } 的输入 Token 来自缓存
chart-tokens-title-plain = 各类 Token
chart-tokens-subtitle = 按{ $dimension }与类别划分的 Token，{ $period }，共 { $total }
chart-unit-cost-subtitle = 平均 { $average }，{ $period }
chart-drivers-title-none = 支出没有变化
chart-drivers-title = { $driver }对支出影响最大
chart-drivers-subtitle = 由 { $before } 变为 { $after }：对比{ $against }的变化，{ $currency }
chart-drivers-net = 净变化
chart-week-of-days = { $days } 天
chart-mean-of-seven = 7 日均值
chart-price-title = { $model }：每百万 Token 价格
chart-price-subtitle = { $currency } 每百万 Token，{ $tier }层级，按当日适用的价格

driver-volume = 用量
driver-mix = 结构
driver-efficiency = 效率
driver-price = 价格
driver-volume-means = 用量：会话数增减，其余不变。
driver-mix-means = 结构：会话在成本不同的功能与模型之间转移。
driver-efficiency-means = 效率：每会话 Token 数，以及其中由缓存提供的比例。
driver-price-means = 价格：各类 Token 的单价。

explain-all = 全部用量
explain-all-input = 全部输入 Token
explain-reported-cost = 文件自带的成本
explain-spend-with-sessions = 统计了会话的用量的支出
explain-spend-with-outcomes = 已知会话成败的用量的支出
explain-spend-with-requests = 统计了请求数的用量的支出
explain-spend-with-tokens = 统计了 Token 的用量的支出
explain-priced-requests = 有价格的请求
explain-priced-tokens = 有价格的 Token

formula-spend = Σ 各类 Token × 使用当时生效的价格；文件只给出成本时，采用该成本。
formula-sessions = 会话数，每个会话只在首个请求所在的小时计一次。
formula-successful-sessions = 最后一个请求成功的会话。
formula-cost-per-session = 支出 ÷ 会话数
formula-cost-per-successful-session = 结果已知的会话所在用量的支出（含失败会话）÷ 成功会话数
formula-cost-per-request = 支出 ÷ 请求数
formula-cost-per-1k-tokens = 支出 × 1,000 ÷ Token 数
formula-tokens = 未缓存输入 + 缓存读取 + 缓存写入 + 输出
formula-tokens-per-session = Token 数 ÷ 会话数
formula-cache-hit-share = 缓存读取 Token ÷ 全部输入 Token
formula-output-input-ratio = 输出 Token ÷ 全部输入 Token

caveat-unpriced = 有 { $tokens } 个 Token 没有价格，未计入此数。
caveat-partial = 本期尚未结束，统计截至{ $date }。
caveat-some-without-sessions = 在 { $all } 中，只有 { $counted } 来自统计了会话的用量，其余未计入。
caveat-reported = 其中 { $amount } 因没有价格，采用文件自带的成本。

home-notice = { $overdue ->
    [1] 不续约通知的截止日{ $date }已过，合同将在{ $end }之后续约。
   *[other] 最迟于{ $date }（含当日）发出不续约通知，否则合同将在{ $end }之后自动续约。
}
home-contract-end = 将于{ $date }到期，尚无后续安排。
home-no-usage = 还没有用量
home-no-usage-detail = 导入一份用量文件，即可看到一次成功会话的成本。
home-unpriced = { $models } 个模型没有价格
home-unpriced-detail = 本季度有 { $tokens } 个 Token 未计入支出。
home-bill-differs = { $vendor }，{ $month }：账单与计量相差超过 2%
home-bill-differs-detail = 账单 { $billed }，计量 { $metered }。对账页说明差异原因。
home-bill-lump-sum = { $vendor }，{ $month }：账单与计量可能重复计入同一用量
home-bill-lump-sum-detail = 账单 { $billed } 记在没有用量的一天，其他日期计量 { $metered }。若为整月账单，两者都会计入。
home-missing-rate = 缺少 { $from } 兑 { $to } 的汇率
home-missing-rate-detail = { $date }需要该汇率。请在设置中录入，否则支出无法合计。

contract-chart-title = 下一个是 { $vendor }：{ $date }前须行动
contract-chart-title-none = 近期没有期限
contract-chart-subtitle = 当前期限、其后的安排，以及须行动的日期
contract-chart-today = 今天
contract-chart-renewal = 自动续约
contract-chart-contract = 合同
contract-chart-term-ends = 期限届满
contract-chart-act-by = 最迟行动日
contract-explain-none = 没有带期限的当前合同期：合同为滚动合同，或已结束。
contract-explain-notice = { $renewals ->
    [0] 初始合同期为{ $from }至{ $to }。
   *[other] 经 { $renewals } 次续约，当前合同期为{ $from }至{ $to }。
}不续约通知须至少在届满前 { $days } 天发出，即最迟于{ $date }（含当日）。
contract-explain-end = 合同期为{ $from }至{ $to }，不再续约，于{ $date }结束。

issue-price-changed = 该行的费率与价格簿中已有的不同；价格行只能关闭，不能修改（{ $tier }）。
issue-price-overlaps = 该行的日期与价格簿中已有的一行重叠（{ $tier }）。

citation-figure = { $figure }，{ $what }，{ $period }（{ $from }至{ $to }，{ $zone }）：{ $value }。
citation-formula = 公式：{ $formula }。
citation-numbers = 代入数值：{ $numbers } = { $value }。
citation-inputs = 输入：{ $inputs }。
citation-files = 文件：{ $files }。
citation-file = { $name }（SHA-256 { $hash }…）
citation-more-files = 另有 { $count } 个文件
citation-source = 来源：工作区“{ $workspace }”，Quarterdeck { $version }，{ $date }。
citation-separator = ；
