# 测试集与横向评测页面上的文字。

## 所在之处

nav-bakeoffs = 横向评测
nav-suites = 测试集
palette-bakeoff = 新建横向评测
palette-cases = 向测试集导入用例

## 测试集

suite = 测试集
suite-kind = 类别
suite-frozen = 已冻结版本
suite-not-frozen = 尚无
suite-frozen-at = v{ $version } · { $date }
suite-draft = 草稿
suite-has-draft = 有草稿
suite-no-draft = 无
suite-draft-of = { $count ->
       *[other] v{ $version } · { $cases } 个用例
    }
suite-findings = 发现
suite-purpose = 用途
suite-purpose-hint = 在此表现良好的模型可以用来做什么。
suite-name-example = 例如：临床助手
suite-new = 新建测试集
suite-new-note = 用例导入或录入到它的第一个草稿中。
suite-create = 创建测试集
suite-actions = 此测试集的操作
suite-freeze = 冻结 v{ $version }
suite-frozen-now = 版本 { $version } 已冻结
suite-delete = 删除测试集
suite-deleted = 测试集{ $name }已删除
suite-delete-title = 删除{ $name }？
suite-delete-text = { $count ->
       *[other] 有 { $count } 项横向评测以它为依据。其版本留在文件中，评测保留结果；测试集不再列出。
    }
suites-empty-title = 模型必须答对什么？
suites-empty-text = 测试集是一组用例，以及怎样才算答对：金标准集衡量质量，安全集守住绝不能发生的事。版本一经冻结便不再改变，以它为依据的横向评测才始终可比。
cases = 用例
case = 用例
cases-count = { $count ->
       *[other] { $cases } 个用例
    }
case-asked = 提问
case-reference = 参考答案
case-references = 参考答案（任一即可）
case-no-reference = 没有参考答案：由评判模型或人按评分标准判定。
case-reference-add = 添加参考答案
case-reference-remove = 移除此参考答案
case-rubric = 评分标准
case-tags = 标签
case-tags-hint = 以逗号分隔。
case-weight = 权重
case-cluster = 簇
case-id = 编号
case-variables = 变量
case-messages = 消息
case-message = { $role }的消息
case-message-add = 添加消息
case-message-remove = 移除此消息
case-role = 角色
role-system = 系统
role-user = 用户
role-assistant = 助手
role-tool = 工具
case-new = 新用例
case-add = 添加用例
case-save = 保存到 v{ $version }
case-saved = 已保存到草稿 v{ $version }
case-remove = 从草稿中移除
case-in-draft = 位于草稿 v{ $version }
case-to-draft = 此版本已冻结。修改将进入下一个草稿 v{ $version }。
case-older = 较早的版本，仅供查阅。
case-findings = { $count ->
       *[other] 其中有 { $count } 处不得外传
    }
cases-remove = 移除
cases-removed = { $count ->
       *[other] 已从草稿中移除 { $count } 个用例
    }
cases-flagged = 有发现
cases-empty-title = 还没有用例
cases-empty-text = 可从表格、promptfoo、Inspect、lm-eval、HELM 或 OpenAI Evals 导入，也可手动录入第一个。
tags-all = 全部 { $count } 个标签
tags-fewer = { $count ->
       *[other] 收起
    }
findings-none = 无
findings-of = { $name }：{ $cases } 个
findings-more = 另有 { $count } 类
freeze-title = 冻结版本 { $version }
freeze-note = { $count ->
       *[other] { $cases } 个用例将获得哈希值，此后不再改变。之后的修改进入下一个草稿。
    }
freeze-findings = 其中发现以下内容，作答的每个模型都会收到：
freeze-by = 冻结人
freeze-why = 本版的变化
versions = 版本
version-draft = v{ $version }，草稿
version-frozen = v{ $version }
version-of-cases = { $count ->
       *[other] v{ $version }，{ $count } 个用例
    }
version-frozen-at = 冻结时间
version-frozen-by = 冻结人
version-note = 变化
version-hash = 哈希
versions-empty-title = 还没有版本
versions-empty-text = 录入第一个用例即开始第一个草稿。
versions-one = 有了第二个版本才有可比之处。
versions-compare = 变化
versions-from = 自版本
versions-to = 至版本
diff-added = 新增
diff-changed = 修改
diff-removed = 移除
diff-unchanged = 未变
diff-parts = 不同之处
diff-before = 之前
diff-after = 之后
case-field-id = 编号
case-field-messages = 消息
case-field-reference = 参考答案
case-field-rubric = 评分标准
case-field-tags = 标签
case-field-weight = 权重
case-field-cluster = 簇
case-field-variables = 变量

## 从文件导入用例

cases-import = 导入用例
cases-import-steps = 导入步骤
cases-step-file = 文件
cases-step-preview = 预览
cases-drop-title = 将用例文件拖放到此处
files-drop-text = 或选择文件，或粘贴其路径。
cases-path = 用例文件或文件夹
cases-into = 导入到
cases-into-new = 新测试集
cases-name-hint = 留空则用文件名。
cases-preview = 预览
cases-formats = 可读取的格式
cases-format = 格式
cases-format-guessed = { $format }（已识别）
cases-reading = 正在读取用例
cases-importing = 正在写入用例
cases-in-file = 文件中
cases-mode = 草稿中的用例
cases-mode-add = 保留并加入
cases-mode-replace = 以这些替换
cases-first = 前若干用例
cases-none-in-file = 其中没有可读取的用例。
cases-import-note = 用例进入草稿。导入前先备份。
cases-go = { $count ->
       *[other] 导入 { $cases } 个用例
    }
cases-imported = { $name }：用例已进入草稿 v{ $version }

## 表格的列与文件中的问题

file-columns = { $name }的列
file-column-is = 列 { $column } 的含义
file-column-unused = 不使用
file-group-case = 用例
file-group-answer = 回答
file-group-measure = 测得
file-group-other = 评分与变量
file-field-case-id = 用例编号
file-field-input = 提问
file-field-system = 系统提示
file-field-reference = 参考答案
file-field-rubric = 评分标准
file-field-tag = 标签
file-field-weight = 权重
file-field-cluster = 簇
file-field-candidate = 候选
file-field-provider = 提供方
file-field-model = 模型
file-field-answer = 回答
file-field-error = 错误
file-field-repeat = 重复次序
file-field-timestamp = 时间
file-field-rater = 评分人
file-field-reason = 评分理由
file-field-latency-ms = 延迟（毫秒）
file-field-latency-s = 延迟（秒）
file-field-ttft-ms = 首个 token 时间（毫秒）
file-field-ttft-s = 首个 token 时间（秒）
file-field-cost = 成本
file-field-cached = 由缓存应答
file-field-currency = 成本的币种
file-field-input-tokens = 输入 token
file-field-output-tokens = 输出 token
file-field-cache-read-tokens = 缓存读取 token
file-field-reasoning-tokens = 推理 token
file-field-score = 评分
file-field-variable = 提示词变量
file-decimal-sign = 小数点
file-decides = 按文件判断
file-includes-cache = 输入 token 含缓存读取
file-read-again = 重新读取
file-read-again-note = 列的含义已改变：请重新读取文件。
issues-title = { $count ->
       *[other] { $count } 行有问题
    }
issues-rows = 有问题
issues-more = 显示 { $total } 行中的前 { $shown } 行。
issues-row = 行
issues-column = 位置
issues-what = 问题
issues-value = 值
bakeoff-format-table-csv = 表格 CSV
bakeoff-format-table-jsonl = 表格 JSON Lines
bakeoff-format-arena-hard = Arena-Hard 题目
bakeoff-format-mt-bench-questions = MT-Bench 题目
bakeoff-format-arena-battles = Arena 对战
bakeoff-format-mt-bench-single = MT-Bench 单项评分
bakeoff-format-mt-bench-pair = MT-Bench 两两对比
bakeoff-format-openai-evals = OpenAI Evals
bakeoff-format-promptfoo-suite = promptfoo 测试集
bakeoff-format-promptfoo-v2 = promptfoo 结果（旧版）
bakeoff-format-promptfoo = promptfoo 结果
bakeoff-format-lm-eval = lm-evaluation-harness
bakeoff-format-helm = HELM
bakeoff-format-every-eval-ever = Every Eval Ever
bakeoff-format-inspect-json = Inspect 日志 JSON
bakeoff-format-inspect-archive = Inspect 日志
bakeoff-format-note-table-csv = 每行一个用例或回答，列名不限
bakeoff-format-note-table-jsonl = 每行一个对象，字段名不限
bakeoff-format-note-arena-hard = 带簇的 question.jsonl
bakeoff-format-note-mt-bench-questions = 多轮问题与参考答案
bakeoff-format-note-arena-battles = 两两对比及胜者
bakeoff-format-note-mt-bench-single = 评判模型打分，1 至 10
bakeoff-format-note-mt-bench-pair = 评判模型的裁决
bakeoff-format-note-openai-evals = 样本或事件日志
bakeoff-format-note-promptfoo-suite = 配置中的 tests 与 prompts
bakeoff-format-note-promptfoo-v2 = 版本 2 的 JSON
bakeoff-format-note-promptfoo = promptfoo eval -o 写出的 JSON
bakeoff-format-note-lm-eval = 含结果与 --log_samples 的文件夹
bakeoff-format-note-helm = 一次运行的文件夹
bakeoff-format-note-every-eval-ever = 共享 schema 的记录
bakeoff-format-note-inspect-json = 以 JSON 写出的日志
bakeoff-format-note-inspect-archive = .eval 文件

## 横向评测

bakeoff = 横向评测
bakeoff-new = 新建横向评测
bakeoff-new-note = 每个候选回答同一批已冻结的用例；结果来自你所用的评测工具。
bakeoff-create = 创建横向评测
bakeoff-name-example = 例如：助手模型续约
bakeoff-needs-suite = 先要有已冻结的测试集
bakeoff-needs-suite-text = 结果必须属于不再改变的用例。请先导入用例并冻结。
bakeoff-to-suites = 前往测试集
bakeoff-power-later = 创建后即显示这些用例能发现多大的差异，此时尚未产生任何费用。
bakeoff-actions = 此横向评测的操作
bakeoff-delete = 删除横向评测
bakeoff-deleted = 横向评测{ $name }已删除
bakeoff-delete-title = 删除{ $name }？
rests-on-signed = 已签署的决策以此为依据：核验将指出它已与签署时不同。
bakeoff-delete-text = { $count ->
       *[other] 其中 { $results } 条结果一并移除。撤销即可恢复。
    }
bakeoffs-empty-title = 有没有更值的模型？
bakeoffs-empty-text = 横向评测让各候选与当前在用的模型回答同一批已冻结的用例：质量及其区间、按你的价格计算的单次成功任务成本，以及差异是否真实存在。
bakeoff-begin = 最晚开始
bakeoff-question = 要决定什么
bakeoff-question-hint = 用一句话写出结果要回答的问题。
bakeoff-contract = 所服务的合同
bakeoff-no-contract = 无合同
bakeoff-tab-comparison = 对比
bakeoff-tab-setup = 设置
stage = 阶段
candidate = 候选
candidates = 候选
results = 结果
incumbent = 在用方
repeats = 重复次数
minimum-effect = 有意义的最小差异
lead-days = 提前量
days-before-deadline = 早于通知期限的天数。
detectable = 最小可检测差异
power-title = 检验力
power-note = 在 5% 显著性水平下有八成把握发现；针对比例的配对比较，于测量之前估算。
power-short = 检验力不足：需能发现 { $wanted } 的差异
power-fits = 足以发现 { $wanted } 的差异
deadline-to-serve = 通知期限
deadline-begin = { $days ->
       *[other] 还有 { $days } 天，最迟 { $date } 开始
    }
deadline-past = 已过，本应于 { $date } 前开始
sealed-title = 盲评进行中，内容已密封
sealed-text = 盲评正在进行。名称、评分、成本、延迟与数量都会泄露候选的身份，因此在盲评结束后才重新显示。
sealed-candidates = 在盲评结束之前，候选只以编号称呼。

## 对比

comparison-empty-title = 还没有结果
comparison-empty-text = 用你的工具运行已冻结的用例，再导入其输出：promptfoo、Inspect、lm-eval、HELM、OpenAI Evals 或表格。
comparison-notes = 解读前须知
comparison-cases = { $cases } 个用例中有 { $shared } 个所有候选均已回答
criterion-header = { $name }，{ $scale }
score-title = { $count ->
       *[other] { $scale }；95% 区间 { $interval }，共 { $count } 个用例
    }
score-interval = 95% 区间
score-interval-of = { $name }，95% 区间
difference-from = 与 { $incumbent } 的差异（百分点）
difference-short = { $name }差异
difference-of = { $name }，与在用方的差异
difference-p = { $name }，p 值
verdict-reference = 基准
verdict-better = 优于在用方，且差异有实际意义
verdict-worse = 劣于在用方，且差异有实际意义
verdict-same = 与在用方相当：差异可忽略
verdict-open = 尚未定论：区间内既有有实际意义的差异，也有可忽略的差异
verdict-unknown = 无法比较
cost-per-success = 每次成功（{ $currency }）
cost-stated = 文件所述
cost-coverage = { $share }的回答已知成本
latency-median = 中位数 { $p50 }
failures = 失败
missing = 缺失
answers-empty = 空白
failures-as = 缺失按失败计为 { $score }
missing-as-failures = 缺失按失败计的得分
failures-empty = { $count } 条空白
tag = 标签
latencies = 回答耗时分布
by-tag = 按标签
by-tag-note = 各标签内的{ $criterion }。只有经全部标签与候选校正后仍成立的差异才会列出。
tag-holds = 校正后仍成立

## 用例与回答

cases-find = 查找用例
cases-order = 分歧最大的用例排在最前。
cases-unanswered-title = 还没有回答
cases-unanswered-text = 导入结果后，这里列出每个用例中各候选的评分。
cases-all = 全部用例
case-before = 上一个用例
case-after = 下一个用例
case-place = 第 { $at } / { $of } 个
spread = 分歧
answers = 回答
answers-as = 回答显示为
answers-markdown = 排版
answers-plain = 原文
answers-difference = 差异
difference-base = 其他回答均与此回答对比。
difference-none = 逐字相同。
answers-repeat = { $name }的重复
answer-latency = 延迟
answer-cost = 成本
answer-empty = 回答为空。
answer-reason = { $criterion }：{ $reason }

## 候选

candidates-empty-title = 谁参加评测？
candidates-empty-text = 请添加当前在用的模型与可能取代它的模型；导入结果时也会添加其中出现的候选。
candidates-note = 其余候选都与在用方比较。
candidate-add = 添加候选
candidate-edit = 编辑{ $name }
candidate-delete = 移除 { $name }
candidate-remove = 移除候选
candidate-deleted = { $name }已移除
candidate-delete-title = 移除 { $name }？
candidate-delete-text = { $count ->
       *[other] 它的 { $results } 条结果将不再参与对比。撤销即可恢复。
    }
candidate-save = 保存候选
candidate-price = 计价依据
candidate-provider = 提供方
candidate-labels = 文件中的名称
candidate-labels-hint = 每行一个，与结果中的写法一致。
candidate-incumbent = 当前在用
candidate-incumbent-note = 在用方：每项评测只有一个，其余候选都与它比较。

## 从文件导入结果

results-export = 导出结果
results-export-form = 写成
results-export-csv-note = 每个回答一行，每个评分项一列。
results-export-eee-note = Every Eval Ever（schema 0.3）的文件夹：各候选的数字，旁边是其回答。
results-exported = { $count ->
   *[other] 已导出 { $shown } 个结果
}
results-import = 导入结果
results-steps = 导入步骤
results-step-file = 文件
results-step-plan = 预览
results-drop-title = 将结果拖放到此处
results-path = 结果文件或文件夹
results-path-hint = 文件夹或压缩包会整体读取。
results-look = 预览
results-formats = 可读取的格式
results-reading = 正在读取结果
results-reading-note = 每条回答都与其用例和候选配对。尚未写入任何内容。
results-writing = 正在写入结果
results-writing-note = 全部结果在一个事务中写入，否则一条也不写。
results-files = 共 { $count } 个文件
results-format = 格式
results-already-at = 同一份结果已于 { $date } 导入。
results-matched = 已配对的结果
results-answered = 已回答的用例
results-answered-of = { $answered } / { $cases }
results-unmatched = 未配对
results-unmatched-title = { $count ->
       *[other] { $results } 条结果不属于此版本的任何用例。
    }
results-unmatched-text = 这些结果不会导入；不会悄悄丢弃任何内容。其用例名为：
results-known = 已存在
results-differing = 已存在但不同
results-differing-text = { $count ->
       *[other] { $results } 条结果已存在，但内容不同。
    }
results-conflict-keep = 保留现有结果
results-conflict-keep-note = 不采用文件中的版本
results-conflict-replace = 采用文件中的结果
results-conflict-replace-note = 用于更正后的运行
results-errors = 失败
results-already-in = 这些结果已经导入。
results-none-match = 没有结果能在此版本中找到用例。
results-nobody = 文件中的候选全部被略去。
results-commit-note = 导入前先备份。整次导入可以撤回。
results-commit = 导入结果
results-imported = { $count ->
       *[other] 已导入 { $results } 条结果
    }
results-imported-unmatched = { $count ->
       *[other] { $count } 条没有用例的结果未导入
    }
results-empty-title = 还没有结果
results-empty-text = 每次导入及其内容都列在这里，并可整体撤回。
results-at = 导入时间
results-reverted-tag = 已撤回
results-reverted = { $name }已撤回
results-revert = 撤回{ $name }
results-revert-go = 撤回
results-revert-title = 撤回{ $name }？
results-revert-text = { $count ->
       *[other] { $results } 条结果将不再参与对比。磁盘上的文件不受影响，撤销即可恢复。
    }
found-candidates = 文件中的候选
found-candidates-note = 请指明每个名称是谁。下次导入时会记住。
found-reassigned = 上面的数量按推测的对应关系计算。重新读取即可按你的指定计算。
found-label = 文件中的名称
found-model = 提供方与模型
found-is = 对应
found-is-of = { $label } 是谁
found-errors = { $count } 条失败
assign-new = 新候选
assign-nobody = 略去
found-criteria = 文件中的评分项
found-no-criteria = 文件中没有评分：可在此处为回答评分。
found-scores = 评分数
found-mean = 此处均值
found-stated = 文件给出的均值
found-states = { $candidate } { $value }
found-states-otherwise = { $candidate }：文件称 { $value }，其评分算得 { $computed }
found-states-none = 无
found-new = 新

## 评分项

criteria = 评分项
criteria-note = 第一项决定是否成功，也用于差异图。
criteria-none = 尚无：将采用结果中的评分项。
criterion = 评分项
criterion-add = 添加评分项
criterion-new = 新评分项
criterion-remove = 移除 { $name }
criterion-kind = 类别
criterion-kind-of = { $name }的类别
criterion-kind-quality = 质量
criterion-kind-safety = 安全
criterion-worst = 最差
criterion-best = 最好
criterion-passes = 及格线
criterion-worst-of = { $name }的最差值
criterion-best-of = { $name }的最好值
criterion-passes-of = { $name }的及格线

## 自动评分规则

scorers = 自动评分规则
scorers-note = 规则在本机为每个回答评分，不调用模型或供应商，每次得分都相同。
scorers-none = 还没有规则。规则自行判断回答是否等于参考答案、符合 schema、长度合规、是否拒答。
phase-scoring = 正在为回答评分
scorer-add = 添加规则
scorer-edit = 修改{ $name }的规则
scorer-add-note = 保存规则，并立即用它为每个回答评分。
scorer-edit-note = 修改后成为下一版本，并立即为每个回答重新评分，取代上一版本的评分。
scorer-rule = 规则
scorer-ran-at = 上次运行
scorer-scored = 已评回答
scorer-not-run = 尚未运行
scorer-run = 运行
scorer-run-again = 重新运行
scorer-running = 正在按{ $name }评分
scorer-newer = 来自更新版本的 Quarterdeck
scorer-save = 保存并评分
scorer-ran = { $count ->
       *[other] { $name }：已为 { $scored } 个回答评分。
    }
scorer-unscored = { $count ->
        [1] { $unscored } 个无法评分，原因：{ $reason }。
       *[other] { $unscored } 个无法评分，首个的原因：{ $reason }。
    }
scorer-criterion-hint = 已由文件或盲评轮次评分的评分项，不能再用规则评分。
scorer-criterion-new = 新评分项
scorer-criterion-name = 评分项名称
scorer-has-rule = 已有规则
scorer-replaces = 该评分项已有规则，将被此规则取代。
rule-kind = 规则类型
rule-kind-exact = 等于参考答案
rule-kind-contains = 包含文本
rule-kind-pattern = 匹配正则表达式
rule-kind-valid-json = 是 JSON
rule-kind-json-schema = 符合 JSON Schema
rule-kind-number = 数值在容差内
rule-kind-length = 长度在范围内
rule-kind-refusal = 是否拒答
rule-kind-expression = 字段表达式
rule-about-exact = 回答与该用例的任一参考答案相同得 1，否则得 0。
rule-about-contains = 回答包含其中任一文本（或全部文本）得 1，否则得 0。
rule-about-pattern = 在回答的任意位置匹配到得 1，否则得 0。
rule-about-valid-json = 回答是 JSON 或含有 JSON 块得 1，否则得 0。
rule-about-json-schema = 回答中的 JSON 符合 schema 得 1；不符合或没有 JSON 得 0。
rule-about-number = 数值与某一参考答案之差不超过两个容差中较大者得 1，否则得 0。
rule-about-length = 长度在上下限之间（含两端）得 1，否则得 0。
rule-about-refusal = 按回答开头的 240 个字符判断，支持中英文，不计引文与代码，不调用模型。
rule-about-expression = 表达式的值即得分：true 为 1，false 为 0，数字即其本身。
rule-normalise = 忽略
rule-normalise-case = 大小写
rule-normalise-case-note = “Yes”与“yes”视为相同。
rule-normalise-space = 空白
rule-normalise-space-note = 首尾空白及中间空白的多少。
rule-normalise-punctuation = 标点
rule-normalise-punctuation-note = 数字的正负号与 % 等符号不忽略。
rule-normalise-compatibility = 兼容字形
rule-normalise-compatibility-note = “１”与“1”视为相同（NFKC）。
rule-sought = 查找内容
rule-sought-references = 用例的参考答案
rule-sought-texts = 以下文本
rule-texts = 文本
rule-texts-hint = 每行一个。
rule-holds = 须包含多少
rule-holds-any = 任意一个
rule-holds-all = 全部
rule-pattern = 正则表达式
rule-pattern-hint = 不支持环视与反向引用，因此任何回答都不会使匹配变慢。
rule-ignore-case = 不区分大小写
rule-schema = Schema
rule-schema-hint = JSON Schema。不会从外部获取任何内容，引用只能指向其内部。
rule-which = 取回答中的哪个数
rule-which-first = 第一个
rule-which-last = 最后一个
rule-absolute = 绝对容差
rule-absolute-hint = 与参考答案同单位；留空为 0。
rule-relative = 相对容差
rule-relative-hint = 相对于参考答案；留空为 0。
rule-unit = 计量单位
rule-unit-characters = 字符
rule-unit-words = 词
rule-unit-sentences = 句
rule-unit-hint = 中文和日文每个字计为一个词。
rule-least = 至少
rule-most = 至多
rule-bound-hint = 留空表示不限。
rule-wanted = 得 1 分的是
rule-wanted-yes = 拒答
rule-wanted-no = 未拒答
rule-source = 表达式
rule-source-hint = CEL，至多 2,000 个字符。可用名称：answer、reference、question、variables、length、latency_ms、tokens、cost、scores。
rule-says-exact = 等于参考答案
rule-says-contains-references = { $all ->
        [yes] 包含全部参考答案
       *[no] 包含任一参考答案
    }
rule-says-contains-texts = { $all ->
        [yes] 包含全部：{ $texts }
       *[no] 包含任一：{ $texts }
    }
rule-says-pattern = 匹配 { $pattern }
rule-says-pattern-any-case = 匹配 { $pattern }，不区分大小写
rule-says-valid-json = 是 JSON 或含有 JSON 块
rule-says-json-schema = 符合 schema { $schema }
rule-says-number = { $which ->
        [last] 最后一个数等于参考答案
       *[first] 第一个数等于参考答案
    }
rule-says-number-absolute = { $which ->
        [last] 最后一个数与参考答案相差不超过 { $absolute }
       *[first] 第一个数与参考答案相差不超过 { $absolute }
    }
rule-says-number-relative = { $which ->
        [last] 最后一个数与参考答案相差不超过 { $relative }%
       *[first] 第一个数与参考答案相差不超过 { $relative }%
    }
rule-says-number-both = { $which ->
        [last] 最后一个数与参考答案相差不超过 { $absolute } 或 { $relative }%
       *[first] 第一个数与参考答案相差不超过 { $absolute } 或 { $relative }%
    }
rule-says-length = { $least } 至 { $most } { $unit }
rule-says-length-least = 至少 { $least } { $unit }
rule-says-length-most = 至多 { $most } { $unit }
rule-says-unit-characters = { $count ->
       *[other] 个字符
    }
rule-says-unit-words = { $count ->
       *[other] 个词
    }
rule-says-unit-sentences = { $count ->
       *[other] 句
    }
rule-says-refuses = 拒答
rule-says-answers = 未拒答
rule-quoted = “{ $text }”
rule-comma = 、

## 术语释义

term-suite-kind = 金标准集衡量回答有多好；安全集守住绝不能发生的事。
term-frozen-version = 其用例带有哈希且不再改变的版本。
term-suite-draft = 尚未纳入任何版本的修改。冻结后成为下一版本。
term-findings = 在最新版本中发现的个人数据、密钥与机密。它们会被发送给每个作答的模型。
term-version-hash = 所有用例的 SHA-256：哈希相同即问题相同。
term-case-reference = 算作正确的答案；任一即可。
term-case-rubric = 评判模型或人应关注的要点。
term-case-weight = 该用例的分量，未注明则为 1。
term-case-cluster = 同一簇的用例并不独立，例如同一问题的变体；区间会计入这一点。
term-case-id = 来源中的名称。结果据此找到用例。
term-bakeoff-stage = 计划中、已有结果、盲评进行中、已评分、已签署。
term-bakeoff-begin = 合同的通知期限减去提前量。
term-bakeoff-contract = 横向评测须赶在其通知期限之前完成。
term-minimum-effect = 低于此值的差异不影响决定，以占评分尺度的比例表示。
term-repeats = 每个用例向每个候选提问的次数。重复可削弱单个用例内的偶然性。
term-lead-days = 须在通知期限之前多少天开始。
term-detectable = 最小可检测差异：有八成把握发现的最小差异。
term-underpowered = 不能可靠地发现有意义的最小差异：需要更多用例或更多重复。
term-interval = 100 次此类抽样中有 95 次包含真实得分的范围，已计入簇。
term-paired-difference = 逐个用例与在用方比较，难题对双方同样计入。一个百分点为量表的百分之一：0–1 量表为 0.01，1–10 量表为 0.09。阴影带内的差异可忽略。
term-cost-per-success = 按候选价格计算的全部回答成本（含失败），除以成功的次数。
term-cost-stated = 文件中给出的单次成功成本。
term-p95 = 100 条回答中有 95 条在此时间内返回。
term-failures = 失败的请求与空白的回答。
term-missing-answers = 没有任何文件提供的回答。不计入得分；悬停可见按失败计的得分。
term-spread = 该用例上最好与最差候选之间的差距，以百分点计。
term-results-unmatched = 其用例不在此版本中的结果，未导入。
term-candidate-price = 其 token 按哪种价格计算。
term-candidate-provider = 价目表中的称呼，例如 bedrock。
term-candidate-labels = 文件中的称呼：这些名称下的结果归它。
term-criterion-kind = 安全是单独的门槛：质量再高也不能弥补。
term-criterion-scale = 尺度的两端。差异以其百分之一计。
term-criterion-passes = 在该评分项自身的尺度上，达到此值即为成功。
cost-per-success-plain = 单次成功成本
difference-of-scores = 差异（百分点）
