import type { Settings } from './convert.settings.ts'
import type { Entity } from './entities.ts'
import { makeNode, type FormNode } from './tree.ts'

/** What every submission says of itself, after its answers: its id, its name, and the thing that it makes or changes. */
export function addMeta(root: FormNode, settings: Settings, entity: Entity | null): void {
  const { row } = settings, meta = makeNode({ kind: 'group', name: 'meta', row, parent: root })
  const add = (name: string, bind: Record<string, string>, more: Partial<FormNode> = {}) => {
    const node = makeNode({ kind: 'question', name, type: 'calculate', row, parent: meta, bind, ...more })
    meta.children.push(node)
    return node
  }
  if (!settings.isYes('omit_instanceid')) add('instanceID', { type: 'string', readonly: 'true()', 'jr:preload': settings.value('instance_id') || 'uid' })
  const name = settings.value('instance_name')
  if (name !== '') add('instanceName', { type: 'string', calculate: name }, { row: { ...row, headers: { ...row.headers, 'bind::calculate': row.headers['instance_name'] ?? 'instance_name' } } })
  if (entity !== null) {
    const node = add('entity', {}, { type: 'entity', row: entity.row })
    if (entity.label !== '') node.children.push(makeNode({ kind: 'question', name: 'label', type: 'hidden', row: entity.row, parent: node }))
  }
  if (meta.children.length > 0) root.children.push(meta)
}
