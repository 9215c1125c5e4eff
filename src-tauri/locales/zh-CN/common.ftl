# Words and sentences used on every screen.

close = 关闭
cancel = 取消
replace = 替换
back = 返回
open = 打开
browse = 浏览…
path-create-folder = 创建该文件夹
path-no-folder = 文件夹 { $folder } 不存在。
undo = 撤销
loading = 正在加载…
starting = 正在开始…
saving = 正在保存…
saved = 已保存
saved-at = 已保存 · { $time }
not-saved = 未保存
actions = 操作
columns = 列
total = 合计
other = 其他
unnamed = 未命名
vendor-none = 未注明供应商
not-given = 未提供
not-assessed = 未评估
show-options = 显示列表
no-match = 没有匹配项
choose-date = 选择日期
previous = 上一个
next = 下一个
previous-month = 上个月
next-month = 下个月
date-placeholder = YYYY-MM-DD
key-figures = 关键指标
versus = 较 { $period }
no-previous-period = 无前期数据
try-again = 重试
undone = 已撤销：{ $action }，{ $subject }{ $others ->
    [0] {""}
   *[other] 及另外 { $others } 项
}
undone-tag = 已撤销
nothing-to-undo = 没有可撤销的操作
redo-last = 重做已撤销的更改
redone = 已重做：{ $action }，{ $subject }{ $others ->
    [0] {""}
   *[other] 及另外 { $others } 项
}
nothing-to-redo = 没有可重做的操作
undo-blocked = “{ $subject }”无法撤销
undo-past = 撤销更早的一项
undo-this = 撤销此项
undo-last = 撤销最近的更改

name = 名称
status = 状态
owner = 负责人
website = 网站
notes = 备注
vendor = 供应商
model = 模型
models = 模型
contract = 合同
currency = 货币
period = 期间
quarter = 季度
paper = 纸张
language = 语言
rows = 行数
size = 大小
file = 文件
months = 个月
requests = 请求数
sessions = 会话数
since = 自 { $date } 起
since-ever = 自始生效
rows-count = { $rows } 行
tokens-count = { $tokens } 个 Token
imported-at = 导入于 { $at }
version = 版本 { $version }
version-label = 版本
due-in-days = { $days } 天

navigation = 功能区
workspace = 工作区
sample-data = 示例数据
group-vendors = 供应商
group-economics = 经济性
group-team = 团队
group-library = 资料库
nav-home = 首页
nav-vendors = 供应商
nav-contracts = 合同
nav-economics = 单位经济效益
nav-prices = 价格
nav-reports = 报告
nav-imports = 导入
nav-settings = 设置
nav-guide = 用户指南
search-or-jump = 搜索或跳转
search-results = 结果
help-keys = 键盘快捷键

palette-placeholder = 搜索记录，或输入操作名称
palette-group-answers = 指标与期间
palette-group-recent = 最近查看
palette-group-verbs = 操作记录
palette-group-records = 记录
palette-group-places = 前往
palette-group-actions = 操作
palette-import = 导入用量
palette-vendor = 添加供应商
palette-contract = 添加合同
palette-report = 制作季度回顾
palette-rates = 汇率
palette-backups = 备份：创建或恢复
palette-activity = 变更记录与撤销
palette-sources = 价格来源与许可
palette-export-all = 导出整个工作区
palette-language = 语言与主题
palette-undo = 撤销最近的更改
palette-redo = 重做已撤销的更改
palette-theme = 切换主题
palette-guide = 打开用户指南

keys-title = 键盘快捷键
keys-general = 全局
keys-tables = 表格中
keys-go = 前往
key-palette = 搜索或跳转
key-undo = 撤销最近的更改
key-redo = 重做已撤销的更改
key-new-workspace = 新建工作区
key-open-workspace = 打开工作区
key-import = 导入用量
key-settings = 设置
key-guide = 用户指南
key-keys = 显示此列表
key-escape = 关闭并回到原处
key-down = 下一行
key-up = 上一行
key-within = 在行内各项之间移动
key-open = 打开该行
key-first = 第一行
key-last = 最后一行

theme = 主题
theme-system = 跟随系统
theme-light = 浅色
theme-dark = 深色

chart-show-table = 以表格显示
chart-show-chart = 以图表显示
chart-copy = 复制数据
chart-copied = 数据已复制，可粘贴到电子表格
chart-export-svg = 导出 SVG…
chart-export-csv = 导出 CSV…
chart-open = 打开 { $name }
chart-export-title = 导出图表
chart-exported = 图表已导出

progress-of = { $unit ->
        [bytes] { $done } / { $total }
        [steps] { $done } / { $total } 步
       *[other] { $done } / { $total } 行
    }
progress-done = { $unit ->
        [bytes] { $done }
        [steps] { $done } 步
       *[other] { $done } 行
    }
progress-rate = { $unit ->
        [bytes] 每秒 { $rate }
        [steps] 每秒 { $rate } 步
       *[other] 每秒 { $rate } 行
    }
progress-left = 剩余 { $time }

table-tools = { $name }工具栏
table-filter = 筛选行
table-filter-of = 筛选行：{ $name }
table-rows = { $count ->
       *[other] { $shown } 行
    }
table-filtered = { $shown } / { $total } 行
table-none = 没有包含“{ $text }”的行
table-copy = 复制
table-copied = 已复制 { $count } 行，可粘贴到电子表格
table-copy-failed = 无法写入剪贴板
table-export = 导出
table-export-xlsx = Excel 工作簿（.xlsx）…
table-export-csv = CSV…
table-export-title = 导出表格
table-exported = 已导出 { $count } 行
table-columns-reset = 恢复默认列
table-select-all = 选择所有行
table-select-row = 选择 { $name }
table-selected = { $count ->
       *[other] 已选 { $shown } 行
    }
table-unselect = 取消选择
table-total-shown = 所示 { $count } 行合计
table-views = 视图
table-views-none = 视图以一个名称保存筛选、排序和列。
table-view-name = 视图名称
table-view-save = 保存视图
table-view-rename = 重命名
table-view-rename-of = 重命名“{ $name }”
table-view-delete = 删除“{ $name }”
bulk-owner = 设置负责人…
bulk-owner-title = 设置 { $count } 条记录的负责人
bulk-owner-set = 设置负责人
bulk-owner-done = 已更改 { $count } 条记录的负责人
key-select = 选择该行
key-select-more = 扩展所选范围
key-select-all = 选择表中所有行
