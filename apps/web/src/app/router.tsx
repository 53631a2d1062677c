import { createRootRoute, createRoute, createRouter, type RouterHistory, redirect } from '@tanstack/react-router'
import { validateActivitySearch } from '../features/activity/search.ts'
import { validateBulkChangesSearch } from '../features/bulk-changes/search.ts'
import { validateLiveSearch } from '../features/live/page/search.ts'
import { validateShadowSearch } from '../features/shadow/search.ts'
import { validateThingSearch, validateThingsSearch } from '../features/things/search.ts'
import { parseSearch, stringifySearch } from '../shared/search-params.ts'
import { lazyPage } from './lazy-page.tsx'
import { ErrorPage } from './pages/error-page.tsx'
import { NotFoundPage } from './pages/not-found-page.tsx'
import { validateSignInSearch } from './pages/sign-in-search.ts'
import { Root } from './root.tsx'

const root = createRootRoute({ component: Root })

const routes = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: '/things' })
    },
  }),
  createRoute({
    // Where a sign-in that failed ends. Who is signed in has no business here.
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: validateSignInSearch,
    component: lazyPage('sign-in', async () => (await import('./routes/sign-in.tsx')).SignInRoute),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/things',
    validateSearch: validateThingsSearch,
    component: lazyPage('things', async () => (await import('./routes/things.tsx')).ThingsRoute),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/things/$thingName',
    validateSearch: (raw: Record<string, unknown>) => ({ ...validateLiveSearch(raw), ...validateThingSearch(raw) }),
    component: lazyPage('thing', async () => (await import('./routes/thing.tsx')).ThingRoute),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/things/$thingName/shadow',
    validateSearch: validateShadowSearch,
    component: lazyPage('shadow', async () => (await import('./routes/shadow.tsx')).ShadowRoute),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/bulk-changes',
    validateSearch: validateBulkChangesSearch,
    component: lazyPage('bulk-changes', async () => (await import('./routes/bulk-changes.tsx')).BulkChangesRoute),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/live',
    validateSearch: validateLiveSearch,
    component: lazyPage('live', async () => (await import('./routes/live.tsx')).LiveRoute),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/activity',
    validateSearch: validateActivitySearch,
    component: lazyPage('activity', async () => (await import('./routes/activity.tsx')).ActivityRoute),
  }),
  // Links that were made when these pages had other names go on leading there.
  ...(
    [
      ['/audit', '/activity'],
      ['/shadow-changes', '/bulk-changes'],
    ] as const
  ).map(([path, to]) =>
    createRoute({
      getParentRoute: () => root,
      path,
      beforeLoad: ({ location: { searchStr } }) => {
        throw redirect({ href: `${to}${searchStr.replace(/([?&])job=/, '$1bulkChange=')}` })
      },
    }),
  ),
  createRoute({
    getParentRoute: () => root,
    path: '/settings',
    component: lazyPage('settings', async () => (await import('./routes/settings.tsx')).SettingsRoute),
  }),
] as const

/** The console's routes. `history` is the browser's unless a test brings its own. */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree: root.addChildren(routes),
    parseSearch,
    stringifySearch,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
    ...(history ? { history } : {}),
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
