import HelpPanel from '@cloudscape-design/components/help-panel'
import { useQuery } from '@tanstack/react-query'
import { HelpContent } from '../../shared/help/help-content.tsx'
import type { HelpOffer } from '../../shared/help/page-help.ts'
import { createPreference } from '../../shared/preferences/preferences.ts'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { Loading } from '../../shared/ui/loading.tsx'

/** Wide enough that the help stands beside what it is about, and covers nothing of it. */
const BESIDE = '(min-width: 1200px)'

/** It stays open from page to page, and for the next time. */
export const helpPreference = createPreference('help', (stored) => stored === true)

/** Whether help that was left open is open when the console starts: not where it would cover the page. */
export const startsWithHelp = (): boolean => helpPreference.get() && matchMedia(BESIDE).matches

/** The help of the page that is open. It is fetched when it is looked at. */
export function PageHelpPanel({ offer: { path, load, params } }: { readonly offer: HelpOffer }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['help of page', path],
    queryFn: load,
    staleTime: 'static',
    retry: false,
    networkMode: 'always',
    structuralSharing: false,
  })
  if (data) return <HelpContent help={data} params={params} />
  return (
    <HelpPanel header={<h2>Help</h2>}>
      {error ? (
        <ErrorAlert error={error} what="The help could not be loaded" onRetry={() => void refetch()} />
      ) : (
        <Loading what="help" />
      )}
    </HelpPanel>
  )
}
