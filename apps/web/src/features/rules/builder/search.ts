import { defined, type RawSearch, textParam } from '../../../shared/search-params.ts'

export interface CreateRuleSearch {
  /** The statement that it begins with. */
  readonly sql?: string
  /** The rule that it begins as. */
  readonly like?: string
}

export interface EditRuleSearch {
  /** The action that somebody came for: its place, or `error`. */
  readonly action?: string
}

export const validateEditRuleSearch = (raw: RawSearch): EditRuleSearch => defined({ action: textParam(raw.action) })

export const validateCreateRuleSearch = (raw: RawSearch): CreateRuleSearch =>
  defined({ sql: textParam(raw.sql), like: textParam(raw.like) })
