import type { Plugin } from 'vite'

const ENGINE = '@getodk/xforms-engine/dist/index.js', PROGRAM = /"data:application\/wasm;base64,([A-Za-z0-9+/=]+)"/g

/**
 * The engine carries two WebAssembly programs as text, a third heavier on the line than they are, and takes an address in their place. They
 * become files beside the script, and `viteMetadata` has them named among what the script needs, for the telephone that carries it.
 */
export function enginePrograms(): Plugin {
  const files = new Map<string, string[]>()
  return {
    name: 'engine-programs',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    transform: {
      filter: { id: /xforms-engine\/dist\/index\.js$/ },
      handler(code, id) {
        const refs: string[] = []
        const made = code.replace(PROGRAM, (_, base64: string) => {
          refs.push(this.emitFile({ type: 'asset', name: `engine-${refs.length + 1}.wasm`, source: Buffer.from(base64, 'base64') }))
          return `import.meta.ROLLUP_FILE_URL_${refs.at(-1)}`
        })
        if (refs.length === 0) this.error(`${ENGINE} has no WebAssembly in it any more: take this plugin out`)
        files.set(id, refs)
        return { code: made, map: null }
      },
    },
    renderChunk(_, chunk) {
      for (const id of chunk.moduleIds) for (const ref of files.get(id) ?? []) chunk.viteMetadata?.importedAssets.add(this.getFileName(ref))
    },
  }
}
