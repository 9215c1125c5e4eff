# 名不副实的用量文件，以及少见的无效行。

error-file-is-other = { $file } { $kind ->
        [pdf] 是 PDF 文件。请将用量导出为 CSV 或 JSON。
        [zip] 是 ZIP 压缩包或 Excel 工作簿。请先解压，或将工作表另存为 CSV。
        [xls] 是旧版 Excel 工作簿。请将工作表另存为 CSV。
        [image] 是图片。请将用量导出为 CSV 或 JSON。
        [parquet] 是 Parquet 文件。请导出为 CSV 或 JSON Lines。
        [zstd] 由 Zstandard 压缩。请先解压，或改用 gzip 压缩。
        [sqlite] 是 SQLite 数据库。请将数据表导出为 CSV。
        [html] 是网页，可能把登录页当成导出文件保存了。请重新下载。
       *[other] 不是文本文件。请将用量导出为 CSV 或 JSON。
    }
error-format-differs = { $format ->
        [generic-jsonl] 此文件不是 JSON，开头像表格。请选择 CSV 格式。
        [litellm-spend-logs] LiteLLM 消费日志应为 JSON，但此文件开头像表格。请选择 CSV 格式。
        [openai-usage] OpenAI 用量页面应为 JSON，但此文件开头像表格。请选择 CSV 格式。
       *[other] 此文件是 JSON，不是表格。请选择 JSON 格式。
    }

issue-timestamp-relative = “{ $value }”是从记录开始算起的时间。需要日期才能确定当时的价格：请为每个时间加上起始时刻。
issue-row-too-wide = 该行有 { $found } 个单元格，而表头有 { $expected } 个。单元格内含分隔符时，须用引号括起该单元格。
issue-nul-bytes = 该行含 { $count } 个零字节，通常是写入时断电所致。
issue-gzip-damaged = 压缩文件在此处中断（{ $cause }）。此前的内容均已读取；其余部分请重新下载文件。

note-gateway-cache-free = 由网关自身缓存应答的请求计入请求数，但不计 Token：供应商不会对其收费。
note-duplicate-columns = 有同名的列，已按从左到右的顺序加编号区分：请确认所选的列正确。
