# 窗口中的事后复盘与改进项。

nav-actions = 改进项
postmortem-name = 事后复盘
postmortem-empty-title = 尚无复盘
postmortem-empty-text = 复盘以一份好模板的各个章节开始，每节都提示应写什么。输入的内容在三分之一秒内保存，无需联网。
postmortem-begin = 开始复盘
postmortem-actions = 复盘的更多操作
postmortem-incident = 事故
postmortem-to-review = 提交评审
postmortem-to-approved = 批准
postmortem-to-closed = 关闭
postmortem-to-draft = 退回草稿
postmortem-outline = 大纲
postmortem-hints = 提示
postmortem-hinting = 提示评判他人的措辞
postmortem-words = { $shown } 字{ $count ->
   *[other] {""}
  }
postmortem-placeholder = 发生了什么？
postmortem-preview = 阅读效果
postmortem-look = 显示内容
postmortem-look-write = 编写
postmortem-look-both = 对照
postmortem-look-read = 阅读
postmortem-mark-inside = 将所选内容标为不外传（Ctrl+Shift+H）
postmortem-insert-timeline = 插入时间线
postmortem-insert-actions = 插入改进项
postmortem-focus = 专注
postmortem-focus-off = 显示全部
postmortem-damaged-note = 此文件中较新的版本被绕过程序修改，无法读取。这是能读取的最新版本；后续内容将在其上继续。
postmortem-approved-note = { $by } 于 { $date } 批准，{ $hash }。文本与时间线不再更改。
postmortem-approved-changed = 这已不是 { $by } 于 { $date } 批准的内容（{ $hash }）：标题、文本或时间线此后有改动。
postmortem-conflict-note = 有人在另一个窗口更改了同一段文字。无论继续使用哪一份，两份文本都保留在历史中。
postmortem-conflict-mine = 使用我的
postmortem-conflict-theirs = 使用对方的
postmortem-approve-note = 文本与时间线将按现状冻结并生成哈希。重新打开后变回草稿。
postmortem-approver = 批准人
postmortem-names = 不外传的名称
postmortem-names-note = 人员、客户、系统的名称：与标记为 {"{"}==这样=={"}"} 的段落一样，在对外版本中一律去除。
postmortem-names-label = 每行一个
postmortem-names-keep = 保存名称
postmortem-history = 历史
postmortem-history-note = 每次停顿都会保存。恢复某个版本会新增一个版本，其间的版本仍然保留。
postmortem-versions = 版本
postmortem-restore = 恢复此版本
postmortem-restored = 已恢复 { $at } 的文本。
history-changes = 此后的改动
history-lines = 逐行作者
history-newest = 最新
history-is-newest = 这就是当前文本。
history-saves = 保存 { $count } 次
export = 导出
postmortem-export = 导出复盘
postmortem-export-note = 包含全部内容，去除标记。
postmortem-export-external-note = 不含标记的段落、不外传的名称、负责人、证据和图片。写入前会检查整个文件。
postmortem-for-others = 对外版本
postmortem-form = 格式
postmortem-paper = 纸张
postmortem-exported = 复盘已导出
postmortem-exported-external = 对外版本已导出

timeline-title = 时间线 · UTC（悬停显示 { $zone }）
timeline-what = 事件
timeline-seen = 证据
timeline-nothing = 还没有内容。输入一个时间，或粘贴聊天记录。
event-add = 添加事件
event-change = 更改事件
event-keep = 保存事件
event-edit = 更改“{ $text }”
event-remove = 移除“{ $text }”
event-deleted = 已移除事件
event-at = 时间
event-who = 发言人

actions-title = 改进项
actions-nothing = 还没有。
actions-look = 改进项的显示方式
actions-list = 列表
actions-board = 看板
actions-empty-title = 还没有改进项
actions-empty-text = 改进项在事故的复盘中添加：为避免再次发生要做什么，由谁做，以及如何得知有效。
action-add = 添加改进项
action-change = 更改改进项
action-keep = 保存改进项
action-remove = 移除
action-gone = 已移除改进项
action-title = 要做什么
action-for = 目的
action-standing = 状态
action-by = 截止日
action-late = 逾期
action-verify = 如何得知有效
action-evidence = 有效的证据
action-evidence-hint = 计为了结之前需要填写。
action-why = 放弃的原因

chat-import = 粘贴聊天记录
chat-note = 自动识别文中的时间，每条消息成为一个事件。Slack 的导出文件会与其 users.json 一并读取。
chat-text = 聊天记录
chat-placeholder = 14:05 张三：金丝雀告警
chat-file = 聊天记录
chat-choose = 选择文件…
chat-cut = 此处只显示前两百万个字符。请改为选择文件。
chat-zone = 未注明时区时的时区
chat-day = 未注明日期时的日期
chat-order = 9/4/2026 是
chat-month-first = 9 月 4 日
chat-day-first = 4 月 9 日
chat-take = 采用{ $count ->
   *[other] { " " }{ $shown } 个事件
  }
chat-added = { $count ->
    [0] 其中的内容均已存在。
   *[other] 已添加 { $shown } 个事件
  }
chat-more = 其余{ $count ->
   *[other] { " " }{ $shown } 个一并采用。
  }

editor-find = 查找
editor-replace = 替换
editor-next = 下一个
editor-previous = 上一个
editor-all = 全选
editor-match-case = 区分大小写
editor-regexp = 正则表达式
editor-by-word = 整词匹配
editor-replace-all = 全部替换
editor-close = 关闭
editor-current-match = 当前匹配
editor-on-line = 所在行
editor-replaced-match-on-line = 已替换第 $ 行
editor-replaced-matches = 已替换 $ 处
postmortem-insert-figure = 插入图表
postmortem-figure-requests = 请求与失败
postmortem-figure-budget = 错误预算
postmortem-figure-spend = 支出
figure-nothing = 没有这些时段的用量记录：导入后图表将显示在此处。
