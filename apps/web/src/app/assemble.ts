import type { Command, CommandSource } from '../shared/feature/command.ts'
import { type Feature, type NavigationEntry, SECTIONS, type Section } from '../shared/feature/feature.ts'
import type { Page } from '../shared/feature/page.ts'
import type { Parts, ThingTabOffer } from '../shared/feature/parts.ts'
import { THING_TABS } from '../shared/page-tabs.ts'

/** Where one begins, and where a sign-in that failed ends. */
const OWN_ADDRESSES = ['/', '/sign-in'] as const

/** The features of a console, put together. */
export interface Assembly {
  readonly pages: readonly Page[]
  /** From the top down. */
  readonly navigation: readonly NavigationEntry[]
  readonly commands: readonly Command[]
  readonly searches: readonly CommandSource[]
  /** In their order. */
  readonly thingTabs: readonly ThingTabOffer[]
  readonly loadThingStatus: () => Promise<Parts['ThingStatus']>
  readonly loadMessageView: () => Promise<Parts['MessageView']>
  readonly loadTurnOnFleetIndex: () => Promise<Parts['TurnOnFleetIndex']>
  readonly topicOffers: Parts['topicOffers']
  readonly loadDeviceRefusals: () => Promise<Parts['DeviceRefusals']>
  readonly loadRuleMetrics: () => Promise<Parts['RuleMetrics']>
}

/**
 * Puts features together.
 * @throws Error with a sentence that names the features, where two claim the same address, keys, place in the navigation
 * or part of a page, and where an entry of the navigation leads to no page
 */
export function assemble(features: readonly Feature[]): Assembly {
  const claims = new Claims()
  for (const { name, pages, navigation = [], parts = {} } of features) {
    for (const { path } of pages.flatMap((page) => [page, ...page.formerly])) {
      // However its parameters are named, the router sees the same address.
      claims.add(name, `the address ${path}`, `the address ${path.replace(/\$\w+/g, '$')}`)
    }
    for (const { section, place, title, href, keys } of navigation) {
      claims.add(name, `the place ${place} in the section ${section} of the navigation`)
      if (keys !== undefined) claims.add(name, `the keys ${keys}`)
      if (!pages.some(({ path }) => path === href)) {
        throw new Error(`The entry ${title} of the feature ${name} leads to ${href}, which is no page of it.`)
      }
    }
    for (const { id } of parts.thingTabs ?? []) claims.add(name, `the tab ${id} of a thing`)
    if (parts.thingStatus) claims.add(name, 'the status of a thing')
    if (parts.turnOnFleetIndex) claims.add(name, 'turning the fleet index on')
    if (parts.deviceRefusals) claims.add(name, 'the refusals of a device')
    if (parts.ruleMetrics) claims.add(name, 'the metrics of a rule')
    if (parts.messageView) claims.add(name, 'the look at a message')
  }
  const thingTabs = features.flatMap(({ parts }) => parts?.thingTabs ?? [])
  return {
    pages: features.flatMap(({ pages }) => pages),
    navigation: features.flatMap(({ navigation = [] }) => navigation).sort(byPlace),
    commands: features.flatMap(({ commands = [] }) => commands),
    searches: features.flatMap(({ search }) => search ?? []),
    thingTabs: thingTabs.sort((one, other) => THING_TABS.indexOf(one.id) - THING_TABS.indexOf(other.id)),
    loadThingStatus: features.map(({ parts }) => parts?.thingStatus).find((load) => load !== undefined) ?? nothing,
    loadMessageView: features.map(({ parts }) => parts?.messageView).find((load) => load !== undefined) ?? nothing,
    loadTurnOnFleetIndex:
      features.map(({ parts }) => parts?.turnOnFleetIndex).find((load) => load !== undefined) ?? nothing,
    loadDeviceRefusals:
      features.map(({ parts }) => parts?.deviceRefusals).find((load) => load !== undefined) ?? nothing,
    loadRuleMetrics: features.map(({ parts }) => parts?.ruleMetrics).find((load) => load !== undefined) ?? nothing,
    topicOffers: features.flatMap(({ parts }) => parts?.topicOffers ?? []),
  }
}

/** What only one feature can have, and which has it. */
class Claims {
  readonly #owners = new Map(OWN_ADDRESSES.map((path) => [`the address ${path}`, 'the console itself']))

  add(feature: string, what: string, key = what): void {
    const owner = this.#owners.get(key)
    if (owner !== undefined) throw new Error(`Both ${owner} and the feature ${feature} claim ${what}.`)
    this.#owners.set(key, `the feature ${feature}`)
  }
}

const rankOf = (section: Section): number => SECTIONS.indexOf(section)

const byPlace = (one: NavigationEntry, other: NavigationEntry): number =>
  rankOf(one.section) - rankOf(other.section) || one.place - other.place

/** No feature shows it. */
const nothing = async () => () => null
