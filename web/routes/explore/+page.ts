/** Thousands of points are drawn and moved here: a program over a page that is a list without it. */
export const csr = true
