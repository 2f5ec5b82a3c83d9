/** Reading pages are documents: the framework's client is left out, and every one works without script. */
export const csr = false
