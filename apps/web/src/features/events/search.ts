import { listSearch } from '../../shared/list/list-search.ts'

export const validateEventsSearch = listSearch
export type EventsSearch = ReturnType<typeof listSearch>
