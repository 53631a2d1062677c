import { useEffect } from 'react'
import type { PageChrome } from '../../shared/chrome/chrome.tsx'
import { useSession } from '../../shared/session/session.tsx'
import { useAssembly } from '../assembly-context.ts'
import { recentPages, recentScope, withRecent } from './recent-pages.ts'

/** Remembers the pages of single things: what has a page in the navigation is near anyway. */
export function useRecentPages(page: PageChrome | undefined): void {
  const { navigation } = useAssembly()
  const scope = recentScope(useSession())
  const last = page && page.breadcrumbs.length > 1 ? page.breadcrumbs.at(-1)?.href : undefined
  const href = navigation.some((each) => each.href === last) ? undefined : last
  const title = page?.title
  useEffect(() => {
    if (href === undefined || title === undefined) return
    recentPages.set(withRecent(recentPages.get(), { scope, title, href }))
  }, [scope, href, title])
}
