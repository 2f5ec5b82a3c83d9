/** The address of the one script of the reading pages, made by base/bundle.ts. */
declare module 'virtual:reading-script' {
  const address: string
  export default address
}
