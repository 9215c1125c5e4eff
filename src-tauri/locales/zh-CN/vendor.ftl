# Vendors: the companies and platforms that serve models.

vendor-add = 添加供应商
vendor-new = 新供应商
vendor-actions = 供应商操作
vendor-delete = 删除供应商
vendor-delete-title = 删除 { $name }？
vendor-delete-text = 其 { $count } 份合同及条款、价格和期限将一并删除：{ $contracts }。用量及其成本保留。此操作可撤销。
vendor-deleted = 已删除 { $name }
vendor-status-candidate = 候选
vendor-status-approved = 已批准
vendor-status-incumbent = 在用
vendor-status-exiting = 退出中
vendor-no-contracts = 尚无与该供应商的合同。
vendor-no-usage = 本季度没有该供应商的用量。
vendors-empty-title = 尚无供应商
vendors-empty-text = 供应商记录其合同、联系人、风险等级，以及在用量文件中的名称。
risk-tier = 风险等级
risk-low = 低
risk-medium = 中
risk-high = 高
provider-keys = 用量文件中的名称
provider-keys-hint = 以逗号分隔，例如 azure, azure_openai。以这些名称记录的用量均归属该供应商。
contacts = 联系人
contacts-none = 尚无联系人。
contact-add = 添加联系人
contact-remove = 移除联系人
contact-name = 姓名
contact-role = 职务
contact-email = 电子邮件
spend-this-quarter = 本季度支出
next-deadline = 下一截止日

term-vendor-status = 候选：评估中；已批准：可以使用；在用：承载生产流量；退出中：正在替换。
term-risk-tier = 您对该供应商一旦失效所造成影响的判断。
term-provider-keys = 用量文件中的供应商列将与这些名称匹配。

endpoint = 端点
endpoint-hint = 其接口的基础地址，须用 https；本机可用 http
protocol = 协议
protocol-openai-compatible = OpenAI 兼容
protocol-anthropic = Anthropic
protocol-google = Google
protocol-azure-openai = Azure OpenAI
protocol-other = 其他
term-protocol = 端点所用的协议：决定密钥如何发送、模型如何列出。多数网关使用 OpenAI 的协议。
endpoint-usual-openai-compatible = https://api.openai.com/v1
endpoint-usual-anthropic = https://api.anthropic.com/v1
endpoint-usual-google = https://generativelanguage.googleapis.com/v1beta
endpoint-usual-azure-openai = https://RESOURCE.openai.azure.com/openai/v1
endpoint-usual-other = https://host/path
endpoint-unlisted = 无法列出该协议的模型。
endpoint-title = 密钥与模型
endpoint-note = 密钥只保存在本机的钥匙串中：不在工作区、备份或导出文件里。
endpoint-check = 列出模型
endpoint-models = { $count ->
    [0] 该端点没有向此密钥提供任何模型。
   *[other] 该端点提供 { $count } 个模型。
}
endpoint-unpriced = 无价格
api-key = API 密钥
key-save = 存入钥匙串
key-forget = 删除密钥
key-stored = 密钥已保存
key-other-origin = 为另一地址保存
key-not-stored = 未保存密钥
key-no-keychain = 没有运行钥匙串
key-no-keychain-remedy = 没有正在运行的钥匙串，无法保存密钥。请安装并启动 GNOME Keyring 或 KWallet，重新登录后再重启 Quarterdeck。除密钥外，其他功能均不受影响。
vendor-open = 打开供应商页面
vendor-risk-note = · 风险：{ $tier }
vendor-models-prices = 模型与价格
vendor-against-list = 与目录价比较
vendor-no-price = 无价格
vendor-contract-documents = 其合同的文档
