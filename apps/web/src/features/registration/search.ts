import {
  BULK_CHANGE_OUTCOMES,
  type BulkChangeOutcome,
  REGISTRATION_REPORT_TYPES,
  type RegistrationReportType,
} from '@thingdeck/contract'
import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, type RawSearch, textParam } from '../../shared/search-params.ts'

/** Which registration is looked at; without one, a new one is begun. */
export interface RegisterSearch extends ListSearch {
  readonly run?: string
  /** Of its lines only these. */
  readonly outcome?: BulkChangeOutcome
}

export const validateRegisterSearch = (raw: RawSearch): RegisterSearch => ({
  ...listSearch(raw),
  ...defined({ run: textParam(raw.run), outcome: choiceParam(raw.outcome, BULK_CHANGE_OUTCOMES) }),
})

export const validateTasksSearch = (raw: RawSearch): ListSearch => listSearch(raw)

export interface TaskSearch extends ListSearch {
  readonly report?: RegistrationReportType
}

export const validateTaskSearch = (raw: RawSearch): TaskSearch => ({
  ...listSearch(raw),
  ...defined({ report: choiceParam(raw.report, REGISTRATION_REPORT_TYPES) }),
})
