import { defined, listParam } from '../../shared/search-params.ts'

/** The targets that are selected. */
export interface LogSettingsSearch {
  readonly look?: readonly string[]
}

export const validateLogSettingsSearch = (raw: Record<string, unknown>): LogSettingsSearch =>
  defined({ look: listParam(raw.look) })
