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

format-openai-costs = OpenAI 成本
format-note-openai-costs = 组织成本 API 的分页结果

explain-charges = 账单收费
caveat-charged = 其中 { $amount } 来自账单，对应未计量的项目或没有价格的 token。
caveat-restated = 另有 { $amount } 的账单与已计量的用量重复，只作对账，不重复计入。
caveat-searches = 统计到 { $searches } 次网页搜索，没有价格，其成本以账单为准。
caveat-partly = 有 { $tokens } 个 token 所属的用量只有部分有价格。已有价格的部分计入支出，但其单次会话或请求的成本未知。
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

issue-not-token-usage = “{ $value }”不是 token 用量。成本请按“OpenAI 成本”导入，其他用量不读取。
issue-other-currency = “{ $value }”与文件首个金额的货币 { $currency } 不同。

note-makers-price = 价格库中没有该经销商自己的价格，其用量按模型厂商的公开价格计价。
note-resellers-amount = 以该经销商上报的金额为成本，优先于模型厂商的公开价格。
note-partly-priced = 部分行含有没有价格的内容：音频或图像 token、指定的推理区域。其余部分已计价，这些行显示为部分计价。
note-web-searches = 文件统计了网页搜索次数。搜索在 token 之外收费，此处没有价格：导入账单即可看到其成本。

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
term-field-charge-type = 没有 token 的行收取的是什么费用：搜索、存储、税费等。token 以外的收费计入支出。
term-field-speed = 是否使用了另有费率的快速模式。
term-field-inference-geo = 请求所限定的推理区域，可能另有费率。
term-field-web-searches = 请求所做的网页搜索次数，在 token 之外收费。
import-reused = 沿用上次相同列文件的设置：{ $what }。
import-reused-kind = 沿用上次同类文件的设置：{ $what }。
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
import-answered-keep = 未计入
import-answered-replace = 已替换
import-answered-add = 已相加
import-answered-keep-note = 此前已有不同记录的小时：以已有数据为准，此文件的版本未计入。
import-answered-replace-note = 此前已有不同记录的小时：以此文件的版本为准。
import-answered-add-note = 此前已有不同记录的小时：两者相加。
import-answer-keep = 不同的小时：保留已有数据
import-answer-replace = 不同的小时：以此文件为准
import-answer-add = 不同的小时：两者相加
import-answer-changed = 已更改 { $name } 的处理方式

coverage-of = 覆盖 { $share }
coverage-any = 覆盖计数的 { $share }，即已知的部分。
coverage-cost-per-session = 覆盖 { $share } 的会话，即成本已知的部分。
coverage-cost-per-successful-session = 覆盖 { $share } 的成功会话，即成本已知的部分。
coverage-cost-per-request = 覆盖 { $share } 的请求，即成本已知的部分。
coverage-cost-per-1k-tokens = 覆盖 { $share } 的 token，即成本已知的部分。
coverage-tokens-per-session = 覆盖 { $share } 的会话，即 token 已知的部分。
coverage-cache-hit-share = 覆盖 { $share } 的输入 token，即文件区分了缓存读取的部分。
basis-title = 金额依据
basis-computed = 计算：token 按价格库计价
basis-reported = 网关上报
basis-charged = 账单收费
basis-restated = 账单重复计列，不计入
term-basis-computed = 已计量的 token 乘以其所在小时的现行价格。
term-basis-reported = 网关上报的金额，仅在导入时价格库没有价格的情况下采用。
term-basis-charged = 账单对未计量项目或没有价格的 token 的收费。
term-basis-restated = 账单中与已计量 token 对应的金额，只在对账中比较，不计入支出。

priced-day = 日期
priced-cost = 金额
price-makes-known = { $count ->
       *[other] 此价格将使 { $count } 天尚无价格的用量得以计价。
    }
price-makes-nothing-known = 没有等待此价格的用量。
price-moves-nothing = 已计价的用量不变。
price-made-known = { $count ->
       *[other] 有 { $count } 天此前没有价格的用量现已计价。
    }
