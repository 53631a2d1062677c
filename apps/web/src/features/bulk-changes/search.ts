import {
  BULK_CHANGE_KINDS,
  BULK_CHANGE_OUTCOMES,
  type BulkChangeKind,
  type BulkChangeOutcome,
} from '@thingdeck/contract'
import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, listParam, textParam } from '../../shared/search-params.ts'

/** Who is meant, of the ways to say it the first that is given, and what is to be done; or which bulk change is looked at. */
export interface BulkChangesSearch extends ListSearch {
  readonly things?: readonly string[]
  readonly group?: string
  readonly query?: string
  readonly type?: string
  readonly attr?: string
  readonly value?: string
  readonly resources?: readonly string[]
  readonly act?: FormKind
  readonly bulkChange?: string
  /** Of the targets of the bulk change that is looked at only these. */
  readonly outcome?: BulkChangeOutcome
}

/** Those that are begun by the form: new things come from a file, commands are sent from their own page. */
export type FormKind = Exclude<BulkChangeKind, 'create' | 'command'>

// Of an object that is typed by its keys, `Object.keys` only says that they are texts.
export const KINDS = (Object.keys(BULK_CHANGE_KINDS) as BulkChangeKind[]).filter(
  (kind) => kind !== 'create' && kind !== 'command',
)

export function validateBulkChangesSearch(raw: Record<string, unknown>): BulkChangesSearch {
  return defined({
    things: listParam(raw.things),
    group: textParam(raw.group),
    query: textParam(raw.query),
    type: textParam(raw.type),
    attr: textParam(raw.attr),
    value: textParam(raw.value),
    resources: listParam(raw.resources),
    act: choiceParam(raw.act, KINDS),
    bulkChange: textParam(raw.bulkChange),
    outcome: choiceParam(raw.outcome, BULK_CHANGE_OUTCOMES),
    ...listSearch(raw),
  })
}

/** Whether something is said of a new one. */
export const isForNew = ({ things, group, query, type, attr, resources, act }: BulkChangesSearch): boolean =>
  [things, group, query, type, attr, resources, act].some((said) => said !== undefined)
