import { choiceParam, defined, integerParam, listParam, textParam } from '../../shared/search-params.ts'

/** What AWS's ListThings filters by: one type and one attribute. `name` looks one thing up instead. */
export interface ThingsFilter {
  readonly name?: string
  readonly type?: string
  readonly attr?: string
  readonly value?: string
}

/** The list's filter, its page (from 1) and the thing that is looked at beside it. */
export interface ThingsSearch extends ThingsFilter {
  readonly page?: number
  readonly look?: string
}

export function validateThingsSearch(raw: Record<string, unknown>): ThingsSearch {
  return defined({
    name: textParam(raw.name),
    type: textParam(raw.type),
    attr: textParam(raw.attr),
    value: textParam(raw.value),
    page: integerParam(raw.page, 2),
    look: textParam(raw.look),
  })
}

export const THING_TABS = ['overview', 'shadows', 'live'] as const
export type ThingTab = (typeof THING_TABS)[number]

/** The tab, and of the Live tab its subscriptions and text filter. */
export interface ThingSearch {
  readonly tab?: ThingTab
  readonly s?: readonly string[]
  readonly q?: string
}

export function validateThingSearch(raw: Record<string, unknown>): ThingSearch {
  return defined({ tab: choiceParam(raw.tab, THING_TABS), s: listParam(raw.s), q: textParam(raw.q) })
}
