import './top-bar.css'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Icon from '@cloudscape-design/components/icon'
import TopNavigation from '@cloudscape-design/components/top-navigation'
import { paths } from '../../shared/paths.ts'
import { THEMES, type Theme, themePreference } from '../../shared/preferences/appearance.ts'
import { usePreference } from '../../shared/preferences/preferences.ts'
import { useSession } from '../../shared/session/session.tsx'
import { keyCaps } from '../../shared/shortcuts/shortcuts.tsx'
import { Mark } from '../mark.tsx'
import { ConnectionStatus } from './connection-status.tsx'
import { EnvironmentBand } from './environment-band.tsx'

interface TopBarProps {
  readonly onSignOut: () => void
  readonly isSigningOut: boolean
  readonly onSearch: () => void
}

/** Where one is, how the MQTT session does, and who one is: always in sight. */
export function TopBar({ onSignOut, isSigningOut, onSearch }: TopBarProps) {
  const { account, region, environment, environmentKind } = useSession()
  return (
    <div id="top" className="td-top-bar">
      <TopNavigation>
        <div className="td-top-bar-inner">
          <a href="/" className="td-brand td-top-bar-brand">
            <Mark /> Thingdeck
          </a>
          {environmentKind === 'embedded' && (
            <span className="td-where">
              <span>
                <span className="td-where-word">account </span>
                {account}
              </span>
              <span className="td-where-region">{region}</span>
              <span className="td-environment">{environment}</span>
            </span>
          )}
          <span className="td-top-bar-space" />
          <button type="button" className="td-palette-opener" aria-label="Search and commands" onClick={onSearch}>
            <Icon name="search" />
            <span>Search</span>
            <span aria-hidden="true">
              {keyCaps('Mod k').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </span>
          </button>
          <ConnectionStatus />
          <ThemeMenu />
          <PersonMenu onSignOut={onSignOut} isSigningOut={isSigningOut} />
        </div>
        <EnvironmentBand />
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

function PersonMenu({ onSignOut, isSigningOut }: Pick<TopBarProps, 'onSignOut' | 'isSigningOut'>) {
  const { person } = useSession()
  return (
    <ButtonDropdown
      loading={isSigningOut}
      items={[
        { id: 'settings', text: 'Settings', href: paths.settings() },
        { id: 'sign-out', text: 'Sign out' },
      ]}
      onItemClick={({ detail }) => {
        if (detail.id === 'sign-out') onSignOut()
      }}
    >
      {`${person.name} (${person.role})`}
    </ButtonDropdown>
  )
}
