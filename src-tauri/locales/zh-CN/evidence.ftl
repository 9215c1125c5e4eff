# 金额的依据、文件与数据源如何合并，以及在无法判断时如何询问。

token-kind-input-audio = 音频输入
token-kind-input-image = 图像输入
token-kind-output-audio = 音频输出
token-kind-output-image = 图像输出

usage-field-input-audio-tokens = 音频输入
usage-field-input-image-tokens = 图像输入
usage-field-output-audio-tokens = 音频输出
usage-field-output-image-tokens = 图像输出
usage-field-web-searches = 网页搜索次数
usage-field-charge-type = 收费项目
usage-field-speed = 推理速度
usage-field-inference-geo = 推理区域
usage-field-latency-ms = 延迟（毫秒）
usage-field-latency-s = 延迟（秒）
usage-field-ttft-ms = 首 Token 延迟（毫秒）
usage-field-ttft-s = 首 Token 延迟（秒）
usage-field-usage-object = 用量对象

format-openai-costs = OpenAI 成本
format-note-openai-costs = 组织成本 API 的分页结果

explain-charges = 账单收费
caveat-charged = 其中 { $amount } 来自账单，对应未计量的项目或没有价格的 Token。
caveat-restated = 另有 { $amount } 的账单与已计量的用量重复，只作对账，不重复计入。
caveat-searches = 统计到 { $searches } 次网页搜索，没有价格，其成本以账单为准。
caveat-partly = 有 { $tokens } 个 Token 所属的用量只有部分有价格。已有价格的部分计入支出，但其单次会话或请求的成本未知。
caveat-coverage = 覆盖 { $share }：{ $whole } 中有 { $part } 的成本已知。

error-field-mapped-twice = 同一字段（{ $field }）选了两列，或同时选了列和固定值，请只保留一个。
error-decimal-sign-undecided = { $mixed ->
        [1] “{ $column }”列有的行用句点作小数点，有的行用逗号，请指明小数点符号。
       *[0] “{ $column }”列中形如 1,000 的数字可能是一千，也可能是一，请指明小数点是句点还是逗号。
    }
error-day-order-undecided = { $mixed ->
        [1] “{ $column }”列的日期有的日在前，有的月在前，请指明以哪种为准。
       *[0] “{ $column }”列的日期（如 07/08/2026）无法判断日在前还是月在前，请指明。
    }
error-unknown-currency = “{ $currency }”不是货币。
error-feeds-undecided = 数据源“{ $feed }”在 { $days } 天里记录了相同的供应商和模型。请指明以哪个为准，或说明二者是不同的流量。
error-imports-contradict = { $file } 在 { $hours } 个小时上与另一次导入相矛盾，且尚未指明以哪个为准。未作任何更改。请先撤销 { $file }，或在“导入”页面处理其冲突。

field-no-such-model = 价格库中没有该模型。

issue-not-token-usage = “{ $value }”不是 Token 用量。成本请按“OpenAI 成本”导入，其他用量不读取。
issue-other-currency = “{ $value }”与文件首个金额的货币 { $currency } 不同。

note-makers-price = 价格库中没有该经销商自己的价格，其用量按模型厂商的公开价格计价。
note-resellers-amount = 以该经销商上报的金额为成本，优先于模型厂商的公开价格。
note-partly-priced = 部分行含有没有价格的内容：未列费率的缓存、音频或图像 Token，或指定的推理区域。其余部分已计价，这些行显示为部分计价。
note-web-searches = 文件统计了网页搜索次数。搜索在 Token 之外收费，此处没有价格：导入账单即可看到其成本。
note-clock-change = 部分当地时间正逢时钟调整：重复出现的时间按第一次计，被跳过的时间按调整前的时钟计。以 UTC 导出则不会有歧义。
note-days-elsewhere = 文件中的日期既不属于 UTC，也不属于工作区的时区。它们按日期保存，并按 UTC 日与用量匹配，因此午夜前后的几个小时可能对应到错误的日期。

activity-moved = { $month }支出
activity-moved-more = 另有 { $count } 个月
change-onConflict = 不同小时的处理
change-basis = 以哪个数据源为准
change-provider = 供应商
change-model = 模型

rate-input-audio = 音频输入
rate-input-image = 图像输入
rate-output-audio = 音频输出
rate-output-image = 图像输出
tokens-audio = 其中音频
tokens-image = 其中图像

import-file-decides = 由文件判断
import-decimal-sign = 小数点
import-decimal-sign-point = 句点 12.5
import-decimal-sign-comma = 逗号 12,5
import-day-order = 日期顺序
import-day-order-day = 日在前 31/07
import-day-order-month = 月在前 07/31
term-import-decimal-sign = 根据该列的全部数值判断；文件无法判断时，导入会询问。
term-import-day-order = 根据文件中的全部日期判断；若都无法判断（如 07/08），导入会询问。
term-field-charge-type = 没有 Token 的行收取的是什么费用：搜索、存储、税费等。Token 以外的收费计入支出。
term-field-speed = 是否使用了另有费率的快速模式。
term-field-inference-geo = 请求所限定的推理区域，可能另有费率。
term-field-latency-ms = 请求从发出到回答结束的时间，以毫秒计。
term-field-latency-s = 请求从发出到回答结束的时间，以秒计。
term-field-ttft-ms = 从发出请求到收到回答首个 Token 的时间，以毫秒计。
term-field-ttft-s = 从发出请求到收到回答首个 Token 的时间，以秒计。
term-field-usage-object = 供应商响应中统计 Token 的部分，例如 usage 或 usageMetadata。各类 Token 均从中读取。
term-field-web-searches = 请求所做的网页搜索次数，在 Token 之外收费。
import-reused = 沿用上次相同列文件的设置：{ $what }。
import-reused-constant = 每行的{ $field }为“{ $value }”
import-reused-zone = 时间按 { $zone }
import-reused-currency = 成本货币为 { $currency }
import-reused-feed = 数据源“{ $feed }”
import-replaces = 此文件已于 { $date } 以不同的列、取值或时区导入。本次读取将取代当时的结果，两者均可撤回。
import-overlap-title = 数据源“{ $there }”记录了相同的流量
import-overlap-text = { $count ->
       *[other] 两个数据源在 { $count } 天（{ $days }）里都有 { $vendors } 相同模型的用量。
    }若计量的是同一批请求，则只能以其中一个为准。
import-overlap-here = 此文件，“{ $here }”
import-overlap-there = 已有数据，“{ $there }”
import-overlap-label = 以“{ $here }”还是“{ $there }”为准
import-overlap-choose = 请指明以哪个数据源为准。
import-overlap-this = 以“{ $here }”为准
import-overlap-this-note = “{ $there }”只用于对账，不重复计入
import-overlap-other = 以“{ $there }”为准
import-overlap-other-note = “{ $here }”只用于对账，不重复计入
import-overlap-both = 两者都计入
import-overlap-both-note = 二者是不同的流量
import-left-out = { $hours ->
       *[other] 按您的选择，{ $from } – { $to } 的 { $hours } 个小时
    }（{ $n ->
       *[other] { $requests }
    } 次请求）未计入。数据仍然保留，可在“导入”页面计入。
import-answered-keep = 部分小时未计入
import-answered-replace = 部分小时已替换
import-answered-add = 部分小时已相加
import-answered-keep-note = 此前已有不同记录的小时：以已有数据为准，此文件的版本未计入。
import-answered-replace-note = 此前已有不同记录的小时：以此文件的版本为准。
import-answered-add-note = 此前已有不同记录的小时：两者相加。
import-answer-keep = 不一致的小时：保留已有数据
import-answer-replace = 不一致的小时：以此文件为准
import-answer-add = 不一致的小时：两者相加
import-answer-changed = 已更改 { $name } 的处理方式

figure-covered = { $figure }：{ $sentence }
coverage-of = 覆盖 { $share }
coverage-any = 覆盖计数的 { $share }，即已知的部分。
coverage-cost-per-session = 覆盖 { $share } 的会话，即成本已知的部分。
coverage-cost-per-successful-session = 覆盖 { $share } 的成功会话，即成本已知的部分。
coverage-cost-per-request = 覆盖 { $share } 的请求，即成本已知的部分。
coverage-cost-per-1k-tokens = 覆盖 { $share } 的 Token，即成本已知的部分。
coverage-tokens-per-session = 覆盖 { $share } 的会话，即 Token 已知的部分。
coverage-cache-hit-share = 覆盖 { $share } 的输入 Token，即文件区分了缓存读取的部分。
basis-title = 金额依据
basis-computed = 计算：Token 按价格库计价
basis-reported = 网关上报
basis-charged = 账单收费
basis-restated = 账单重复计列，不计入
term-basis-computed = 已计量的 Token 乘以当时生效的价格。
term-basis-reported = 网关上报的金额，仅在导入时价格库没有价格的情况下采用。
term-basis-charged = 账单对未计量项目或没有价格的 Token 的收费。
term-basis-restated = 账单中与已计量 Token 对应的金额，只在对账中比较，不计入支出。

priced-day = 日期
priced-cost = 金额
price-makes-known = { $count ->
       *[other] 此价格将使 { $count } 天尚无价格的用量得以计价。
    }
price-makes-nothing-known = 没有等待此价格的用量。
price-moves-nothing = 已有价格的用量不变。此前以账单金额代替缺失价格之处，将改按该价格计算。
price-made-known = { $count ->
       *[other] 有 { $count } 天此前没有价格的用量现已计价。
    }

nav-data = 数据
nav-reconciliation = 对账
palette-reconcile = 账单与用量对账
reconciliation-import = 导入账单
reconciliation-table = 供应商月度对账
reconciliation-month = 月份
reconciliation-computed = 计算
reconciliation-reported = 网关上报
reconciliation-billed = 账单
reconciliation-metered = 计量
reconciliation-difference = 差额
reconciliation-share = 差异率
reconciliation-state = 状态
reconciliation-past = 超过 2%
reconciliation-state-past = 超过 2%
reconciliation-state-within = 2% 以内
reconciliation-state-is-spend = 账单即支出
reconciliation-state-incomplete = 账单不完整
reconciliation-state-no-price = 没有价格
reconciliation-state-no-bill = 尚无账单
reconciliation-flagged = { $count ->
       *[other] { $count } 个供应商月份的差异超过 2%，最大为 { $vendor } { $month }
    }
reconciliation-state-lump-sum = 疑似重复
reconciliation-lump-sum = { $vendor } { $month }：账单集中在没有用量的一天，可能重复计入
reconciliation-agreed = 所有账单与计量的差异均在 2% 以内
reconciliation-agreed-so-far = 在账单已覆盖的日期内，所有账单与计量的差异均在 2% 以内
reconciliation-only-bills = { $period }只有账单，没有对应的计量
reconciliation-no-bills = { $period }尚无账单
reconciliation-note = { $period }，{ $currency }：按 Token 计算、网关上报与供应商账单并列，差额最大者在前
reconciliation-export = 导出对账
reconciliation-foot-difference = 差额：账单减去计量。差异率：其中属于 Token、且在双方共有的首日至末日之间的部分，占同期计量的比例。计量为 Token 按价格库计价的金额，没有价格时取网关上报金额。
reconciliation-foot-reported = 网关上报金额仅供比较。网关常按目录价计算，不考虑合同价。
reconciliation-foot-spend = 账单中与已计量 Token 对应的金额只作对账，不重复计入；其他收费即时计入支出，没有任何计量的账单亦然。
reconciliation-foot-names = 收费与用量按供应商、模型和日期匹配；模型名称无法识别时，按供应商和日期匹配。
reconciliation-empty-title = 账单与实际用量一致吗？
reconciliation-empty-text = 导入用量和供应商账单，即可逐月并列查看计算、网关上报与账单金额，以及差额的成因。
reconciliation-none-title = { $period }没有可对账的内容
reconciliation-none-text = 既没有用量也没有账单，请选择其他期间。
term-reconciliation-computed = 已计量的 Token 乘以当时生效的价格。
term-reconciliation-reported = 网关随请求上报的成本。
term-reconciliation-billed = 供应商收取的金额，含各类收费与抵扣。
term-reconciliation-metered = 按价格库计算的金额；没有价格时取网关上报金额。
term-reconciliation-difference = 账单减去计量；缺少任一方则为未知。
term-reconciliation-share = 在双方共有的首日至末日之间，Token 账单金额与计量之差占计量的比例；超过 2% 时标记。
cause-not-metered = 已收费、未计量
cause-not-metered-note = 没有任何数据源记录的 Token 收费，计入支出。
cause-other-kinds = Token 以外的收费
cause-other-kinds-note = 搜索、存储、税费等，计入支出。
cause-unpriced = 已计量、无价格
cause-unpriced-note = 价格库没有价格，以账单金额作为其成本。
cause-not-billed = 已计量、未收费
cause-not-billed-note = 账单在这些日期没有 Token 收费，可能尚不完整。
cause-neighbouring = 计入相邻月份
cause-neighbouring-note = 账单按 UTC 日切分，月份按工作区时区切分；金额并无缺失。
cause-remainder = 未解释
cause-remainder-note = 费率差异、折扣、舍入
month-explained = 差额 { $currency } { $amount } 的成因
month-is-spend-title = 账单即支出
month-is-spend-text = { $vendor } { $month }的账单没有对应的计量，全额即时计入支出。导入用量即可查看其构成。
month-no-bill-title = 尚无账单
month-no-bill-text = { $vendor } { $month }的账单尚未导入，支出以计量为准。收到账单后请导入。
month-lump-sum = 账单的 Token 收费集中在没有计量的一天，而有计量的日期没有收费。若它是整月账单，这些用量会被重复计入。请按供应商的费用导出逐日导入账单，或撤回其中之一。
month-set-aside = 让位的数据源
term-month-set-aside = 让位于其他数据源的数据源自身的合计，仅供比较，不计入支出。
month-no-price-title = 没有价格
month-no-price-text = { $vendor } 在 { $month }有用量，但没有已知价格，成本未知。请添加价格或导入账单。
month-facts = 计入情况
month-spend = 支出
month-unrecognised = 仅按供应商和日期匹配
term-month-unrecognised = 模型名称无法识别的收费。记录名称含义后即可按模型匹配。
month-unpriced = 没有价格的 Token
unresolved-title = 未识别的名称
unresolved-none = 此期间的模型名称均已识别。
unresolved-note = 名称记录之前，其收费按供应商和日期匹配，其用量没有单独的价格。
unresolved-charged = 账单 { $amount }
unresolved-guess = 价格库中最接近：{ $model }，{ $provider }
unresolved-no-guess = 价格库中没有相近的模型
aliases-title = 已记录的名称
aliases-none = 尚未记录。带日期或前缀的名称会按规则自动识别。
alias-add = 添加
alias-record = 记录别名
alias-record-for = 为 { $model } 记录别名
alias-change = 更改别名
alias-edit = 更改 { $alias } 的含义
alias-remove = 移除 { $alias }
alias-removed = 已移除 { $alias }
alias-removed-note = 此前据此计价的用量保持不变。
alias-recorded = 别名已记录
alias-means = { $alias } 即 { $provider } 的 { $model }。
alias-note = 指明文件或账单中的名称对应价格库的哪个模型；此前因此没有价格的用量将得以计价。
alias-name = 文件或账单中的名称
alias-name-hint = 不区分大小写
alias-provider = 价格库中的供应商
alias-model = 模型
alias-scope = 名称的适用范围
alias-one-vendor = 仅限 { $vendor } 的文件和账单
alias-every-vendor = 所有供应商
alias-priced-nothing = 没有等待此名称计价的用量。
term-alias-provider = 按价格库的写法，例如 openai 或 vertex。
feeds-title = 记录相同流量的数据源
feeds-none = 没有两个数据源记录了相同的供应商、模型和日期。
feeds-note = 两者记录相同的供应商、模型和日期时，以其中一个为准计入支出，另一个只用于对账。
feeds-label = 以 { $a } 还是 { $b } 为准
feed-counts-this = 以前者为准
feed-counts-other = 以后者为准
feed-counts-both = 两者都计入
feeds-counts = 以 { $feed } 为准
feeds-both = 两者都计入
feeds-this-done = 以 { $a } 为准，{ $b } 用于对账
feeds-other-done = 以 { $b } 为准，{ $a } 用于对账
feeds-both-done = { $a } 与 { $b } 都计入
two-sentences = { $first }{ $second }
term-reconciliation-spend = 其中计入支出的金额：计量，以及账单对其他项目的收费。

bill-finding = { $vendor }，{ $month }：账单 { $billed }，计量 { $metered }（双方共有的首日至末日之间，Token 部分相差 { $share }）。
bill-cause-not-metered = { $amount }：已出账，但没有任何计量
bill-cause-other-kinds = { $amount }：Token 之外的收费，如搜索、存储或税费
bill-cause-unpriced = { $amount }：已计量但没有价格
bill-cause-not-billed = { $amount }：已计量，但账单未覆盖这些日期
bill-cause-neighbouring = { $amount }：计入相邻月份，因为账单按 UTC 日切分
bill-cause-remainder = { $amount }：未解释，如费率差异、折扣、舍入
bill-finding-apart = { $vendor }，{ $month }：账单 { $billed }，计量 { $metered }，没有共同覆盖的日期。
bill-lump-sum = 账单的 Token 收费集中在没有计量的某一天。若它是整月账单，用量会被重复计入：请按日导入账单，或用“quarterdeck imports undo”撤回其中之一。
