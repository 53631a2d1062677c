import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { LiveProvider } from '../features/live/page/client.ts'
import { MqttProvider } from '../shared/mqtt/mqtt-context.ts'
import { ReportNotices } from '../shared/reports/report-notices.tsx'
import { SessionProvider, sessionQuery } from '../shared/session/session.tsx'
import { SessionStateProvider } from '../shared/session/session-state.ts'
import { useInternalLinks } from './internal-links.ts'
import { SignedOutPage } from './pages/signed-out-page.tsx'
import { StartPage } from './pages/start-page.tsx'
import { SessionBar } from './session/session-bar.tsx'
import { type TabSession, useTabSession } from './session/use-tab-session.ts'
import { Shell } from './shell/shell.tsx'
import { startWorker, type WorkerClient } from './worker/worker-client.ts'

/** Everything depends on whose tab it is: before anybody signed in there is one page only. */
export function Root() {
  useInternalLinks()
  const tab = useTabSession()
  if (tab.kind === 'starting') return <StartPage error={tab.error ?? null} {...(tab.retry && { onRetry: tab.retry })} />
  if (tab.kind === 'nobody') return <SignedOutPage />
  return <SignedIn tab={tab} />
}

function SignedIn({ tab: { session, state, other } }: { readonly tab: Extract<TabSession, { kind: 'owned' }> }) {
  const { id, name } = session.person
  const worker = useWorker(id, state === 'active')
  // Another one with each state: what may be done is drawn anew by it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const drawn = useMemo(() => ({ ...session }), [session, state])
  if (!worker) return <StartPage />
  return (
    <SessionProvider value={drawn}>
      <SessionStateProvider value={state}>
        <MqttProvider value={worker.mqtt}>
          <LiveProvider value={worker.live}>
            <ReportNotices />
            <Shell onSignOut={() => worker.close()} />
            {state !== 'active' && <SessionBar state={state} owner={name} other={other} />}
          </LiveProvider>
        </MqttProvider>
      </SessionStateProvider>
    </SessionProvider>
  )
}

/** The worker lives as long as the tab is the person's, whichever page is open; its MQTT session as long as theirs. */
function useWorker(personId: string, isActive: boolean): WorkerClient | undefined {
  const queryClient = useQueryClient()
  const [worker, setWorker] = useState<WorkerClient>()
  useEffect(() => {
    const started = startWorker(personId)
    setWorker(started)
    const stopListening = started.mqtt.onStatus(() => {
      const { state } = started.mqtt.status().connection
      if (state.kind === 'failed' && ['SIGNED_OUT', 'OTHER_PERSON'].includes(state.code ?? '')) {
        void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
      }
    })
    return () => {
      stopListening()
      setWorker(undefined)
      void started.close()
    }
  }, [queryClient, personId])
  useEffect(() => {
    if (!worker || isActive) return
    worker.pause()
    return () => worker.resume()
  }, [worker, isActive])
  return worker
}
