import type { ChoiceLists } from './choices.ts'
import type { FormFaults } from './convert.faults.ts'
import type { Settings } from './convert.settings.ts'
import type { Entity } from './entities.ts'
import type { Resolver } from './reference.ts'
import type { FormNode } from './tree.ts'

/** A form as read from its workbook, with what is needed to write it as an XForm. */
export type Form = {
  settings: Settings
  /** In the order of the columns. */
  languages: string[]
  lists: ChoiceLists
  root: FormNode
  entity: Entity | null
  resolver: Resolver
  faults: FormFaults
}
