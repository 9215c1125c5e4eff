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

suite-kind-golden = 黄金集
suite-kind-safety = 安全集

bakeoff-stage-planned = 计划中
bakeoff-stage-results = 已有结果
bakeoff-stage-scoring = 盲评进行中
bakeoff-stage-scored = 已评分
bakeoff-stage-signed = 已签署
bakeoff-begins = 横向评测须在此日前开始

candidate-sealed = 候选
points-unit = 个百分点
price-source-book = 当时生效的价格
price-source-stated = 按文件所述

power-under = 检验力不足：{ $cases } 个用例有八成把握发现 { $detectable } 的差异，而要紧的是 { $wanted }。{ $needed } 个用例才够。
power-enough = { $cases } 个用例有八成把握发现 { $detectable } 的差异；要紧的是 { $wanted }。

forest-title = 与{ $incumbent }的差异
forest-subtitle = { $criterion }，{ $cases } 个用例配对比较，95% 区间
forest-axis = 量表的百分点
forest-reference = 基准
forest-margin = 无关紧要
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
note-few-clusters = 用例只有 { $clusters } 个簇。少于 20 个时，簇稳健区间偏窄。
note-not-compared = 暂时无法比较：{ $reason }。

finding-private-key = 私钥
finding-json-web-token = JSON Web Token
finding-aws-access-key = AWS 访问密钥
finding-model-api-key = 模型供应商的 API 密钥
finding-google-api-key = Google API 密钥
finding-github-token = GitHub 令牌
finding-slack-token = Slack 令牌
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
change-minimumEffect = 要紧的最小差异
change-repeats = 重复次数
change-leadDays = 截止日前天数
change-incumbent = 当前在用

error-nothing-to-freeze = 没有含用例的草稿可以冻结。
error-frozen-already = 版本 { $version } 已经正好是这些用例。
error-no-cases = { $file } 中没有用例。
error-sealed = 盲评正在进行：在关闭之前，凡能区分候选的内容都不显示、也不更改。
error-plan-file-changed = 文件已不是预览时的那个。请重新查看；什么都没有写入。
error-results-already = 这些结果已经导入：{ $file }。
error-results-match-nothing = 此文件没有任何结果属于该版本的用例。什么都没有写入。
error-results-nothing-new = 此文件的内容都已存在。什么都没有写入。
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
field-criterion-name = 每个评分标准须有自己的名称。
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
issue-file-not-read = 此文件不是结果文件。
