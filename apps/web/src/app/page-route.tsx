import { useQueryClient } from '@tanstack/react-query'
import { type AnyRootRoute, createRoute, redirect } from '@tanstack/react-router'
import { type ComponentType, useEffect } from 'react'
import type { FormerAddress, Page } from '../shared/feature/page.ts'
import type { Parts, ThingTab } from '../shared/feature/parts.ts'
import { useOfferHelp } from '../shared/help/page-help.ts'
import type { RawSearch } from '../shared/search-params.ts'
import type { SearchProps } from '../shared/search-props.ts'
import type { Assembly } from './assemble.ts'
import { lazyPage } from './lazy-page.tsx'
import { useSetSearch } from './use-set-search.ts'

/** Routes of a page: its own, and one that leads on for each address that it had before. */
export function pageRoutes(root: AnyRootRoute, page: Page, assembly: Assembly) {
  const own = createRoute({
    getParentRoute: () => root,
    path: page.path,
    validateSearch: (raw: RawSearch) => ({
      ...unknown(raw),
      ...searchOfParts(page, assembly, raw),
      ...page.validateSearch(raw),
    }),
    component: PageRoute,
  })
  const LazyPage = lazyPage(page.path, () => loadPage(page, assembly))
  function PageRoute() {
    const params: Readonly<Record<string, string>> = own.useParams()
    const search = own.useSearch()
    useOfferHelp(page.path, page.help, params)
    const client = useQueryClient()
    useEffect(() => page.askFirst(client), [client])
    const subject = [...Object.values(params), page.subject(search)].join('\n')
    return <LazyPage key={subject} {...params} search={search} setSearch={useSetSearch()} />
  }
  return [own, ...page.formerly.map((former) => formerRoute(root, page, former))]
}

/** Fetches the code of a page, and of what other features show on it. */
export async function loadPage(page: Page, assembly: Assembly): Promise<ComponentType<SearchProps<object>>> {
  const [Content, parts] = await Promise.all([page.load(), loadParts(page, assembly)])
  return (props) => <Content {...props} {...parts} />
}

function formerRoute(root: AnyRootRoute, { path: to }: Page, { path, renamed = {} }: FormerAddress) {
  return createRoute({
    getParentRoute: () => root,
    path,
    beforeLoad: ({ location: { searchStr } }) => {
      const search = searchStr.replace(
        /([?&])([^=&]+)/g,
        (_, lead: string, name: string) => lead + (Object.hasOwn(renamed, name) ? renamed[name] : name),
      )
      throw redirect({ href: to + search })
    },
  })
}

/** The router hands on what a schema does not name: mail programs add parameters of their own to links, and filters spread theirs. */
const unknown = (raw: RawSearch): object => Object.fromEntries(Object.keys(raw).map((name) => [name, undefined]))

/** A page that takes the tabs of a thing has their search parameters too. */
function searchOfParts({ takes }: Page, { thingTabs }: Assembly, raw: RawSearch): object {
  return takes.includes('thingTabs') ? Object.assign({}, ...thingTabs.map((tab) => tab.validateSearch(raw))) : {}
}

async function loadParts({ takes }: Page, assembly: Assembly): Promise<Partial<Parts>> {
  const { thingTabs, loadThingStatus, loadMessageView, loadTurnOnFleetIndex, topicOffers } = assembly
  const { loadDeviceRefusals, loadRuleMetrics } = assembly
  return {
    ...(takes.includes('thingTabs') && { thingTabs: await loadTabs(thingTabs) }),
    ...(takes.includes('ThingStatus') && { ThingStatus: await loadThingStatus() }),
    ...(takes.includes('TurnOnFleetIndex') && { TurnOnFleetIndex: await loadTurnOnFleetIndex() }),
    ...(takes.includes('DeviceRefusals') && { DeviceRefusals: await loadDeviceRefusals() }),
    ...(takes.includes('RuleMetrics') && { RuleMetrics: await loadRuleMetrics() }),
    ...(takes.includes('topicOffers') && { topicOffers }),
    ...(takes.includes('MessageView') && { MessageView: await loadMessageView() }),
  }
}

const loadTabs = (offers: Assembly['thingTabs']): Promise<readonly ThingTab[]> =>
  Promise.all(offers.map(async ({ id, label, load }) => ({ id, label, Content: await load() })))
