# 事件：核心给出的文字。

area-incident = 事件

incident-kind-toxic-output = 有害输出
incident-kind-pii-leak = 个人信息泄露
incident-kind-cross-tenant-leak = 跨租户泄露
incident-kind-runaway-loop = 智能体失控循环
incident-kind-vendor-outage = 供应商中断
incident-kind-cost-spike = 费用激增
incident-kind-quality-regression = 质量退化
incident-kind-prompt-injection = 提示词注入
incident-kind-other = 其他

incident-impact-others-data = 一个客户的数据到了另一个客户那里
incident-impact-harm = 有害输出，或个人信息出现在不该出现之处
incident-impact-outage = 某项功能无法使用
incident-impact-degraded = 错误增多、变慢或费用过高
incident-impact-minor = 回答略差
incident-scope-widespread = 多数用户或整项功能
incident-scope-several = 数个客户
incident-scope-single = 单个客户或会话
incident-severity-reason = { $impact } · { $scope }：建议定为 { $severity }。

severity-sev1 = SEV1
severity-sev2 = SEV2
severity-sev3 = SEV3
severity-sev4 = SEV4

incident-status-open = 未处理
incident-status-acknowledged = 已确认
incident-status-mitigated = 已缓解
incident-status-resolved = 已解决

incident-span-ttd = 检测用时
incident-span-tta = 确认用时
incident-span-ttm = 缓解用时
incident-span-ttr = 解决用时

incident-factor-model = 模型
incident-factor-prompt = 提示词
incident-factor-data = 数据或检索
incident-factor-tools = 工具
incident-factor-guardrail = 护栏
incident-factor-process = 流程
incident-factor-vendor = 供应商

clock-kept = 已按时通报
clock-late = 通报已逾期
clock-left = 还剩 { $time }
clock-passed = 已超时 { $time }

attention-incident-open = { $severity }，{ $status }，自发现以来 { $time }。
attention-incident-clock = { $clock } 正在计时：{ $due }。
attention-incident-acknowledged = 确认
attention-incident-mitigated = 缓解
attention-incident-resolved = 解决
attention-incident-tell = 通报
since-incidents = { $count ->
   *[other] 新增 { $count } 起
}

change-severity = 严重级别
change-severityReason = 定级理由
change-impact = 影响
change-scope = 范围
change-began = 开始
change-detected = 发现
change-acknowledged = 确认
change-mitigated = 缓解
change-resolved = 解决
change-commander = 指挥
change-scribe = 记录员
change-comms = 对外沟通
change-features = 功能
change-tenants = 租户
change-models = 模型
change-factors = 促成因素
change-clocks = 监管时限
change-source = 来源
change-summary = 摘要

field-severity-reason = 与建议的级别不同：请说明理由。
field-before-began = 早于开始时间。
field-before-detected = 早于发现时间。
field-before-acknowledged = 早于确认时间。
field-before-mitigated = 早于缓解时间。
field-clock = 时限须有名称，且至少为一小时。

instant-twice = 当夜时钟回拨，此时间出现两次，取第一次。写明时差（如 +01:00）即可区分。
instant-skipped = 时钟拨快时跳过了此时间，它并不存在。
instant-not-a-time = 不是时间：请写作 2026-09-14 14:05，或只写今天的 14:05。

taken-failed = 失败请求
taken-sessions = 会话
taken-requests = 请求
taken-tokens = Token
taken-beyond = 比通常的 { $usual } 多 { $excess } [{ $low }, { $high }]，依据 { $weeks } 周
taken-beyond-few = 比通常的 { $usual } 多 { $excess }，仅依据 { $weeks } 周，不足以给出区间
taken-nothing-before = 此前数周的同一时段没有用量记录
taken-spend = 支出
figure-requests = 每小时请求与失败
figure-spend = 每小时支出
field-in-future = 该时间尚未到来。
