import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar'
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group'
import Flashbar from '@cloudscape-design/components/flashbar'
import SplitPanel from '@cloudscape-design/components/split-panel'
import { Outlet, useRouter } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { FrameProvider, useFrame } from '../../shared/chrome/chrome.tsx'
import { useFlashItems } from '../../shared/flash/flash.tsx'
import { paths } from '../../shared/paths.ts'
import { createPreference, usePreference } from '../../shared/preferences/preferences.ts'
import { useShortcut } from '../../shared/shortcuts/shortcuts.tsx'
import { Loading } from '../../shared/ui/loading.tsx'
import { Navigation } from './navigation.tsx'
import { ShortcutDialog } from './shortcut-dialog.tsx'
import { TopBar } from './top-bar.tsx'

const WIDE = '(min-width: 1200px)'
const navigationPreference = createPreference<boolean | undefined>('navigation', (stored) =>
  typeof stored === 'boolean' ? stored : undefined,
)
const panelPreference = createPreference<'side' | 'bottom'>('panel', (stored) =>
  stored === 'side' ? 'side' : 'bottom',
)

/** The frame around every page: top bar, navigation, breadcrumbs, flashbar, split panel, shortcuts. */
export function Shell({ onSignOut }: { readonly onSignOut: () => Promise<void> }) {
  const { history } = useRouter()
  const { page, panel, setPanelElement, frame } = useFrame()
  const flashes = useFlashItems()
  const [navigationOpen = matchMedia(WIDE).matches, setNavigationOpen] = usePreference(navigationPreference)
  const [position, setPosition] = usePreference(panelPreference)
  const [helping, setHelping] = useState(false)
  useShortcut('g t', 'Go to things', () => history.push(paths.things()))
  useShortcut('g l', 'Go to live messages', () => history.push(paths.live()))
  useShortcut('g s', 'Go to settings', () => history.push(paths.settings()))
  useShortcut('?', 'List the shortcuts', () => setHelping(true))

  return (
    <FrameProvider value={frame}>
      <TopBar onSignOut={onSignOut} />
      <AppLayoutToolbar
        headerSelector="#top"
        navigation={<Navigation />}
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        toolsHide
        breadcrumbs={page && <BreadcrumbGroup items={[...page.breadcrumbs]} />}
        notifications={<Flashbar items={flashes} stackItems />}
        stickyNotifications
        content={
          <Suspense fallback={<Loading what="page" />}>
            <Outlet />
          </Suspense>
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
      <ShortcutDialog visible={helping} onDismiss={() => setHelping(false)} />
    </FrameProvider>
  )
}
