"""Tables of an operator (CSV, XLSX) → registers that an examination may lean on: their reader, columns, services."""
