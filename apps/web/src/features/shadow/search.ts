import { choiceParam, defined, integerParam, textParam } from '../../shared/search-params.ts'

export interface ShadowSearch {
  /** Of a named shadow; absent for the classic one. */
  readonly shadowName?: string
  /** How the draft is edited; JSON unless said otherwise. */
  readonly edit?: 'form' | 'json'
  /** Which section the JSON editor shows; `desired` unless said otherwise. */
  readonly section?: 'desired' | 'reported'
  /** The version that the history shows, and the one that it is compared with. */
  readonly version?: number
  readonly compare?: number
}

export function validateShadowSearch(raw: Record<string, unknown>): ShadowSearch {
  const shadowName = textParam(raw.shadowName)
  return defined({
    shadowName: shadowName !== undefined && /^[$a-zA-Z0-9:_-]{1,64}$/.test(shadowName) ? shadowName : undefined,
    edit: choiceParam(raw.edit, ['form', 'json']),
    section: choiceParam(raw.section, ['desired', 'reported']),
    version: integerParam(raw.version, 1),
    compare: integerParam(raw.compare, 1),
  })
}
