import type { Board, BoardRow } from '../../domain/board/board.ts'
import { link } from '../base/link.ts'
import { boardQuery, type BoardChoice } from './data.ts'

/** What a number of a row is of: the records behind it are one click away. */
export type Counted = 'arrived' | 'received' | 'returned' | 'approved' | 'faults'

/** To exactly the records that a number counts: the queue where there is something to do, else the list. Of many datasets at once, to the same place by dataset. */
export function recordsLink(board: Board, choice: BoardChoice, row: BoardRow, of: Counted): string | null {
  const dataset = row.dataset ?? board.dataset, area = row.area ?? (choice.team || board.by === 'team' ? null : board.area)
  if (area === null) return null
  if (dataset === null) return board.by === 'person' ? null : link('/board', boardQuery(choice, { area, by: 'dataset', team: null }))
  const which = { area, from: board.round?.from, until: board.round?.until, maker: board.by === 'person' ? row.key : null }
  if (of === 'received' || of === 'returned') return link('/review', { dataset, state: of, ...which })
  return link(`/datasets/${dataset}/records`, { ...which, only: of === 'approved' ? 'affirmed' : of === 'faults' ? 'faults' : null })
}

/** Into a row: a place to what lies in it, a dataset to its places, a team to its tambons. */
export function insideLink(board: Board, choice: BoardChoice, row: BoardRow): string | null {
  switch (board.by) {
    case 'person': return null
    case 'team': return link('/board', boardQuery(choice, { team: row.key, by: 'tambon', area: null }))
    case 'dataset': return link('/board', boardQuery(choice, { dataset: row.dataset, by: null }))
    case 'village': return row.area && board.dataset ? link(`/datasets/${board.dataset}/records`, { area: row.area, from: board.round?.from, until: board.round?.until }) : row.area && link('/board', boardQuery(choice, { area: row.area, by: 'dataset' }))
    default: return link('/board', boardQuery(choice, { area: row.area, by: null, team: null }))
  }
}
