# Usage files that are something else than they seem, and rows that are broken in rare ways.

error-file-is-other = { $file } is { $kind ->
        [pdf] a PDF. Export the usage as CSV or JSON instead.
        [zip] a ZIP archive or an Excel workbook. Unpack it, or save the sheet as CSV.
        [xls] an old Excel workbook. Save the sheet as CSV.
        [image] a picture. Export the usage as CSV or JSON instead.
        [parquet] a Parquet file. Export it as CSV or JSON Lines.
        [zstd] packed with Zstandard. Unpack it, or pack it with gzip.
        [sqlite] a SQLite database. Export the table as CSV.
        [html] a web page, perhaps a sign-in page saved in place of the export. Download the file again.
       *[other] not text. Export the usage as CSV or JSON instead.
    }
error-format-differs = { $format ->
        [generic-jsonl] This file is not JSON: it begins like a table. Choose a CSV format.
        [litellm-spend-logs] LiteLLM spend logs are JSON, but this file begins like a table. Choose a CSV format.
        [openai-usage] Pages of OpenAI usage are JSON, but this file begins like a table. Choose a CSV format.
       *[other] This file is JSON, not a table. Choose a JSON format.
    }

issue-timestamp-relative = “{ $value }” counts from the start of a trace. A date is needed to know which prices were in force: add the start to every time.
issue-row-too-wide = The row has { $found } cells, the header { $expected }. A separator inside a cell needs quotes around the cell.
issue-nul-bytes = The row holds { $count } zero bytes, as left by a machine that lost power while writing.
issue-gzip-damaged = The compressed file breaks off here ({ $cause }). Everything before it was read; download the file again for the rest.

note-gateway-cache-free = Requests the gateway answered from its own cache are counted, but not their tokens: no provider bills them.
note-duplicate-columns = Some columns have the same name. They are told apart by a number, from left to right: check that the right one was chosen.
