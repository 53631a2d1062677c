import SideNavigation from '@cloudscape-design/components/side-navigation'
import { useLocation } from '@tanstack/react-router'
import { PAGES } from '../pages/pages.ts'

export function Navigation() {
  const { pathname } = useLocation()
  const active = PAGES.find(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
  return (
    <SideNavigation
      {...(active ? { activeHref: active.href } : {})}
      items={PAGES.map(({ title, href }) => ({ type: 'link', text: title, href }))}
    />
  )
}
