import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation'
import { useLocation } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type NavigationEntry, SECTIONS } from '../../shared/feature/feature.ts'
import { createPreference, usePreference } from '../../shared/preferences/preferences.ts'
import { useAssembly } from '../assembly-context.ts'

/** Sections that are folded away, by their titles. */
const FOLDED = createPreference<readonly string[]>('navigation-folded', (stored) =>
  Array.isArray(stored) ? SECTIONS.filter((section) => stored.includes(section)) : [],
)

/** Where one can go: more than fits on a small screen, so that each section can be folded, which is remembered. */
export function Navigation() {
  const { navigation } = useAssembly()
  const { pathname } = useLocation()
  const active = activeEntry(navigation, pathname)
  const [folded, setFolded] = usePreference(FOLDED)
  const items = useMemo(() => sectioned(navigation, folded), [navigation, folded])
  return (
    <SideNavigation
      {...(active ? { activeHref: active.href } : {})}
      items={items}
      onChange={({ detail: { item, expanded } }) => {
        if (item.type !== 'section') return
        setFolded(SECTIONS.filter((section) => (section === item.text ? !expanded : folded.includes(section))))
      }}
    />
  )
}

/** The entry of the page, or the nearest above it: of `/things/pump-7/shadow` that of `/things`. */
export const activeEntry = (entries: readonly NavigationEntry[], pathname: string): NavigationEntry | undefined =>
  entries
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    .reduce<NavigationEntry | undefined>(
      (nearest, entry) => (nearest && nearest.href.length >= entry.href.length ? nearest : entry),
      undefined,
    )

const sectioned = (entries: readonly NavigationEntry[], folded: readonly string[]): SideNavigationProps.Item[] =>
  SECTIONS.flatMap((section): SideNavigationProps.Item[] => {
    const links = entries
      .filter((entry) => entry.section === section)
      .map(({ title, href }): SideNavigationProps.Link => ({ type: 'link', text: title, href }))
    if (links.length === 0 || section === 'top') return links
    if (section === 'bottom') return [{ type: 'divider' }, ...links]
    return [{ type: 'section', text: section, items: links, defaultExpanded: !folded.includes(section) }]
  })
