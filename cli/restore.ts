import { join, resolve } from 'node:path'
import { backupProblems } from '../domain/backup/problems.ts'
import type { BackupManifest } from '../domain/backup/backup.ts'
import type { ErasedAgain } from '../domain/privacy/privacy.ts'
import type { Lang, Text } from '../domain/base/text.ts'
import { openFileStore } from '../server/base/file-store.ts'
import { readEnvironment, type Environment } from '../server/base/environment.ts'
import { findKeys, keysFileOf, makeKeys } from '../server/base/keys.ts'
import { makeSeal } from '../server/base/seal.ts'
import { verifyBackup } from '../server/backup/read.verify.ts'
import { restore, stepsOf } from '../server/backup/write.restore.ts'
import { openPlace } from '../server/db/open.ts'
import { makeRoles } from '../server/db/roles.ts'
import { checkServer } from '../server/db/suitable.ts'
import { erasureListOf, readErasures } from '../server/privacy/read.list.ts'
import { eraseAgain } from '../server/privacy/write.again.ts'
import { summaryOf } from './backup.ts'
import { leaveTrace, placeNameOf, withAdmin, withApp } from './place.ts'
import { makeProgress, type Progress } from './progress.ts'
import { say } from './texts.ts'

const CHECKING: Text = { th: 'ตรวจชุดสำรอง', en: 'Checking the backup' }, LOADING: Text = { th: 'นำกลับมา', en: 'Taking it back' }
type Options = { check?: boolean; otherKeys?: boolean; json?: boolean }

/** Everything that may refuse comes before anything that is made: the file is read whole, and the keys are looked at. */
export async function takeBack(file: string, { check, otherKeys = false, json }: Options, lang: Lang): Promise<void> {
  const progress = makeProgress(lang), source = resolve(file)
  const manifest = await verifyBackup(source, (done, total) => progress.count(CHECKING, done, total))
  const environment = readEnvironment(process.env), erasures = check ? null : await restoreInto(environment, source, manifest, otherKeys, progress)
  if (json) return console.log(JSON.stringify({ ...summaryOf(manifest), ...!check && { erasures } }))
  console.log(textOf(manifest, source, check ? 'checked' : 'restored', lang))
  if (!check) console.log(saidOf(erasures, erasureListOf(environment), manifest.takenAt, lang))
}

async function restoreInto(environment: Environment, file: string, manifest: BackupManifest, otherKeys: boolean, progress: Progress): Promise<ErasedAgain | null> {
  const keysFile = keysFileOf(environment), found = findKeys(keysFile), name = placeNameOf(environment)
  stepsOf(manifest)
  if (!otherKeys && found?.id !== manifest.keys) throw backupProblems.otherKeys({ file: keysFile, keys: manifest.keys })
  const listed = await readErasures(erasureListOf(environment)), place = await openPlace(environment, 'command')
  try {
    const keys = place.keys ?? makeKeys(keysFile)
    return await withAdmin(place.admin, async client => {
      await checkServer(client)
      await makeRoles(client, keys)
      return restore({ client, keysId: keys.id, files: openFileStore(join(environment.dataFolder, 'files')), place: name }, file, manifest, {
        step: step => progress.step({ th: `${say.migrating.th}: ${step}`, en: `${say.migrating.en}: ${step}` }), load: (done, total) => progress.count(LOADING, done, total),
      }, async () => {
        const erasures = listed && await withApp({ admin: place.admin, keys }, app => eraseAgain(app, makeSeal(keys), listed))
        await leaveTrace({ admin: place.admin, keys }, 'backup.restore', manifest.takenAt)
        return erasures
      })
    })
  } finally {
    await place.close()
  }
}

function textOf(manifest: BackupManifest, file: string, what: 'checked' | 'restored', lang: Lang): string {
  const { rows, files, takenAt, keys, migration } = summaryOf(manifest), count = (value: number) => value.toLocaleString(lang)
  const did = { checked: { th: 'ชุดสำรองสมบูรณ์', en: 'The backup is whole' }, restored: { th: 'กู้คืนแล้วจาก', en: 'Restored from' } } as const
  return {
    th: `${did[what].th}: ${file}\n  ${count(rows)} แถว ${count(files)} ไฟล์ ตามที่เป็นอยู่เมื่อ ${takenAt} (${migration})\n  ไฟล์กุญแจของชุดนี้: ${keys}`,
    en: `${did[what].en}: ${file}\n  ${count(rows)} rows, ${count(files)} files, as of ${takenAt} (${migration})\n  Its keys file: ${keys}`,
  }[lang]
}

/** What was erased since the backup was made: done again, left to be looked at, or not known here. */
function saidOf(erasures: ErasedAgain | null, file: string, takenAt: string, lang: Lang): string {
  if (!erasures) return {
    th: `  ไม่พบรายการการลบ ${file} ถ้ามีการลบข้อมูลของคนหลัง ${takenAt} ข้อมูลนั้นกลับมาอยู่ในนี้ หากมีรายการนั้นที่อื่น ให้วางไว้ที่นั่นแล้วกู้คืนใหม่ในที่ว่าง`,
    en: `  There is no list of erasures at ${file}: if anybody was erased after ${takenAt}, they are here again. If the list is kept elsewhere, put it there and restore anew into an empty place.`,
  }[lang]
  return erasedText(erasures, lang)
}

export function erasedText({ again, byHand }: ErasedAgain, lang: Lang): string {
  const left = byHand.map(id => `\n    /record/${id}`).join('')
  return { th: `  ลบซ้ำตามรายการการลบ ${again} ครั้ง`, en: `  Erased again, by the list of erasures: ${again}` }[lang]
    + (left && { th: `\n  ต้องดูและลบเองที่หน้าข้อมูลส่วนบุคคล:${left}`, en: `\n  To be looked at and erased by hand, on the page of personal data:${left}` }[lang])
}
