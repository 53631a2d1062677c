import type { Session } from '@thingdeck/contract'
import { createPersonalPreference } from '../../shared/preferences/preferences.ts'

/** A page that was open lately. Names are of one account and region, and what somebody looked at is theirs. */
export interface RecentPage {
  readonly scope: string
  readonly title: string
  readonly href: string
}

const MOST = 8

/** Of which account they are. */
export const recentScope = ({ account, region }: Session): string => `${account} ${region}`

export const recentPages = createPersonalPreference<readonly RecentPage[]>('recent', (stored) =>
  Array.isArray(stored) ? stored.filter(isRecentPage) : [],
)

function isRecentPage(value: unknown): value is RecentPage {
  if (typeof value !== 'object' || value === null) return false
  const { scope, title, href } = value as Partial<Record<keyof RecentPage, unknown>>
  return typeof scope === 'string' && typeof title === 'string' && typeof href === 'string' && /^\/(?!\/)/.test(href)
}

/** With the page at the top, once, and of its scope no more than are of use. */
export function withRecent(pages: readonly RecentPage[], page: RecentPage): readonly RecentPage[] {
  const isSame = (each: RecentPage) => each.scope === page.scope && each.href === page.href
  const own = [page, ...pages.filter((each) => each.scope === page.scope && !isSame(each))].slice(0, MOST)
  return [...own, ...pages.filter(({ scope }) => scope !== page.scope)].slice(0, 4 * MOST)
}
