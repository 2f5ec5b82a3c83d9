/** An XLSForm as rows, whatever file it came from (XLSX, or Markdown tables as pyxform knows them). */
export type Workbook = { sheets: Sheet[] }

/** `columns`: headers as written, trimmed. `rows` without the header and without empty rows. */
export type Sheet = { name: string; columns: string[]; rows: SheetRow[] }

/** `row`: its number in the sheet, from 1. `cells`: by header; empty cells are absent, numbers and dates are text as a person typed them. */
export type SheetRow = { row: number; cells: Record<string, string> }
