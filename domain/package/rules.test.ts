import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { freeOf, licenseOf, pathOf, slugOf } from './rules.ts'

describe('the names of files in a package', () => {
  test('say what a picture shows, in the letters of the people who took it', () => {
    const taken = { dataset: 'attraction', record: '0f8d21aa-1111-4000-8000-000000000000', title: 'ถ้ำน้ำลอด (ตัวอย่าง)', row: null, key: 'photo', name: '1700.JPG', mediaType: 'image/jpeg' }
    expect(pathOf(taken)).toBe('photos/attraction/ถ้ำน้ำลอด-ตัวอย่าง-0f8d21aa-photo.jpg')
    expect(pathOf({ ...taken, title: null, row: 2, key: 'owner/voice', name: 'a', mediaType: 'audio/mp4' })).toBe('files/attraction/0f8d21aa-2-owner-voice')
  })

  test('lead nowhere else, whatever a title or a file is called', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.string(), (title, name, key) => {
      const path = pathOf({ dataset: 'x', record: '0f8d21aa', title, row: null, key, name, mediaType: 'image/png' })
      expect(path).toMatch(/^photos\/x\/[^/\\\0:*?"<>|]+$/)
      expect(path.split('/').at(-1)).not.toMatch(/^\./)
    }))
  })

  test('are never the same twice', () => {
    const taken = new Set<string>()
    for (const path of ['photos/a.jpg', 'photos/a.jpg', 'photos/a.jpg', 'photos/b']) taken.add(freeOf(path, taken))
    expect([...taken]).toEqual(['photos/a.jpg', 'photos/a~2.jpg', 'photos/a~3.jpg', 'photos/b'])
    fc.assert(fc.property(fc.array(fc.constantFrom('p/a.jpg', 'p/a~2.jpg', 'p/a', 'p.q/a')), paths => {
      const all = new Set<string>()
      for (const path of paths) all.add(freeOf(path, all))
      expect(all.size).toBe(paths.length)
    }))
  })

  test('a licence has a name that programs take', () => {
    expect(['CC-BY', 'License not specified', 'อื่นๆ'].map(id => licenseOf(id).name)).toEqual(['CC-BY', 'License-not-specified', 'other'])
  })

  test('keep what is written with marks whole', () => {
    expect(slugOf('น้ำตกซู่ซ่า น้ำพุร้อน')).toBe('น้ำตกซู่ซ่า-น้ำพุร้อน')
    expect(slugOf('///')).toBe('')
  })
})
