/** The collector is a program: once it is on the telephone it needs the site only to fetch and to send. */
export const csr = true
