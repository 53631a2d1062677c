import { useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { api } from '../shared/api.ts'
import { usePageChrome } from '../shared/chrome/chrome.tsx'
import { ApiError } from '../shared/http.ts'
import { ErrorAlert } from '../shared/ui/error-alert.tsx'
import { Loading } from '../shared/ui/loading.tsx'

type LoadPage<Props> = () => Promise<ComponentType<Props>>

/** Code that has not come by then does not come without help. */
const LOAD_TIMEOUT_MS = 20_000

/** Sooner, a sign of waiting would only flicker. */
const QUIET_MS = 300

/**
 * A page whose code is fetched when it is opened first. Where one goes is there at once, though its code may not be:
 * the page says that it is loading, and when that fails, that it did; the frame and the MQTT session go on.
 * @param name of the route, once in the whole console
 */
export function lazyPage<Props extends object>(name: string, load: LoadPage<Props>): (props: Props) => ReactNode {
  const queryKey = ['code of page', name]
  return function LazyPage(props) {
    const client = useQueryClient()
    const code = useQuery({
      queryKey,
      queryFn: () => {
        // In an object: a component is a function, which the cache would call.
        const loading = load().then((Page) => ({ Page }))
        loading.then(
          (late) => client.setQueryData(queryKey, late),
          () => {},
        )
        return inTime(loading)
      },
      // Not even when all is read anew, as after the console's server was away: another component would begin empty.
      staleTime: 'static',
      gcTime: Number.POSITIVE_INFINITY,
      retry: false,
      networkMode: 'always',
      structuralSharing: false,
    })
    if (code.data) return <code.data.Page {...props} />
    if (code.error && !code.isFetching) {
      return (
        <Failed
          error={code.error}
          onRetry={() => void code.refetch().then(({ error }) => error && reloadIfServerAnswers())}
        />
      )
    }
    return <Waiting />
  }
}

function Waiting() {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), QUIET_MS)
    return () => clearTimeout(timer)
  }, [])
  return isLong ? <LoadingPage /> : null
}

function LoadingPage() {
  useChrome('Loading')
  return <Loading what="page" />
}

function Failed({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  useChrome('Not loaded')
  return <ErrorAlert error={error} what="The page could not be loaded" onRetry={onRetry} />
}

/** The frame must not go on naming the page that was left. */
function useChrome(title: string): void {
  usePageChrome({ title, breadcrumbs: [{ text: title, href: location.pathname }] })
}

async function inTime<T>(loading: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(notLoaded('TIMEOUT')), LOAD_TIMEOUT_MS)
  try {
    return await Promise.race([loading, late.promise])
  } catch (error) {
    throw error instanceof ApiError ? error : notLoaded('NETWORK')
  } finally {
    clearTimeout(timer)
  }
}

const notLoaded = (code: 'NETWORK' | 'TIMEOUT') =>
  new ApiError({ code, message: 'The console server did not send it. Everything else goes on.', status: 0 })

/** Browsers may remember that a module failed, and a newer console has other modules: then only a reload helps. */
async function reloadIfServerAnswers(): Promise<void> {
  const answers = await api(endpoints.getSession).then(
    () => true,
    (error: unknown) => error instanceof ApiError && error.status > 0,
  )
  if (answers) location.reload()
}
