import { readFileSync } from 'node:fs'
import { sveltekit } from '@sveltejs/kit/vite'
import adapter from '@sveltejs/adapter-node'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import { defineConfig, type Plugin } from 'vite'
import { findMessageFaults, type Messages } from './tools/check/messages.ts'
import { readingScript } from './web/base/bundle.ts'
import { collectorFiles } from './web/collect/bundle.ts'
import { enginePrograms } from './web/form/bundle.ts'

/** Every text stands in both languages with the same blanks: otherwise the site is not built. */
function completeMessages(): Plugin {
  const read = (lang: string) => JSON.parse(readFileSync(`${import.meta.dirname}/web/messages/${lang}.json`, 'utf8')) as Messages
  return {
    name: 'complete-messages',
    buildStart() {
      const faults = findMessageFaults({ th: read('th'), en: read('en') })
      if (faults.length > 0) this.error(faults.map(({ file, say }) => `${file} ${say}`).join('\n'))
    },
  }
}

/** A page that is open has one language, and its address says which: the browser is not given what the server needs to find that out. */
function tongueOfBrowser(): Plugin {
  return {
    name: 'tongue-of-browser', enforce: 'pre', applyToEnvironment: ({ name }) => name === 'client',
    resolveId: (source, importer) => source.endsWith('/runtime.js') && /\/web\/(paraglide|base|hooks)/.test(importer ?? '') ? `${import.meta.dirname}/web/base/tongue.ts` : null,
  }
}

export default defineConfig({
  root: `${import.meta.dirname}/web`,
  plugins: [
    completeMessages(),
    tongueOfBrowser(),
    enginePrograms(),
    paraglideVitePlugin({
      project: `${import.meta.dirname}/web/project.inlang`, outdir: `${import.meta.dirname}/web/paraglide`,
      strategy: ['url', 'baseLocale'], emitReadme: false, outputStructure: 'message-modules',
      urlPatterns: [{ pattern: '/:path(.*)?', localized: [['en', '/en/:path(.*)?'], ['th', '/:path(.*)?']] }],
    }),
    readingScript('enhance.ts'),
    collectorFiles(),
    sveltekit({
      adapter: adapter({ out: `${import.meta.dirname}/web/build` }),
      files: {
        src: '.', routes: 'routes', appTemplate: 'app.html', errorTemplate: 'error.html', assets: 'static', serviceWorker: 'service-worker',
        hooks: { server: 'hooks.server', universal: 'hooks', client: 'hooks.client' }, params: 'params',
      },
      csp: { mode: 'hash', directives: {
        'default-src': ['self'], 'script-src': ['self'], 'style-src': ['self'], 'img-src': ['self', 'data:', 'blob:'],
        'object-src': ['none'], 'base-uri': ['self'], 'form-action': ['self'], 'frame-ancestors': ['self'],
      } },
      paths: { relative: false },
    }),
  ],
  // What the frame of every page consists of is one file, its words with it, instead of forty; SvelteKit's payload is apart, since it must be there first.
  environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups: [
    { name: 'payload', test: /\/kit\/src\/runtime\/client\/payload\.js$/, priority: 2 },
    { name: 'frame', test: /\/web\/routes\/\+(layout|error)\.svelte$/, priority: 1 },
  ] } } } } } },
  server: {
    host: '127.0.0.1',
    fs: { allow: [import.meta.dirname] },
    // Under `vite dev` the API is that of `npm start` in another window.
    proxy: { '/api': `http://127.0.0.1:${process.env['RAKKAEO_PORT'] ?? 8080}` },
  },
})
