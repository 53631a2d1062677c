import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Session } from '@thingdeck/contract'
import { useEffect, useState } from 'react'
import { LiveProvider } from '../features/live/page/client.ts'
import { MqttProvider } from '../shared/mqtt/mqtt-context.ts'
import { ReportNotices } from '../shared/reports/report-notices.tsx'
import { SessionProvider, sessionQuery } from '../shared/session/session.tsx'
import { useInternalLinks } from './internal-links.ts'
import { SignedOutPage } from './pages/signed-out-page.tsx'
import { StartPage } from './pages/start-page.tsx'
import { Shell } from './shell/shell.tsx'
import { startWorker, type WorkerClient } from './worker/worker-client.ts'

/** Everything depends on who is signed in: without a person there is one page only. */
export function Root() {
  useInternalLinks()
  const session = useQuery(sessionQuery)
  if (session.isPending) return <StartPage />
  if (session.data === undefined) return <StartPage error={session.error} onRetry={() => void session.refetch()} />
  if (session.data === null) return <SignedOutPage />
  return <SignedIn key={session.data.person.id} session={session.data} />
}

function SignedIn({ session }: { readonly session: Session }) {
  const worker = useWorker()
  if (!worker) return <StartPage />
  return (
    <SessionProvider value={session}>
      <MqttProvider value={worker.mqtt}>
        <LiveProvider value={worker.live}>
          <ReportNotices />
          <Shell onSignOut={() => worker.close()} />
        </LiveProvider>
      </MqttProvider>
    </SessionProvider>
  )
}

/** The worker lives as long as the person is signed in, whichever page is open. */
function useWorker(): WorkerClient | undefined {
  const queryClient = useQueryClient()
  const [worker, setWorker] = useState<WorkerClient>()
  useEffect(() => {
    const started = startWorker()
    setWorker(started)
    const stopListening = started.mqtt.onStatus(() => {
      const { state } = started.mqtt.status().connection
      if (state.kind === 'failed' && state.code === 'SIGNED_OUT') {
        void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
      }
    })
    return () => {
      stopListening()
      setWorker(undefined)
      void started.close()
    }
  }, [queryClient])
  return worker
}
