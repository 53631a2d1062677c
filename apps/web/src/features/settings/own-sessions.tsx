import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, type OwnSession } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { ConfirmDialog } from '../../shared/dialog/confirm-dialog.tsx'
import { useFlash } from '../../shared/flash/flash.tsx'
import { formatCounted } from '../../shared/format.ts'
import { List } from '../../shared/list/list.tsx'
import type { ListColumn } from '../../shared/list/list-column.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import { wholeOf } from '../../shared/list/list-source.ts'
import { Age } from '../../shared/time.tsx'

const OWN_SESSIONS = ['own-sessions']

const ownSessionsQuery = queryOptions({
  queryKey: OWN_SESSIONS,
  queryFn: ({ signal }) => api(endpoints.listOwnSessions, { signal }),
})

const browserOf = ({ browser = 'A browser that does not say which' }: OwnSession): string => browser

const COLUMNS: readonly ListColumn<OwnSession>[] = [
  {
    id: 'browser',
    header: 'Browser',
    isRowHeader: true,
    minWidth: 200,
    cell: (session) => (
      <>
        {browserOf(session)} {session.isThisOne && <StatusIndicator>this one</StatusIndicator>}
      </>
    ),
  },
  {
    id: 'started',
    header: 'Signed in',
    minWidth: 110,
    cell: ({ startedAt }) => <Age atMs={Date.parse(startedAt)} />,
  },
  {
    id: 'used',
    header: 'Last used',
    minWidth: 120,
    cell: ({ lastUsedAt }) => (lastUsedAt === undefined ? 'Within two hours' : <Age atMs={Date.parse(lastUsedAt)} />),
  },
  { id: 'address', header: 'From', minWidth: 120, cell: ({ address }) => address ?? 'Not known' },
]

const WORDS: ListWords = {
  title: 'Where you are signed in',
  one: 'session',
  many: 'sessions',
  description:
    'Browsers in which you are signed in here. One that you do not know is somebody else’s: end it, and change your password at the identity provider.',
  empty: { title: 'No sessions' },
}

/** The person's own sessions, each with its end. */
export function OwnSessions() {
  const client = useQueryClient()
  const { flash } = useFlash()
  const query = useQuery(ownSessionsQuery)
  const [ending, setEnding] = useState<OwnSession | 'others'>()
  const others = query.data?.sessions.filter(({ isThisOne }) => !isThisOne).length ?? 0
  const end = async () => {
    if (ending === 'others') await api(endpoints.endOtherSessions)
    else if (ending) await api(endpoints.endOwnSession, { params: { sessionName: ending.id } })
    await client.invalidateQueries({ queryKey: OWN_SESSIONS })
    const what = ending === 'others' ? 'All your other sessions have ended' : 'The session has ended'
    flash({ id: 'own-sessions', type: 'success', header: what })
  }
  return (
    <>
      <List
        name="own-sessions"
        variant="container"
        words={WORDS}
        columns={COLUMNS}
        rowId={({ id }) => id}
        source={wholeOf(query, query.data?.sessions ?? [])}
        paging="endless"
        actions={() => [
          {
            id: 'end-others',
            text: 'Sign out everywhere else',
            whyNot: others === 0 ? 'You are signed in nowhere else.' : undefined,
            onAction: () => setEnding('others'),
          },
        ]}
        rowActions={(session) => [
          {
            id: 'end',
            text: 'End session',
            whyNot: session.isThisOne ? 'It is the one that you use now: sign out to end it.' : undefined,
            onAction: () => setEnding(session),
          },
        ]}
      />
      {ending && (
        <ConfirmDialog
          header={ending === 'others' ? 'Sign out everywhere else?' : `End the session of ${browserOf(ending)}?`}
          action={ending === 'others' ? 'Sign out everywhere else' : 'End session'}
          failure="It could not be ended"
          onConfirm={end}
          onClose={() => setEnding(undefined)}
        >
          {ending === 'others'
            ? `${formatCounted(others, 'session', 'sessions')} of yours ${others === 1 ? 'ends' : 'end'}; this one goes on.`
            : 'Whoever uses it is signed out at once.'}{' '}
          Its pages stay readable, and do nothing more; what was typed in them and not saved is lost with them.
        </ConfirmDialog>
      )}
    </>
  )
}
