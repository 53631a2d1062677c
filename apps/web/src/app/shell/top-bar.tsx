import Badge from '@cloudscape-design/components/badge'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import TopNavigation from '@cloudscape-design/components/top-navigation'
import { useMutation } from '@tanstack/react-query'
import { useFlash } from '../../shared/flash/flash.tsx'
import { paths } from '../../shared/paths.ts'
import { THEMES, type Theme, themePreference } from '../../shared/preferences/appearance.ts'
import { usePreference } from '../../shared/preferences/preferences.ts'
import { signOut, useSession } from '../../shared/session/session.tsx'
import { ConnectionStatus } from './connection-status.tsx'
import { Mark } from './mark.tsx'

/** Where one is, how the MQTT session does, and who one is: always in sight. */
export function TopBar({ onSignOut }: { readonly onSignOut: () => Promise<void> }) {
  const { account, region, environment } = useSession()
  return (
    <div id="top" className="td-top-bar">
      <TopNavigation>
        <div className="td-top-bar-inner">
          <a href="/" className="td-brand td-top-bar-brand">
            <Mark /> Thingdeck
          </a>
          <span className="td-where">
            <span className="td-where-account">account {account}</span>
            <span>{region}</span>
            <Badge color="blue">{environment}</Badge>
          </span>
          <span className="td-top-bar-space" />
          <ConnectionStatus />
          <ThemeMenu />
          <PersonMenu onSignOut={onSignOut} />
        </div>
      </TopNavigation>
    </div>
  )
}

const THEME_WORDS: Readonly<Record<Theme, string>> = { system: 'As the system', light: 'Light', dark: 'Dark' }

function ThemeMenu() {
  const [theme, setTheme] = usePreference(themePreference)
  return (
    <ButtonDropdown
      variant="icon"
      iconName="light-dark"
      ariaLabel={`Theme: ${THEME_WORDS[theme]}`}
      items={THEMES.map((id) => ({ id, itemType: 'checkbox', checked: id === theme, text: THEME_WORDS[id] }))}
      onItemClick={({ detail }) => {
        const chosen = THEMES.find((id) => id === detail.id)
        if (chosen) setTheme(chosen)
      }}
    />
  )
}

function PersonMenu({ onSignOut }: { readonly onSignOut: () => Promise<void> }) {
  const { person } = useSession()
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
  return (
    <ButtonDropdown
      loading={leave.isPending}
      items={[
        { id: 'settings', text: 'Settings', href: paths.settings() },
        { id: 'sign-out', text: 'Sign out' },
      ]}
      onItemClick={({ detail }) => {
        if (detail.id === 'sign-out') leave.mutate()
      }}
    >
      {`${person.name} (${person.role})`}
    </ButtonDropdown>
  )
}
