import type { Text } from '../../domain/base/text.ts'
import { LANGUAGES } from './edit.columns.ts'
import { withIdentity, withNamespace } from './edit.settings.ts'
import type { Sheet, Workbook } from './workbook.ts'

export type Start = { id: string; title: Text; /** Read out before the first question; null: nobody's data is asked for. */ consent: Text | null; lasting: boolean }
type Cells = Record<string, string>

const both = (column: string, { th, en }: Text): Cells => ({ [`${column}::${LANGUAGES.th}`]: th, [`${column}::${LANGUAGES.en}`]: en })
const kept = (role: string, sensitivity = 'open'): Cells => ({ 'bind::rakkaeo:role': role, 'bind::rakkaeo:sensitivity': sensitivity })

/** A form to begin with: where, when, by whose leave and what it is called; what lasts is found and updated again. */
export function startForm({ id, title, consent, lasting }: Start): Workbook {
  const agreed: Cells = consent ? { relevant: "${consent} = 'yes'" } : {}, sensitivity = consent ? 'personal' : 'open'
  const survey = [
    { type: 'select_one_from_file villages.csv', name: 'village', required: 'yes', appearance: 'minimal autocomplete', ...both('label', { th: 'หมู่บ้าน/ชุมชน', en: 'Village or community' }), ...kept('place'), ...lasting && { save_to: 'village' } },
    { type: 'date', name: 'visit_date', required: 'yes', default: 'today()', ...both('label', { th: 'วันที่เก็บข้อมูล', en: 'Date of the visit' }), ...kept('date') },
    ...consent ? askConsent(consent) : [],
    ...lasting ? [askThing(id, agreed)] : [],
    { type: 'text', name: 'title', required: 'yes', ...both('label', { th: 'ชื่อ', en: 'Name' }), ...kept('title', sensitivity), ...agreed, ...lasting && { calculation: `instance('${id}')/root/item[name = \${thing}]/title`, trigger: '${thing}', save_to: 'title' } },
  ]
  const choices = consent ? [{ list_name: 'yes_no', name: 'yes', ...both('label', { th: 'ใช่', en: 'Yes' }) }, { list_name: 'yes_no', name: 'no', ...both('label', { th: 'ไม่', en: 'No' }) }] : []
  const entities = lasting ? [sheetOf('entities', [{ list_name: id, label: '${title}', entity_id: '${thing}', create_if: `${consent ? "${consent} = 'yes' and " : ''}\${thing} = ''`, update_if: "${thing} != ''" }])] : []
  const workbook = { sheets: [sheetOf('survey', survey), sheetOf('choices', choices, ['list_name', 'name', ...Object.keys(both('label', title))]), ...entities] }
  return withNamespace(withIdentity(workbook, { id, title: title.th }))
}

function askConsent(consent: Text): Cells[] {
  return [
    { type: 'note', name: 'consent_text', ...both('label', consent) },
    { type: 'select_one yes_no', name: 'consent', required: 'yes', ...both('label', { th: 'ท่านยินยอมให้เก็บและใช้ข้อมูลตามที่แจ้งหรือไม่', en: 'Do you agree that these data are kept and used as said?' }), ...kept('consent', 'internal') },
  ]
}

function askThing(id: string, agreed: Cells): Cells {
  return {
    type: `select_one_from_file ${id}.csv`, name: 'thing', appearance: 'minimal autocomplete', choice_filter: 'village = ${village}', ...agreed,
    ...both('label', { th: 'ของเดิมที่เคยบันทึก (เว้นว่างถ้าเป็นรายการใหม่)', en: 'Already recorded (leave empty for a new one)' }),
  }
}

function sheetOf(name: string, rows: Cells[], columns: string[] = []): Sheet {
  return { name, columns: [...new Set([...columns, ...rows.flatMap(cells => Object.keys(cells))])], rows: rows.map((cells, i) => ({ row: i + 2, cells })) }
}
