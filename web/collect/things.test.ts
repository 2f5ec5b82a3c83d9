import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fit, nameFile } from './form.photo.ts'
import { byNearness, distanceKm, readCsv, readThings, search } from './things.ts'

test('a list beside a form is read as it was written, whatever stands in its cells', () => {
  const cell = fc.string({ unit: fc.constantFrom('ก', 'x', '"', ',', '\n', ' ', '\r\n') })
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('n', 'm'), cell, cell), { minLength: 1 }), rows => { expect(readCsv(stringify(rows))).toEqual(rows) }))
})

const CSV = 'name,label,__version,village,house_number,position\n1,"12 · มะลิ, จันทร์",1,TH58070301,12,19.5 98.25 0 7\n2,๑๓ · สมศักดิ์,2,TH58070302,13,\n3,14 · คำแก้ว,1,TH58070301,14,19.51 98.25 0.0 7.0\n'

test('things are found by any words of their label, in whatever digits, and by how near they are', () => {
  const things = readThings(CSV)
  expect(things[0]).toMatchObject({ id: '1', label: '12 · มะลิ, จันทร์', place: 'TH58070301', point: { lat: 19.5, lon: 98.25 } })
  expect([search(things, '13'), search(things, 'จันทร์ มะลิ'), search(things, ''), search(things, 'ไม่มี')].map(found => found.map(({ id }) => id))).toEqual([['2'], ['1'], ['1', '2', '3'], []])
  expect(byNearness(things, { lat: 19.512, lon: 98.25 }).map(({ id, km }) => [id, km])).toEqual([['3', 0.22], ['1', 1.33], ['2', null]])
  expect(distanceKm({ lat: 0, lon: 0 }, { lat: 0, lon: 1 })).toBe(111.19)
})

test('a photograph keeps its shape, and its name says which question it answers', () => {
  expect([fit({ width: 4000, height: 3000 }), fit({ width: 300, height: 5000 }), fit({ width: 10, height: 20 })]).toEqual([{ width: 1600, height: 1200 }, { width: 96, height: 1600 }, { width: 10, height: 20 }])
  expect([nameFile('photo', 'ภาพ.HEIC.jpg', 1), nameFile('../x y', 'sound', 36)]).toEqual(['photo-1.jpg', 'xy-10'])
})
