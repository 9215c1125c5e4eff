# The first screen of a workspace.

home-attention = 今日待办
home-quiet = 今天没有待处理事项。
home-quarter = { $quarter } 概览
home-open-economics = 打开单位经济
home-empty-title = 从一个月的用量开始
home-empty-text = 从网关或供应商处导入用量文件，再添加相应的供应商和合同，支出、单位成本和截止日期便会随之得出。
