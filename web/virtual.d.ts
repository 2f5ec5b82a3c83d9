/** The address of the one script of the reading pages, made by base/bundle.ts. */
declare module 'virtual:reading-script' {
  const address: string
  export default address
}

/** The addresses of all that the collector consists of, made by collect/bundle.ts. */
declare module 'virtual:collector-files' {
  export const files: string[]
}
