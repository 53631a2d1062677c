import SideNavigation from '@cloudscape-design/components/side-navigation'
import { useLocation } from '@tanstack/react-router'
import { paths } from '../../shared/paths.ts'

const ITEMS = [
  { text: 'Things', href: paths.things() },
  { text: 'Live messages', href: paths.live() },
  { text: 'Settings', href: paths.settings() },
] as const

export function Navigation() {
  const { pathname } = useLocation()
  const active = ITEMS.find(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
  return (
    <SideNavigation
      {...(active ? { activeHref: active.href } : {})}
      items={ITEMS.map(({ text, href }) => ({ type: 'link', text, href }))}
    />
  )
}
