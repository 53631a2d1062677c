import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation'
import { useLocation } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type NavigationEntry, SECTIONS } from '../../shared/feature/feature.ts'
import { useAssembly } from '../assembly-context.ts'

export function Navigation() {
  const { navigation } = useAssembly()
  const { pathname } = useLocation()
  const active = activeEntry(navigation, pathname)
  const items = useMemo(() => sectioned(navigation), [navigation])
  return <SideNavigation {...(active ? { activeHref: active.href } : {})} items={items} />
}

/** The entry of the page, or the nearest above it: of `/things/pump-7/shadow` that of `/things`. */
export const activeEntry = (entries: readonly NavigationEntry[], pathname: string): NavigationEntry | undefined =>
  entries
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    .reduce<NavigationEntry | undefined>(
      (nearest, entry) => (nearest && nearest.href.length >= entry.href.length ? nearest : entry),
      undefined,
    )

const sectioned = (entries: readonly NavigationEntry[]): SideNavigationProps.Item[] =>
  SECTIONS.flatMap((section): SideNavigationProps.Item[] => {
    const links = entries
      .filter((entry) => entry.section === section)
      .map(({ title, href }): SideNavigationProps.Link => ({ type: 'link', text: title, href }))
    if (links.length === 0 || section === 'top') return links
    if (section === 'bottom') return [{ type: 'divider' }, ...links]
    return [{ type: 'section-group', title: section, items: links }]
  })
