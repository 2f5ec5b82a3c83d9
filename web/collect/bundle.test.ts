import { expect, test } from 'vitest'
import { filesBehind, type Manifest } from './bundle.ts'

const built: Manifest = {
  'kit/entry.js': { file: 'start.js', name: 'entry/start', dynamicImports: ['kit/client.js'] },
  'kit/client.js': { file: 'client.js' },
  'app.js': { file: 'app.js', name: 'entry/app', imports: ['_svelte.js'], dynamicImports: ['nodes/6.js', 'nodes/16.js'] },
  '_svelte.js': { file: 'svelte.js' },
  'nodes/0.js': { file: 'n0.js', name: 'nodes/0', css: ['n0.css'], assets: ['thai.woff2'] },
  'nodes/6.js': { file: 'n6.js', name: 'nodes/6', imports: ['_svelte.js'], dynamicImports: ['engine.js'], css: ['n6.css'] },
  'nodes/16.js': { file: 'n16.js', name: 'nodes/16', dynamicImports: ['map.js'] },
  'engine.js': { file: 'engine.js', imports: ['nodes/6.js'] },
  'map.js': { file: 'map.js' },
}

test('the collector brings its engine, its look and the frame of the site, and not the map of the explorer', () => {
  expect(filesBehind(built, 'nodes/6.js')).toEqual(['/app.js', '/client.js', '/engine.js', '/n0.css', '/n0.js', '/n6.css', '/n6.js', '/start.js', '/svelte.js', '/thai.woff2'])
})

test('a part that was not built is told while building, not in the field', () => {
  expect(() => filesBehind({ 'nodes/6.js': { file: 'n6.js', imports: ['lost.js'] } }, 'nodes/6.js')).toThrow('lost.js')
})
