import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar'
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group'
import Flashbar from '@cloudscape-design/components/flashbar'
import SplitPanel from '@cloudscape-design/components/split-panel'
import { Outlet, useRouter } from '@tanstack/react-router'
import { Suspense, useCallback, useState } from 'react'
import { FrameProvider, useFrame } from '../../shared/chrome/chrome.tsx'
import type { NavigationEntry } from '../../shared/feature/feature.ts'
import { useFlashItems } from '../../shared/flash/flash.tsx'
import { CONTENT_ID } from '../../shared/focus-lost.ts'
import { HelpProvider } from '../../shared/help/page-help.ts'
import { createPreference, usePreference } from '../../shared/preferences/preferences.ts'
import { useShortcut, useShortcutList } from '../../shared/shortcuts/shortcuts.tsx'
import { Loading } from '../../shared/ui/loading.tsx'
import { useAssembly } from '../assembly-context.ts'
import { Palette } from '../palette/palette.tsx'
import { usePaletteLabel } from '../palette/use-palette-label.ts'
import { useRecentPages } from '../palette/use-recent-pages.ts'
import { Navigation } from './navigation.tsx'
import { SkipLink, useFocusOfPage } from './page-focus.tsx'
import { ShortcutDialog } from './shortcut-dialog.tsx'
import { TopBar } from './top-bar.tsx'
import { useHelpPanel } from './use-help-panel.tsx'
import { useLiveNotice } from './use-live-notice.tsx'
import { useServerNotice } from './use-server-notice.tsx'
import { useSignOut } from './use-sign-out.ts'

const WIDE = '(min-width: 1200px)'
/** The longest name of a page fits; the rest is for what the page shows. */
const NAVIGATION_PX = 220
const navigationPreference = createPreference<boolean | undefined>('navigation', (stored) =>
  typeof stored === 'boolean' ? stored : undefined,
)
const panelPreference = createPreference<'side' | 'bottom'>('panel', (stored) =>
  stored === 'side' ? 'side' : 'bottom',
)

/** The frame around every page: top bar, navigation, breadcrumbs, flashbar, split panel, shortcuts. */
export function Shell({ onSignOut }: { readonly onSignOut: () => Promise<void> }) {
  const { page, panel, setPanelElement, frame } = useFrame()
  const flashes = useFlashItems()
  const notices = [useServerNotice(), useLiveNotice()].filter((notice) => notice !== undefined)
  const { navigation } = useAssembly()
  const [navigationOpen = matchMedia(WIDE).matches, setNavigationOpen] = usePreference(navigationPreference)
  const [position, setPosition] = usePreference(panelPreference)
  const [helping, setHelping] = useState(false)
  const [searching, setSearching] = useState(false)
  const shortcuts = useShortcutList()
  const help = useHelpPanel()
  const { signOut, isSigningOut } = useSignOut(onSignOut)
  const leave = useCallback(() => signOut(), [signOut])
  useRecentPages(page)
  useFocusOfPage()
  useShortcut('Mod k', usePaletteLabel(), () => setSearching((isOpen) => !isOpen))
  useShortcut('?', 'List the shortcuts', () => setHelping(true))

  return (
    <FrameProvider value={frame}>
      {navigation.map(({ keys, does, href }) =>
        keys === undefined ? null : <PageShortcut key={href} keys={keys} does={does} href={href} />,
      )}
      <SkipLink />
      {panel && <PanelShortcut key={panel.header} onClose={panel.onClose} />}
      <TopBar onSignOut={leave} isSigningOut={isSigningOut} onSearch={() => setSearching(true)} />
      <AppLayoutToolbar
        headerSelector="#top"
        navigation={<Navigation />}
        navigationWidth={NAVIGATION_PX}
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        {...help.layout}
        breadcrumbs={page && <BreadcrumbGroup items={[...page.breadcrumbs]} />}
        notifications={
          // Cloudscape has them announced by a copy of their words elsewhere in the page; where they stand they are once.
          <div aria-live="polite">
            <Flashbar items={[...notices, ...flashes]} stackItems />
          </div>
        }
        stickyNotifications
        content={
          <div id={CONTENT_ID} tabIndex={-1} className="td-content">
            <HelpProvider value={help.help}>
              <Suspense fallback={<Loading what="page" />}>
                <Outlet />
              </Suspense>
            </HelpProvider>
          </div>
        }
        splitPanelOpen={panel !== undefined}
        splitPanelPreferences={{ position }}
        onSplitPanelPreferencesChange={({ detail }) => setPosition(detail.position)}
        onSplitPanelToggle={({ detail }) => {
          if (!detail.open) panel?.onClose()
        }}
        splitPanel={
          panel && (
            <SplitPanel header={panel.header} closeBehavior="hide">
              <div ref={setPanelElement} />
            </SplitPanel>
          )
        }
      />
      {searching && <Palette shortcuts={shortcuts()} onSignOut={leave} onClose={() => setSearching(false)} />}
      <ShortcutDialog visible={helping} onDismiss={() => setHelping(false)} />
    </FrameProvider>
  )
}

function PanelShortcut({ onClose }: { readonly onClose: () => void }) {
  useShortcut('Escape', 'Close the look', onClose)
  return null
}

function PageShortcut({ keys, does, href }: Required<Pick<NavigationEntry, 'keys' | 'does' | 'href'>>) {
  const { history } = useRouter()
  useShortcut(keys, does, () => history.push(href))
  return null
}
