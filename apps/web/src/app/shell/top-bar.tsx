import Badge from '@cloudscape-design/components/badge'
import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation'
import { useMutation } from '@tanstack/react-query'
import { useFlash } from '../../shared/flash/flash.tsx'
import { paths } from '../../shared/paths.ts'
import { THEMES, type Theme, themePreference } from '../../shared/preferences/appearance.ts'
import { usePreference } from '../../shared/preferences/preferences.ts'
import { signOut, useSession } from '../../shared/session/session.tsx'
import { ConnectionStatus } from './connection-status.tsx'

const THEME_WORDS: Readonly<Record<Theme, string>> = { system: 'As the system', light: 'Light', dark: 'Dark' }

export function TopBar({ onSignOut }: { readonly onSignOut: () => Promise<void> }) {
  const { person, account, region, environment } = useSession()
  const [theme, setTheme] = usePreference(themePreference)
  const { flash } = useFlash()
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async ({ redirectTo }) => {
      await onSignOut()
      location.assign(redirectTo)
    },
    onError: ({ message }) =>
      flash({ id: 'sign-out', type: 'error', header: 'You could not be signed out', content: message }),
  })

  const utilities: TopNavigationProps.Utility[] = [
    {
      type: 'menu-dropdown',
      iconName: 'light-dark',
      ariaLabel: `Theme: ${THEME_WORDS[theme]}`,
      title: 'Theme',
      items: THEMES.map((id) => ({
        id,
        itemType: 'checkbox' as const,
        checked: id === theme,
        text: THEME_WORDS[id],
      })),
      onItemClick: ({ detail }) => {
        const chosen = THEMES.find((id) => id === detail.id)
        if (chosen) setTheme(chosen)
      },
    },
    {
      type: 'menu-dropdown',
      iconName: 'user-profile',
      text: `${person.name} (${person.role})`,
      title: person.name,
      description: `Signed in as ${person.role}`,
      items: [
        { id: 'settings', text: 'Settings', href: paths.settings() },
        { id: 'sign-out', text: 'Sign out' },
      ],
      onItemClick: ({ detail }) => {
        if (detail.id === 'sign-out') leave.mutate()
      },
    },
  ]

  return (
    <div id="top" className="td-top-bar">
      <TopNavigation
        identity={{ href: '/', title: 'Thingdeck', logo: { src: '/favicon.svg', alt: '' } }}
        search={
          <div className="td-top-bar-middle">
            <span className="td-where">
              <span className="td-where-account">account {account}</span>
              <span>{region}</span>
              <Badge color="blue">{environment}</Badge>
            </span>
            <ConnectionStatus />
          </div>
        }
        utilities={utilities}
      />
    </div>
  )
}
