import { AreaCode, ChangeId } from '../domain/base/ids.ts'
import type { Lang } from '../domain/base/text.ts'
import { areaProblems } from '../domain/area/problems.ts'
import type { ChangeKind, ChangePlan, PlaceChange, Preview } from '../domain/change/change.ts'
import { changeProblems } from '../domain/change/problems.ts'
import { codesOf, placesOf } from '../domain/change/rules.ts'
import { linesOf } from '../domain/change/rules.lines.ts'
import { listPlaceChanges } from '../server/change/read.ts'
import { undoChange } from '../server/change/write.undo.ts'
import { changePlace, previewChange } from '../server/change/write.ts'
import { narrow } from '../server/db/place.ts'
import { readAs, writeAs } from '../server/db/scope.ts'
import { actorOf } from './actor.ts'
import { planOf, type PlanOptions } from './area.plan.ts'
import { withDatabase } from './database.ts'

type Options = PlanOptions & { do?: string | true; as?: string; json?: boolean }

/** Tells what would follow from a change of places; with `--do` it is done as well, or, when a hash stands there, only if it comes to what was seen. */
export async function changeArea(kind: ChangeKind, areas: string[], { do: wanted, as, json, ...options }: Options, lang: Lang): Promise<void> {
  const plan = await planOf(kind, areas.map(area => area.toUpperCase()), options)
  const { preview, id } = await withDatabase(lang, async ({ app }) => {
    const { scope, ...changer } = await actorOf(app, as, 'change-places')
    return writeAs(app, scope, async tx => {
      const preview = await previewChange(tx, changer, plan)
      return { preview, id: wanted === undefined ? null : (await changePlace(tx, changer, plan, wanted === true ? preview.seen : wanted)).id }
    })
  })
  console.log(json ? JSON.stringify({ id, plan, preview }, null, 2) : textOf(plan, preview, id, lang))
}

/** What was done to places, the latest first. */
export async function listChanges(code: string | undefined, { as, json }: { as?: string; json?: boolean }, lang: Lang): Promise<void> {
  const area = code === undefined ? null : AreaCode.safeParse(code.toUpperCase())
  if (area && !area.success) throw areaProblems.notFound({ code: code ?? '' })
  const changes = await withDatabase(lang, async ({ app }) => {
    const { scope, areas } = await actorOf(app, as, 'change-places')
    return readAs(app, scope, tx => listPlaceChanges(tx, area ? narrow(areas, area.data) : areas))
  })
  console.log(json ? JSON.stringify(changes, null, 2) : changes.map(change => lineOf(change, lang)).join('\n') || (lang === 'th' ? 'ยังไม่มีการเปลี่ยนแปลงเขต' : 'No place was changed yet.'))
}

export async function undoArea(id: string, { as, json }: { as?: string; json?: boolean }, lang: Lang): Promise<void> {
  const known = ChangeId.safeParse(id)
  if (!known.success) throw changeProblems.notFound({})
  const done = await withDatabase(lang, async ({ app }) => {
    const { scope, ...changer } = await actorOf(app, as, 'change-places')
    return writeAs(app, scope, tx => undoChange(tx, changer, known.data))
  })
  console.log(json ? JSON.stringify(done) : lang === 'th' ? 'ย้อนแล้ว ทุกอย่างเป็นอย่างเดิม' : 'Taken back: everything is as it was.')
}

const titleOf = (plan: ChangePlan) => `${plan.kind} ${placesOf(plan).join(' ')} → ${codesOf(plan).join(' ')} · ${plan.day} · ${plan.reason}`

function lineOf({ id, plan, doneAt, doneByName, undone }: PlaceChange, lang: Lang): string {
  const back = undone && (lang === 'th' ? ` · ย้อนแล้ว ${undone.at} ${undone.byName}` : ` · taken back ${undone.at} ${undone.byName}`)
  return `${id}  ${titleOf(plan)} (${doneAt} ${doneByName})${back ?? ''}`
}

const LABELS = {
  begins: { th: 'พื้นที่ใหม่', en: 'new areas' }, ends: { th: 'รหัสที่สิ้นสุด', en: 'codes that end' }, grants: { th: 'สิทธิที่ตามไป', en: 'roles that follow' },
  figures: { th: 'ตัวเลขเผยแพร่ที่อยู่ตามเดิม', en: 'public numbers that stay as they were' }, isNew: { th: 'เพิ่มใหม่', en: 'new' },
  nothing: { th: 'ยังไม่มีอะไรเปลี่ยน ถ้าจะทำตามนี้ เติม', en: 'Nothing was changed. To do just this, add' }, done: { th: 'ทำแล้ว ย้อนได้ด้วย', en: 'Done. It is taken back by' },
}

function textOf(plan: ChangePlan, { begins, ends, rows, grants, figures, warnings, seen }: Preview, id: ChangeId | null, lang: Lang): string {
  const number = (value: number) => value.toLocaleString(lang), named = ({ code, name }: Preview['begins'][number]) => `${code} ${name[lang] || name.th}`.trim()
  return [
    titleOf(plan), ...warnings.map(warning => `! ${warning[lang]}`),
    ...begins.length > 0 ? [`  ${LABELS.begins[lang]}: ${begins.map(named).join(', ')}`] : [], ...ends.length > 0 ? [`  ${LABELS.ends[lang]}: ${ends.map(named).join(', ')}`] : [],
    ...linesOf(rows, plan, lang).map(({ what, to, count, isNew }) => `  ${what}: ${number(count)} → ${to}${isNew ? ` (${LABELS.isNew[lang]})` : ''}`),
    `  ${LABELS.grants[lang]}: ${number(grants.follow)} · ${LABELS.figures[lang]}: ${number(figures)}`,
    id ? `${LABELS.done[lang]} rakkaeo area undo ${id}` : `${LABELS.nothing[lang]} --do ${seen}`,
  ].join('\n')
}
