"""The sentence of every fault that an import reports, by its code: what is wrong, and what to do.

`bot.domain.importing.remark` puts the place in front and fills in the facts; `{value}` is what the cell shows.
"""

from collections.abc import Mapping

FILES = {
    "file_missing": "文件不存在或无法打开,请检查路径和权限。",
    "empty_file": "文件是空的,请重新导出后再导入。",
    "not_a_workbook": "这不是 XLSX 工作簿({reason}),请在 Excel 中另存为“Excel 工作簿(*.xlsx)”后再导入。",
    "old_workbook": "这是旧版 Excel 文件(.xls),请另存为“Excel 工作簿(*.xlsx)”后再导入。",
    "encrypted": "文件设有打开密码,无法读取,请取消密码后重新保存。",
    "damaged_file": "文件已损坏,读不下去({reason}),请重新导出或重新保存后再导入。",
    "file_too_large": "文件解压后过大或压缩比异常({reason}),未打开,请只保留要导入的工作表后重新保存。",
    "reading_took_too_long": "文件太大或内容异常,读取超过了时限,已停止,没有导入任何内容;请拆成几个文件后再导入。",
    "reading_out_of_memory": "读取文件所需的内存超过了上限,已停止,没有导入任何内容;请拆成几个文件后再导入。",
    "reading_disk_full": "读取文件时临时文件夹所在的磁盘空间不足,已停止,没有导入任何内容;请清理磁盘后再导入。",
    "reading_broke_off": "读取文件的进程意外中止,没有导入任何内容;请重试,若再次出现请把文件另存后再导入。",
    "unknown_encoding": "文件的编码不是 UTF-8、GB18030 或带 BOM 的 UTF-16,请用 UTF-8 重新保存。",
    "not_a_csv": "文件不是规范的 CSV({reason}),请用 Excel 另存为“CSV UTF-8”。",
    "no_known_sheet": "没有认得的表,工作表名(CSV 则为文件名)应为:人员、业绩、管户、汇率、签到、培训。{hint}",
    "unknown_sheet": "不是台账的工作表,已忽略。{hint}",
    "no_cells_in_sheet": "这张表是{kind},没有可读的单元格,未导入;数据若在别的工作表里,请把那张表改成这个名称。",
    "external_sheet": "这张表的内容不在文件里,而在外部链接上,不会去读取,请把数据粘贴到本文件后再导入。",
    "sheet_without_content": "文件里找不到这张表的内容,文件可能已损坏,请重新导出或重新保存后再导入。",
    "only_hidden_sheets": "台账的工作表都是隐藏的,没有可导入的内容;要导入请先取消隐藏。",
    "hidden_sheet": "工作表是隐藏的,未导入;要导入请先取消隐藏。",
    "empty_sheet": "工作表没有数据行,没有可导入的内容。",
}

HEADERS = {
    "no_header": "前十行中找不到表头,第一行请写上列名:{columns}。",
    "missing_column": "缺少必需的列「{header}」,请补上这一列。",
    "misspelt_header": "列名「{value}」不认得,应为「{header}」,请改正。",
    "unknown_column": "列「{value}」不认得,已忽略。{hint}",
    "duplicate_header": "列「{header}」出现了两次(另一处为第 {first} 列),请只保留一列。",
    "unknown_unit": "单位“{unit}”不认得,请写:{accepted}。",
    "wrong_currency": "单位“{unit}”与该列的币种不符,请写:{accepted}。",
    "unit_conflict": "表头上方写的单位是“{line}”,这里写的是“{unit}”,两处不一致,请改成一致。",
    "unit_unclear": "“{value}”像是金额单位而无法采用,请在表头上方单写一格“单位:万元”,或把单位写进各列的列名。",
    "dollars_assumed": "上方的单位行没有写美元,该列按美元(个位)读取;若不是,请在列名后注明(万美元)。",
    "hidden_column": "这一列是隐藏的,照常读取,请核对。",
    "unnamed_column": "有数据的列没有列名,已忽略;若需导入请写上列名。",
}

ROWS = {
    "row_too_long": "这一行的单元格比表头多,可能是金额中的逗号没有加引号,请检查。",
    "row_too_short": "这一行的单元格比表头少,缺「{header}」等,请补全。",
    "total_row": "看来是合计行(“{value}”),已跳过。",
    "note_row": "看来是表尾说明(“{value}”),已跳过。",
    "same_row_twice": "与{first}完全相同,只计一次。",
    "duplicate_key": "与{first}是同一条记录({key}),内容却不同,请只保留正确的一行。",
    "hidden_rows": "有 {count} 行是隐藏的或被筛选掉的(首行为本行),照常读取;若不应导入请先删除。",
    "formulas_not_calculated": "有 {count} 行的公式未经 Excel 计算(首行为本行),可能是旧值或 0,请用 Excel 打开再保存。",
    "external_formulas": "有 {count} 行的公式取自别的文件(首行为本行),读到的是上次更新时的值,请核对。",
    "too_many_faults": "错误过多:只列出前 {listed} 处,其后还有 {count} 处未逐一列出;请先改正已列出的错误。",
}

CELLS = {
    "key_empty": "「{header}」不能为空,请补上。",
    "value_missing": "「{header}」不能为空,请补上。",
    "merged_key": "合并单元格使这一行的「{header}」为空,请取消合并并逐行填写。",
    "merged_amount": "合并单元格使这一行的「{header}」没有数,请取消合并并逐行填写。",
    "merged_value": "单元格被合并遮住,里面却另存有“{value}”,看不见的值不予采用,请取消合并并核对。",
    "merged_cell": "单元格被合并,这一行按空读取;若应有值,请取消合并并逐行填写。",
    "formula_without_value": "公式({value})没有保存计算结果,请在 Excel 中打开、重新计算并保存,或粘贴为数值。",
    "error_cell": "单元格是错误值({value}),请改正公式或填写数值。",
    "wrong_kind": "“{value}”是{kind},这里应填{wanted}。",
    "not_a_number": "“{value}”不是数字,请只填数字(单位写在列名里,没有发生额填 0)。",
    "scientific": "“{value}”是科学计数法,可能已丢失末几位,请把该列设为“数值”格式重新导出,或填写完整的数。",
    "dual_unit": "“{value}”自带单位,而该列以{unit}为单位,读法不止一种,请只填数字(以{unit}计)。",
    "unit_in_format": "“{value}”的显示格式带有万或亿,与所存的数不同,请改用普通数值格式并核对(该列以{unit}计)。",
    "cell_currency": "“{value}”的币种与该列不符(该列为{currency}),请核对后只填数字。",
    "not_finite": "“{value}”不是有限的数,请填实际数值。",
    "negative": "“{value}”是负数,这里不能为负,请核对。",
    "too_many_decimals": "“{value}”换算后小数超过两位({unit}),请核对或四舍五入到分后填写。",
    "amount_too_large": "“{value}”超过单个单元格的上限 1 万亿元(美元同),请核对单位。",
    "not_a_date": "“{value}”不是有效日期,请写成 2026-09-30、2026/9/30 或 20260930。",
    "date_out_of_range": "日期“{value}”不在 1900 至 2199 年之间,请核对。",
    "bare_number": "“{value}”是年份或别的数字,不是完整的日期,请写成 2026-09-30。",
    "not_a_time": "“{value}”不是有效时间,请写成 09:30。",
    "id_rounded": "“{value}”有 16 位以上却存成了数字,Excel 已把末位改成 0,请把该列设为文本后重新填写。",
    "id_maybe_rounded": "编号“{value}”第 16 位起全是 0,可能曾存成数字而丢失末几位,请核对。",
    "id_padded": "“{value}”在 Excel 中补零或加字显示,存的数字却没有这些,请把该列设为文本后填写完整的编号。",
    "not_an_id": "“{value}”不能作为编号,请填完整的编号(不带小数、空格或符号,列格式设为文本)。",
    "bad_character": "含有看不见的控制字符({characters}),请删去后重新填写。",
    "characters_removed": "含有看不见的控制字符({characters}),已去掉。",
    "text_damaged": "文字“{value}”里有“\ufffd”,原字在导出时已经丢失,请核对。",
    "text_too_long": "文字超过 {longest} 个字符,请缩短。",
    "share_not_positive": "占比“{value}”必须大于 0。",
    "share_above_100": "占比“{value}”超过 100%。",
    "share_too_fine": "占比“{value}”的小数超过两位,请保留两位。",
    "share_tiny": "占比“{value}”按 {percent}% 读取;若本意是 {times}%,请改为 {times}。",
    "rate_not_positive": "汇率“{value}”必须大于 0。",
    "rate_unlikely": "汇率“{value}”不像 1 美元兑人民币的价格(是否按 100 美元报价?),请核对。",
    "rate_too_fine": "汇率“{value}”的小数超过 12 位,请核对。",
    "hours_too_fine": "学时“{value}”的小数超过两位,请保留两位。",
    "hours_too_large": "学时“{value}”过大,请核对。",
    "not_a_count": "“{value}”不是人数,请填整数。",
    "unknown_word": "“{value}”不在可填的范围内,请填:{accepted}。",
    "not_an_email": "“{value}”不是有效的邮箱地址。",
    "empty_amounts": "有 {count} 个单元格为空(首个在第 {first} 行),按 0 计。",
}

RULES = {
    "agreement_above_deposits": "其中协议存款 {agreement} 元大于日均存款 {deposits} 元,请核对。",
    "trainee_without_probation": "见习客户经理须填写「见习起始日」。",
    "to_before_from": "截止日 {value} 早于起始日 {start},请核对。",
    "end_before_start": "结束时间 {value} 早于开始时间 {start},请核对。",
    "attribution_overlap": "客户 {client} 与客户经理 {manager} 的两条管户同时有效(另一条:{other}),请给前一条填截止日。",
    "shares_above_100": "客户 {client} 自 {day} 起各客户经理占比合计 {total}%,超过 100%({managers}),请核对。",
}

STORE = {
    "unknown_manager": "工号 {value} 在文件和库中都没有,请先在「人员」中补上,或改正工号。",
    "unknown_session": "培训编号 {value} 在文件和库中都没有,请先在「培训」中补上,或改正编号。",
    "client_without_manager": "客户 {value} 有业绩而没有管户,不计入任何人;考核检查前请补上管户。",
    "client_without_figures": "客户 {value} 有管户而没有业绩,考核检查前请补上业绩。",
    "and_more": "同类问题另有 {count} 处,未逐一列出。",
    "established_fact_stands": "与已认定的结果不一致(认定为 {fact},自 {since}),以认定为准,这一格未采用。",
    "later_batch_holds": "这一行({value})后来由批次 {later} 改过,保持不动;它没有的列仍是批次 {batch} 的值,请核对。",
    "proposal_voided": "{period} 考核已提交、尚未定稿:本次导入使提交作废,请重新试算并提交。",
    "waits_for_second": "{value} 的角色、主管工号或邮箱有变动,须由另一名 HR 人员确认后生效。",
}

WORDS: Mapping[str, str] = {**FILES, **HEADERS, **ROWS, **CELLS, **RULES, **STORE}
