const MEGABYTE = 1024 * 1024

/** What is read at most; what is larger is refused in a sentence that names the limit. */
export const TABLE_LIMITS = {
  textBytes: 2048 * MEGABYTE,
  bookBytes: 128 * MEGABYTE,
  /** Of a workbook unpacked: about 400,000 rows of fifteen columns. */
  unpackedBytes: 384 * MEGABYTE,
  /** Texts of a workbook that differ, and what they hold: they are all there while its rows are read. */
  bookTexts: 2_000_000,
  bookTextCharacters: 64_000_000,
  columns: 1_000,
  lineCharacters: 1_000_000,
  /** What a cell of Excel may hold. */
  cellCharacters: 32_767,
  /** Rows with broken quotation marks, before the file is given up. */
  brokenRows: 1_000,
} as const

export const megabytes = (bytes: number) => Math.round(bytes / MEGABYTE)
