# 任何记录都可带有的内容：文档、评论、关联；以及人员。

area-comment = 评论
area-link = 关联
area-person = 人员

record-documents = 文档
record-discussion = 动态
record-comments = 评论
record-changes = 更改
record-links = 关联记录

comment-new = 评论
comment-placeholder = 对此记录的说明或意见
comment-add = 发表评论
comment-as = 您的姓名
comment-nobody = 未署名
comment-edit = 编辑评论
comment-delete = 删除评论
comment-deleted = 评论已删除
comment-none = 暂无评论

link-add = 关联记录
link-find = 查找要关联的记录
link-none = 暂无关联记录。
link-none-found = 没有这样名称的记录。
link-remove = 取消与“{ $title }”的关联
link-removed = 已取消与“{ $title }”的关联
link-gone = 已删除

document-path = 文件
document-hint = 副本保存在工作区内。PDF、图片和文本可在此查看。
document-attach = 添加附件
document-attached = 已添加 { $name }
document-open = 打开 { $name }
document-save = 另存副本…
document-saved = 副本已保存
document-remove = 移除 { $name }
document-removed = 已移除 { $name }
document-unreadable = 此类文件无法在此显示，请另存副本后用其他程序打开。
document-page = 第 { $page } 页，共 { $pages } 页
documents-empty = 暂无文档
documents-empty-text = 将已签署的协议、函件或图片保存在所属记录中。

nav-people = 人员
people-note = 记录按其中所写的姓名显示负责人；人员可由其任一姓名识别。
people-none = 暂无人员
people-none-text = 添加供应商与合同的负责人，便可由任一姓名找到，并指定代理人。
person-add = 添加人员
person-edit = 编辑 { $name }
person-names = 其他姓名
person-names-hint = 每行一个：其他文字的写法、不带重音的写法、文件中的写法。
person-role = 职务
person-email = 电子邮件
person-deputy = 代理人
person-deputy-none = 无
person-owns = 负责
person-owns-count = { $count ->
    [0] 无
   *[other] { $count } 条记录
}
person-owns-more = 等另外 { $count } 项
person-save = 保存
person-delete = 移除 { $name }
person-deleted = 已移除 { $name }
people-unknown = 被写为负责人但不在列表中
people-unknown-note = 可添加为新人员，或作为某人的其他姓名。

change-names = 其他姓名
change-role = 职务
change-email = 电子邮件
change-deputyId = 代理人
