/** A form is written here and tried out as it is written: the one page of the staff that is a program and not a document. */
export const csr = true
