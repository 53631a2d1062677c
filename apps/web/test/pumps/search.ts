import { defined, type RawSearch, textParam } from '../../src/shared/search-params.ts'

export interface PumpsSearch {
  readonly site?: string
}

export const validatePumpsSearch = (raw: RawSearch): PumpsSearch => defined({ site: textParam(raw.site) })
