import { resolve } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'

const NAME = 'virtual:reading-script'

/**
 * The reading pages are documents: they ship no framework, only this one small module (search suggestions, pictures of charts).
 * SvelteKit knows no script beside its own client, so the module is bundled here and handed to the pages as its address.
 */
export function readingScript(entry: string): Plugin {
  let root = ''
  let serving = false
  return {
    name: 'reading-script',
    configResolved(config) {
      root = config.root
      serving = config.command === 'serve'
    },
    resolveId: id => id === NAME ? `\0${NAME}` : undefined,
    async load(id) {
      if (id !== `\0${NAME}`) return
      if (serving) return `export default '/${entry}'`
      const reference = this.emitFile({ type: 'asset', name: 'reading.js', source: await bundle(resolve(root, entry)) })
      return `export default import.meta.ROLLUP_FILE_URL_${reference}`
    },
  }
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false, logLevel: 'warn', publicDir: false,
    build: {
      write: false, target: 'es2020',
      rolldownOptions: { input: entry, preserveEntrySignatures: false, output: { format: 'es', codeSplitting: false } },
    },
  })
  return (result as Rolldown.RolldownOutput).output[0].code
}
