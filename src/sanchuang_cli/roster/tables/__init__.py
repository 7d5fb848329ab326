"""Tables found in the cells of a sheet: headers, records, and why the other rows are none."""
