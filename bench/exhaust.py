"""Every row of a workbook's sheets read with python-calamine and let go: what `sanchuang inspect` is held against."""

import sys

import python_calamine

book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    for _ in book.get_sheet_by_name(name).iter_rows():
        pass
