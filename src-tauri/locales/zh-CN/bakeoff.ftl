# 测试集与横向评测：核心所说的话。页面上的文字在 bakeoff-ui.ftl。

area-suite = 测试集
area-suite-cases = 测试集的用例
area-bakeoff = 横向评测
area-candidate = 评测的候选
area-result-import = 评测的结果
action-frozen = 已冻结
action-signed = 已签署
action-opened = 已开启
action-closed = 已关闭
action-cancelled = 已取消
action-discarded = 已放弃其草稿

suite-kind-golden = 金标准集
suite-kind-safety = 安全集

bakeoff-stage-planned = 计划中
bakeoff-stage-results = 已有结果
bakeoff-stage-scoring = 盲评进行中
bakeoff-stage-scored = 已评分
bakeoff-stage-signed = 已签署
bakeoff-begins = 横向评测须在此日前开始

attention-bakeoff-begin = 尚无回答。须在{ $begin }前开始，才能赶在“{ $contract }”的截止日（{ $notice }）之前作出决定。
attention-bakeoff-late = 尚无回答，而最迟应在{ $begin }开始：“{ $contract }”的截止日为{ $notice }。
attention-bakeoff-decide = 回答已导入，但决定尚未签署。“{ $contract }”的截止日为{ $notice }。
attention-bakeoff-undecided = 回答已导入，但决定尚未签署。
attention-bakeoff-score = 盲评进行中：{ $raters ->
    [0] 尚无人评分
   *[other] { $raters } 位评分人共评 { $judged } 项
}，每人须评 { $asked } 项。
attention-bakeoff-begin-action = 导入结果
attention-bakeoff-score-action = 去评分
attention-bakeoff-decide-action = 决定评测结果

candidate-sealed = 候选
points-unit = 个百分点
price-source-book = 当时生效的价格
price-source-stated = 按文件所述

power-under = 检验力不足：{ $cases } 个用例有八成把握发现 { $detectable }的差异，而有意义的差异是 { $wanted }。{ $needed } 个用例才够。
power-measured-under = { $criterion } 检验力不足：按这些回答的离散程度，{ $cases } 个用例有八成把握检出 { $detectable }的差异，而 { $wanted }就有意义。需要 { $needed } 个用例。
power-measured-enough = { $criterion }：按这些回答的离散程度，{ $cases } 个用例有八成把握检出 { $detectable }的差异；{ $wanted }就有意义。
power-enough = { $cases } 个用例有八成把握发现 { $detectable }的差异；有意义的差异是 { $wanted }。

forest-title = 与 { $incumbent } 的差异
forest-subtitle = { $criterion }，{ $cases } 个用例配对比较，95% 区间
forest-axis = 量表的百分点
forest-reference = 基准
forest-margin = 无关紧要
answer-difference = 与 { $name } 相比：{ $more ->
   *[other] 多 { $added } 个词
}，{ $less ->
   *[other] 少 { $removed } 个词
}。
spread-title = { $candidate }：95% 在 { $p95 } 以内
spread-all = 共 { $answers } 个回答（不含缓存）
spread-beyond = 共 { $answers } 个回答（不含缓存），其中 { $beyond } 个超过 { $longest }，未画出
spread-bin = { $from } – { $to }：{ $count } 个回答
spread-quantile = 分位数
spread-time = 耗时
spread-interval = 95% 区间
axis-seconds = 秒
axis-milliseconds = 毫秒
axis-answers = 回答数
front-title = 质量与单次成功任务成本
front-subtitle = { $currency }，按各候选自己的价格，对数坐标；连线为有效前沿
front-cost = 单次成功任务成本
column-candidate = 候选

failure-run = 请求失败
failure-rate-limit = 触发限流
failure-timeout = 超时
failure-refused = 被供应商过滤器拦截
failure-scoring = 无法评分

note-unpriced-candidates = { $names }的部分回答没有已知价格：其单次成功成本只代表其余部分。
note-missing-answers = { $names }并非每个用例都有回答。缺失的回答不计入；旁边另列按失败计的结果。
note-no-incumbent = 尚未标明当前在用的候选：差异以它为基准。请在“候选”中标明。
note-few-clusters = 用例只有 { $clusters } 个簇。少于 20 个时，簇稳健区间偏窄。
note-not-compared = 暂时无法比较：{ $reason }。

finding-private-key = 私钥
finding-json-web-token = JSON Web Token
finding-aws-access-key = AWS 访问密钥
finding-model-api-key = 模型供应商的 API 密钥
finding-google-api-key = Google API 密钥
finding-github-token = GitHub Token
finding-slack-token = Slack Token
finding-assigned-secret = 密码或密文
finding-email = 电子邮箱
finding-iban = IBAN 账号
finding-credit-card = 银行卡号
finding-us-social-security-number = 美国社会安全号码
finding-chinese-resident-id = 居民身份证号
finding-chinese-mobile = 中国手机号
finding-phone = 电话号码
finding-ip-address = IP 地址

change-question = 问题
change-purpose = 用途
change-version = 版本
change-minimumEffect = 有意义的最小差异
change-repeats = 重复次数
change-leadDays = 截止日前天数
change-incumbent = 当前在用

error-nothing-to-freeze = 没有含用例的草稿可以冻结。
error-frozen-already = 版本 { $version } 已经正好是这些用例。
error-no-cases = { $file } 中没有用例。
error-sealed = 盲评正在进行：在关闭之前，凡能区分候选的内容都不显示、也不更改。
error-plan-outdated = 预览之后工作区已有变化。请重新查看文件；什么都没有写入。
error-plan-file-changed = 文件已不是预览时的那个。请重新查看；什么都没有写入。
error-results-already = 这些结果已经导入：{ $file }。
error-results-match-nothing = 此文件没有任何结果属于该版本的用例。什么都没有写入。
error-results-only-differing = 文件中有 { $results } 条结果已经存在且内容不同。除非选择替换，否则保持不变。
error-results-nothing-new = 此文件的内容都已存在。什么都没有写入。
error-results-none = 还没有结果。什么都没有写入。
error-folder-empty = { $path } 是空的。
error-folder-without-results = { $path } 中没有可读取的结果文件。
error-archive-unreadable = { $file } 不是可读取的压缩包。
error-no-results = { $file } 中没有已知格式的结果或用例。
error-yaml-unreadable = YAML 在第 { $line } 行第 { $position } 位中断：{ $cause }
error-file-too-large = { $file } 超过 { $limit } MB。
error-case-not-mapped = 请指明哪一列是用例，或所提的问题。
error-result-not-mapped = 请指明 { $file } 的哪一列是回答或分数。

field-not-frozen = 请选择已冻结的版本：结果属于不再变化的版本。
field-has-results = 已有另一版本的结果。结果永远属于其版本：请另建评测。
field-share-between = 大于 0 且小于 100% 的比例。
field-count-of-repeats = 1 至 1,000。
field-criterion-name = 每个评分项须有自己的名称。
field-criterion-scale = 量表的最差与最佳须不同。
field-number-not-negative = 0 或更大的数。

issue-json-key-twice = “{ $key }”在同一对象中出现两次；以后者为准。
issue-case-twice = “{ $case }”代表两个不同的用例；以先出现者为准。
issue-case-untold = 此行没有说明属于哪个用例。
issue-candidate-untold = 此行没有说明是谁的回答。
issue-row-twice = 此行重复了前面的一行，只计一次。
issue-result-twice = 同一用例、候选与重复有两个不同的结果；以先出现者为准。
issue-verdict-of-one = 候选与自己比较。
issue-not-a-score = “{ $value }”不是分数。
issue-not-finite = “{ $value }”不是有限数。
issue-score-untold = 评判没有给出分数。
issue-not-a-winner = “{ $value }”没有说明谁胜出。
issue-not-followed = 不读取另一文件中的内容：{ $value }
issue-entry-outside = 压缩包中有一项指向包外，已略去。
issue-entry-unreadable = 压缩包中有一项无法读取：{ $cause }
issue-entry-too-large = 压缩包中有一项超过 { $limit } MB，已略去。
issue-archive-cut = 压缩包中断（{ $cause }）。完整的部分已读取。
issue-log-unfinished = 日志仍在写入中。已有的部分已读取。
issue-columns-not-enough = 各列的含义还不够。请指明哪一列是用例或所提的问题，哪一列是回答或分数。
issue-file-not-read = 此文件不是结果文件。

# 盲评与规则。

area-round = 盲评轮次
time-seconds = { $seconds } 秒
time-minutes = { $minutes } 分钟
time-hours = { $hours } 小时 { $minutes } 分钟
agreement-alpha = α { $value }，{ $units } 个任务由两人或以上评分
agreement-krippendorff = Krippendorff α
agreement-fleiss = Fleiss κ
agreement-cohen = Cohen κ
criterion-blind-pairs = 盲评偏好
criterion-file-pairs = 偏好
round-of-file = 随文件导入的评判
criterion-blind-rubric = 盲评量表
verdict-left = 左侧更好
verdict-right = 右侧更好
dispute-settled = { $verdict }，由 { $by } 裁定：{ $reason }
verdict-tie = 平局
verdict-both-bad = 都不好
verdict-skipped = 已跳过
ratings-disconnected = 有些候选从未直接或间接与其他候选比较：它们的强度无法放在同一尺度上。
ratings-separable = 有一个候选赢下或输掉了所有比较：其强度没有有限值。需要更多评判。

error-round-closed = 此轮已关闭，不能更改，也不能再次开启。
error-round-findings = 有 { $cases } 个用例含有评分人会读到的个人信息或密文。请先查看，或说明可以显示。
error-round-plan = 无法开启此轮：{ $cause }
error-round-moved-on = 此评判属于更早的一对，未保留。
error-round-through = 此评分人的任务都已评完。
error-round-not-disputed = 评分人对此任务意见一致，没有可裁定的。
error-no-such-answer = 该回答已不存在。
error-round-not-empty = 本轮已有评判。请关闭本轮，已有评判将计入。
error-decision-nothing-to-discard = 没有可放弃的草稿。
error-round-no-such-answer = 此任务没有这样的选项。
error-round-empty = 尚无评分，没有可关闭的内容。可改为取消本轮。
error-too-many-names = 名称过多，无法在回答中全部隐藏。
error-packet-unreadable = { $file } 不是某一轮的评分包：{ $cause }
error-packet-refused = 无法接收 { $file }：{ $cause }。
error-packet-not-ours = { $file } 不属于此轮发出的任何评分包。
error-packet-same-name = 另有一个以 { $rater } 为名的评分包已返回。请说明是否为同一人；两个人需要两个名字。

field-count-of-tasks = 1 至 100,000。
field-rule-broken = { $cause }
field-criterion-scored = 已有文件或轮次以此名称评分。请给规则另取名称。

# 决策与备忘录。

area-decision = 横向评测的决策
weighing-latency = 延迟 p95
any-weight = 任意权重
weighing-anchors = { $worst } 计 0 分，{ $best } 计 1 分
ahp-consistent = 一致性比率 { $ratio }：两两比较相互吻合。
ahp-contradictory = 一致性比率 { $ratio }：高于 0.10 说明两两比较相互矛盾。
gate-data-terms = 数据条款
gate-data-terms-text = 合同须如此约定
gate-safety = 安全底线
gate-safety-text = 失败率上界 { $figure }，至多 { $threshold }
gate-latency = 延迟
gate-latency-text = p95 { $figure }，至多 { $threshold }
gate-quality = 不劣于在用方
gate-quality-incumbent = 在用方本身
gate-quality-text = 下界 { $figure }，须高于 { $threshold }
gate-price = 价格已知
gate-price-text = { $figure } 个回答没有价格
gate-clauses-failed = 合同约定不符：{ $clauses }
gate-clauses-unknown = 合同未载明：{ $clauses }
clause-training = 不用我方数据训练
clause-zero-retention = 零留存
clause-retention-days = 留存天数
clause-storage-regions = 存储地区
clause-processing-regions = 处理地区
clause-subprocessor-veto = 对分包处理方的否决权
clause-breach-hours = 泄露通知时限
clause-deletion-days = 删除时限
finding-weight-range = 只要{ $criterion }的权重在 { $low } 至 { $high } 之间，{ $winner }就保持第一。
finding-any-weight = 无论{ $criterion }权重多少，{ $winner }都保持第一。
finding-no-criterion-alone = 去掉任何一个评分项，{ $winner }仍为第一。
finding-criterion-alone = 去掉{ $criteria }后，{ $winner }将不再是第一。
finding-no-candidate-reorders = 去掉任何候选都不改变其余的次序：锚点是固定的。
undecided-no-candidates = 没有候选剩下：无一通过全部门槛。
undecided-none-complete = 每个候选都有未知项：无人得分完整。
undecided-anchors = { $criterion } 的基准没有从差到好。
undecided-scale = { $criterion } 的量表没有宽度。
undecided-not-finite = { $criterion } 有一个值不是数。
undecided-all-zero = 没有权重：全部为 0。
undecided-not-compared = 尚未比较 { $first } 与 { $second }。
undecided-too-many = 成对比较最多用于 { $most } 个评分项。
finding-topsis-agrees = 以 TOPSIS 作旁证，同样是 { $winner } 居首。
finding-topsis-differs = 以 TOPSIS 作旁证，居首的会是 { $other }，而非 { $winner }。
finding-tie = { $names } 不分上下：所计权重的各项都区分不开。
undecided-unplaced = { $names } 有权重却没有可对照的基准：请给出基准、指定在用方，或去掉该权重。
ahp-twice = 有两项被正反各比较了一次：请去掉其中一个回答。
note-no-shared-cases = 没有任何用例同时有两个候选的回答：无法配对，差别可能来自用例本身。
error-undo-results-rest = 有评分轮次或已签署的决策以这些结果为依据：撤销不会收回它们，请在“结果”中收回。
error-packet-other-rater = 此评分包是为 { $rater } 写的，却以 { $by } 的名义评分。确为 { $rater } 本人所评时才可收回。
field-no-such-candidate = 没有这个候选。
field-currency-of-contract = 承诺消费的币种与合同不同。
finding-needed = 若 { $criterion } 达到 { $needed }，{ $runner } 将领先。
finding-settled = 按加权得分，在前两名中{ $winner }其实不是更好者的概率为 { $wrong }：现有用例已足以定论。
finding-never-settled = 按加权得分，在前两名中{ $winner }其实不是更好者的概率为 { $wrong }；再多同类用例也无法定论。
finding-cases-worth = 若满分相当于“{ $contract }”一年的承诺额（{ $stake }），则确知孰优值 { $perfect }。再加 { $cases } 个用例收益最大：平均值 { $worth }，回答花费 { $cost }。
finding-cases-not-worth = 若满分相当于“{ $contract }”一年的承诺额（{ $stake }），则确知孰优值 { $perfect }：增加用例的花费将高于收益。
finding-few-cases = { $criterion } 只基于 { $cases } 个用例中的 { $known } 个。
finding-more-cases = 按加权得分，在前两名中{ $winner }其实不是更好者的概率为 { $wrong }；{ $cases } 个用例可以定论。
evidence-hash = 哈希
evidence-key-signer = 签署人
evidence-key-signed-at = 签署时间
evidence-key-name = 评测名称
evidence-key-question = 待决问题
evidence-key-minimum-effect = 有意义的最小差异
evidence-key-repeats = 重复次数
evidence-key-choice = 选择
evidence-key-rationale = 理由
evidence-key-dissent = 异议
evidence-key-approvers = 批准人
evidence-key-candidate = 候选
evidence-key-incumbent = 在用方
evidence-key-score = 得分
evidence-key-first = 居首概率
evidence-suite-version = 测试集版本
evidence-results = 结果
evidence-many-added = 此后新增 { $count } 条结果
evidence-many-removed = { $count } 条结果已不存在
evidence-many-changed = { $count } 条结果已改变
evidence-many-tampered = { $count } 条结果与其自身哈希不符
evidence-prices = 价格
evidence-weights = 权重
evidence-gates = 门槛
evidence-judgements = 评判
evidence-text = 文字
evidence-figures = 数字

error-decision-gates = 门槛无法检验：{ $cause }
error-decision-nothing-to-sign = 没有可签署的决策。
error-decision-undecided = 尚无可签署的得分：{ $cause }
error-decision-no-choice = 请先选择一个候选。
error-decision-no-rationale = 请先说明理由：没有理由的决策不能签署。
error-decision-gate-failed = 所选候选未通过全部门槛。请另选，或更改门槛并说明理由。
field-ratio-of-nine = 1/9 至 9。
field-share-to-half = 0 至 50%。

memo-title = 横向评测备忘录：{ $name }
memo-provenance = { $suite } · 修订 { $revision } · Quarterdeck { $version }
memo-provenance-signed = { $suite } · 已签署 { $hash }… · 修订 { $revision } · Quarterdeck { $version }
memo-recommendation = 建议
memo-headline-chosen = 选定{ $name }
memo-headline-leads = { $name }领先；尚未决定
memo-headline-open = 目前还无法决定
memo-cases = 用例
memo-detectable = 可检测差异
memo-wanted = 有意义的差异是 { $wanted }
memo-first = 居首概率
memo-score = 得分
memo-rationale = 理由：{ $text }
memo-dissent = 异议：{ $text }
memo-not-as-signed = 此决策所依据的内容已与签署时不同：此处为现在的数字。“核验”会指出变化之处。
memo-signed = 由{ $by }于{ $date }签署，{ $hash }
memo-approvers = 批准人：{ $names }
memo-approvers-asked = 待批准：{ $names }
memo-draft = 第 { $version } 版草稿，尚未签署。
memo-deadline = 服务于{ $contract }的不续约通知截止日 { $date }
memo-compared = 比较项
memo-comparison = 比较
memo-missing = 未作答（按失败计得分）
memo-weighing = 权重与门槛
memo-weighing-subtitle = 固定锚点上的价值，0 至 1
memo-weighed = 评分项
memo-weight = 权重
memo-range = 胜者保持范围
memo-anchors = 锚点
memo-gate-all = { $gate }：全部通过。
memo-gate-some = { $gate }：{ $passed } 通过；未通过：{ $others }。
memo-gate-nobody = { $gate }：无人通过：{ $others }。
memo-no-gates = 未设门槛。
memo-method = 方法
memo-method-headline = 如何比较
memo-method-suite = { $suite }的用例，冻结哈希 { $hash }。
memo-method-paired = 差异按用例配对。区间均为 95%：通过率用 Wilson 区间，其余用 BCa 自助法（10,000 次重抽样，种子已保存）。p 值：两者均为通过与否时用 McNemar 精确检验，否则用t 检验，并对与在用方的各项比较作 Holm 校正。
memo-method-clusters = 差异按用例配对。用例分为 { $clusters } 个簇，同类不拆开：区间为按簇的 95% BCa 自助法（10,000 次重抽样，种子已保存），处于量表端点时按用例用 Clopper–Pearson 法，p 值为按簇的t 检验，并对与在用方的各项比较作 Holm 校正。
memo-method-missing = 均值不含未作答的用例；括号内为若全部按失败计时第一个评分项的得分。
memo-method-cost = 通过第一个评分项的回答为成功。其成本为全部回答按该候选价格计的成本除以成功数。
memo-method-weights = 先过门槛。得分为固定锚点上价值的加权和；居首概率来自对权重与区间的 100,000 次抽样。
memo-format = 格式
memo-results = 结果
memo-unmatched = 未匹配
memo-candidates = 候选
memo-stage = 阶段
memo-choice = 选定
memo-signed-on = 签署
quarter-bakeoffs = 横向评测
quarter-headline-bakeoffs = { $count ->
    [0] 没有评测作出决定
   *[other] { $count } 项评测作出了决定
}
