import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { AreaCode, DatasetId, PhoneId } from '../../domain/base/ids.ts'
import { PART_MOST_BYTES } from '../../domain/collect/rules.ts'
import { makeBackup } from '../../web/collect/backup.ts'
import { draftOf, emptyPhone, holderOf, pictureOf } from '../../web/collect/fake.phone.ts'
import { openShelf } from '../../web/collect/shelf.ts'
import { fillIn, signedIn, startCollecting } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { Pocket } from '../setup/in-browser.ts'

test('what a telephone saves, its server takes in: answers and every byte of a picture and of a film in several lines', async () => {
  const house = await startCollecting(await freshDatabase()), buala = new Pocket(house, await signedIn(house, { userName: 'buala', role: 'collector', areas: ['TH580703'] })), kit = await buala.kit()
  const { version } = kit.forms.find(form => form.id === 'attraction') as typeof kit.forms[number]
  const xform = (await buala.browser.get(`/api/openrosa/forms/TH/attraction/${version}/form.xml`)).body
  const { xml, instanceId } = fillIn(xform, { village: 'TH58070301', visit_date: '2026-11-26', title: 'จากชั้นของโทรศัพท์', kind: 'cave', status: 'open', photo: 'a.jpg', photo_2: 'b.jpg' })
  await emptyPhone()
  const shelf = openShelf(await holderOf(kit.me.id)), files = [{ name: 'a.jpg', blob: pictureOf(1) }, { name: 'b.jpg', blob: pictureOf(2, 2 * PART_MOST_BYTES + 7) }]
  await shelf.save({ ...draftOf(instanceId), dataset: DatasetId.parse('attraction'), version, formArea: AreaCode.parse('TH') }, xml)
  for (const { name, blob } of files) await shelf.putFile(instanceId, name, blob)
  await shelf.finish(instanceId, files.map(({ name }) => name))
  const { file } = await makeBackup(shelf, kit.backupKey, { phone: { id: PhoneId.parse('7d1f4c1e-93a5-4b6e-8a53-3e1d9a6f0003'), name: 'Android' }, now: new Date() })
  expect((await buala.handIn(Buffer.from(await file.arrayBuffer()))).json()).toEqual({ entries: 1, taken: 1, already: 0, refused: [], broken: null })
  const digest = async (blob: Blob) => createHash('sha256').update(Buffer.from(await blob.arrayBuffer())).digest('hex')
  expect((await buala.sent('attraction', instanceId)).files).toEqual(await Promise.all(files.map(async ({ name, blob }) => ({ name, bytes: blob.size, sha256: await digest(blob) }))))
})
