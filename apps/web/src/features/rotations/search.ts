import { ROTATION_STAGES, type RotationStage } from '@thingdeck/contract'
import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, listParam, type RawSearch, textParam } from '../../shared/search-params.ts'

export const validateRotationsSearch = (raw: RawSearch): ListSearch => listSearch(raw)

export interface CreateRotationSearch {
  readonly things?: readonly string[]
  readonly group?: string
  readonly query?: string
}

export const validateCreateRotationSearch = (raw: RawSearch): CreateRotationSearch =>
  defined({ things: listParam(raw.things), group: textParam(raw.group), query: textParam(raw.query) })

export interface RotationSearch extends ListSearch {
  readonly stage?: RotationStage | 'failed'
}

export const validateRotationSearch = (raw: RawSearch): RotationSearch => ({
  ...listSearch(raw),
  ...defined({ stage: choiceParam(raw.stage, [...ROTATION_STAGES, 'failed'] as const) }),
})
