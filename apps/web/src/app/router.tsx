import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router'
import { paths } from '../shared/paths.ts'
import { parseSearch, stringifySearch } from '../shared/search-params.ts'
import type { Assembly } from './assemble.ts'
import { lazyPage } from './lazy-page.tsx'
import { pageRoutes } from './page-route.tsx'
import { ErrorPage } from './pages/error-page.tsx'
import { NotFoundPage } from './pages/not-found-page.tsx'
import { validateSignInSearch } from './pages/sign-in-search.ts'
import { Root } from './root.tsx'

/** The routes of a console. `history` is the browser's unless a test brings its own. */
export function createAppRouter(assembly: Assembly, history?: RouterHistory) {
  const root = createRootRoute({ component: Root })
  const routes: readonly AnyRoute[] = [
    createRoute({
      getParentRoute: () => root,
      path: '/',
      beforeLoad: () => {
        throw redirect({ href: paths.overview() })
      },
    }),
    createRoute({
      // Where a sign-in that failed ends. Who is signed in has no business here.
      getParentRoute: () => root,
      path: '/sign-in',
      validateSearch: validateSignInSearch,
      component: lazyPage('sign-in', async () => (await import('./pages/signed-in-page.tsx')).SignedInPage),
    }),
    ...assembly.pages.flatMap((page) => pageRoutes(root, page, assembly)),
  ]
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
