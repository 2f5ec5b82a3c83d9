import { expect, test } from 'vitest'
import { findDependencyFaults } from './dependencies.ts'
import { findSettingFaults } from './environment.ts'
import { importsOf } from './imports.ts'
import { findDeadLinks } from './links.ts'
import { findMessageFaults } from './messages.ts'
import { findAvoidedWords, parseAvoided } from './words.ts'

test('a text that is missing, empty or has other blanks in one language is told', () => {
  const th = { title: 'ตำบล', empty: ' ', count: '{count} แห่ง', nested: { only: 'ไทย' } }
  const en = { title: 'Tambon', empty: 'Empty', count: '{number} places' }
  expect(findMessageFaults({ th, en }).map(({ file, say }) => `${file} ${say}`)).toEqual([
    'web/messages/en.json “count” has the blanks number, in the other language count',
    'web/messages/th.json the text “empty” is empty',
    'web/messages/en.json has no text for “nested.only”',
  ])
  expect(findMessageFaults({ th: { title: 'ตำบล {name}' }, en: { title: 'Tambon {name}' } })).toEqual([])
})

test('a link to a file or a heading that is not there is told; the web and code are left alone', () => {
  const documents = [
    { path: 'README.md', text: '# Rakkaeo\n[a](docs/a.md) [b](docs/a.md#the-life-of-a-record) [c](docs/gone.md)\n[d](docs/a.md#gone) [e](#rakkaeo) [w](https://example.org/gone)\n`[x](gone.md)`\n![p](docs/images/gone.png)' },
    { path: 'docs/a.md', text: '## The life of a `record`\n[up](../README.md#ตำบล)' },
  ]
  const there = new Set(['README.md', 'docs/a.md'])
  expect(findDeadLinks(documents, path => there.has(path)).map(({ file, line, say }) => `${file}:${line} ${say.split(',')[0]}`)).toEqual([
    'README.md:2 links to docs/gone.md', 'README.md:3 links to the heading #gone of docs/a.md', 'README.md:5 links to docs/images/gone.png',
    'docs/a.md:2 links to the heading #ตำบล of README.md',
  ])
})

test('every package has its line, every line its package, and every import is declared', () => {
  const manifest = { dependencies: { zod: '4' }, devDependencies: { vitest: '5', '@types/pg': '8' } }
  const document = '| package | why |\n|---|---|\n| `zod` | schemas |\n| `left-pad` | none |\n| `@types/*` | types |'
  const imports = importsOf({ path: 'server/area/read.ts', text: "import 'zod/v4'\nimport { test } from 'vitest'\nimport type { Pool } from 'pg'\nimport 'node:fs'\nimport '@scope/gone/deep'" })
  expect(findDependencyFaults(manifest, document, imports).map(({ file, say }) => `${file} ${say}`)).toEqual([
    'docs/dependencies.md has no line about vitest',
    'docs/dependencies.md speaks of left-pad, which package.json does not have',
    'server/area/read.ts imports vitest, which package.json does not have among the dependencies that run',
    'server/area/read.ts imports @scope/gone, which package.json does not have',
  ])
})

test('a setting that the code reads stands in docs/install.md, and the other way round', () => {
  const sources = [
    { path: 'server/base/environment.ts', text: 'const shape = z.object({ RAKKAEO_PORT: z.string(), RAKKAEO_SECRET: z.string() })\nconst home = process.env.HOME ?? process.env.EDITOR' },
    { path: 'server/base/environment.test.ts', text: 'process.env.RAKKAEO_ONLY_IN_TEST' },
  ]
  expect(findSettingFaults(sources, '`RAKKAEO_PORT` and `RAKKAEO_GONE`').map(({ file, line, say }) => `${file}:${line ?? ''} ${say.split(',')[0]}`)).toEqual([
    'server/base/environment.ts:1 reads RAKKAEO_SECRET', 'server/base/environment.ts:2 reads EDITOR', 'docs/install.md: speaks of RAKKAEO_GONE',
  ])
})

test('a word that the glossary avoids is found in texts for people, with the word to use', () => {
  const avoided = parseAvoided('| ไทย | English | in code | avoid |\n|---|---|---|---|\n| ตำบล | tambon | `tambon` | sub-district, subdistrict (in addresses of others) |\n| ขัดสน | deprived | `deprived` | ยากไร้ |')
  expect(avoided).toEqual([{ avoid: 'sub-district', use: 'tambon' }, { avoid: 'subdistrict', use: 'tambon' }, { avoid: 'ยากไร้', use: 'ขัดสน' }])
  const texts = [{ path: 'docs/a.md', text: 'A tambon, once\nSub-districts; `subdistrict` in code, [a list](https://x/subdistrict).\nคนยากไร้' }]
  expect(findAvoidedWords(texts, avoided).map(({ line, say }) => `${line} ${say}`)).toEqual(['2 says “Sub-districts”: the glossary says tambon', '3 says “ยากไร้”: the glossary says ขัดสน'])
})
