import { defined, type RawSearch, textParam } from '../../../shared/search-params.ts'

export interface CreateRuleSearch {
  /** The statement that it begins with. */
  readonly sql?: string
  /** The rule that it begins as. */
  readonly like?: string
}

export const validateCreateRuleSearch = (raw: RawSearch): CreateRuleSearch =>
  defined({ sql: textParam(raw.sql), like: textParam(raw.like) })
