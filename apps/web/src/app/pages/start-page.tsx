import './lone-page.css'
import Box from '@cloudscape-design/components/box'
import Spinner from '@cloudscape-design/components/spinner'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'

/** Before it is known who is signed in; with `error` when that could not be found out. */
export function StartPage({ error, onRetry }: { readonly error?: Error | null; readonly onRetry?: () => void }) {
  return (
    <main className="td-lone-page">
      {error ? (
        <ErrorAlert error={error} what="The console could not be started" {...(onRetry ? { onRetry } : {})} />
      ) : (
        <Box color="text-body-secondary">
          <Spinner /> Starting
        </Box>
      )}
    </main>
  )
}
