import { onlineManager, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Session } from '@thingdeck/contract'
import { useEffect, useState } from 'react'
import { setPagePerson } from '../../shared/session/page-person.ts'
import { sessionQuery, setWhyNobodyWrites } from '../../shared/session/session.tsx'
import { sessionRefusals } from '../../shared/session/session-refusals.ts'
import type { SessionState } from '../../shared/session/session-state.ts'
import { hearTabs, tellTabs } from '../../shared/session/tabs.ts'

/** How often a tab that waits for its person looks whether they are back: another tab may be of another browser window. */
const LOOK_EVERY_MS = 10_000

/** What a tab knows of sessions: whose it is, and who is signed in now. */
export type TabSession =
  | { readonly kind: 'starting'; readonly error?: Error | null; readonly retry?: () => void }
  | { readonly kind: 'nobody' }
  | {
      readonly kind: 'owned'
      /** Of the person with whom the tab began; their role is that of now. */
      readonly session: Session
      readonly state: SessionState
      /** Of `other-person`: their name. */
      readonly other?: string
    }

/** Follows who is signed in, from the first sign-in that this tab saw on. */
export function useTabSession(): TabSession {
  const queryClient = useQueryClient()
  const [owner, setOwner] = useState<Session>()
  const query = useQuery({
    ...sessionQuery,
    refetchInterval: ({ state }) => (owner && state.data === null ? LOOK_EVERY_MS : false),
  })
  const { data: now } = query
  const isOwners = now !== null && now !== undefined && (owner === undefined || now.person.id === owner.person.id)
  if (isOwners && owner !== now) {
    setPagePerson(now.person.id)
    setOwner(now)
  }
  const session = isOwners ? now : owner
  const state = stateOf(now, session)

  const ownerId = owner?.person.id
  useEffect(() => {
    if (ownerId !== undefined) tellTabs({ kind: 'signed-in', personId: ownerId })
  }, [ownerId])
  useEffect(
    () =>
      hearTabs((news) => {
        if (news.kind === 'signed-in' && news.personId === ownerId && state === 'active') return
        if (news.kind === 'signed-out' && state === 'ended') return
        void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
      }),
    [queryClient, ownerId, state],
  )
  useEffect(
    () =>
      sessionRefusals.subscribe((refusal) => {
        if (ownerId === undefined) return // the session's own question is under way
        // That it is over is known at once; who else's it is, the server tells.
        if (refusal === 'ended' && state !== 'ended') queryClient.setQueryData(sessionQuery.queryKey, null)
        if (refusal === 'other-person') void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
      }),
    [queryClient, ownerId, state],
  )
  useEffect(() => {
    // A session also ends by its time, from another browser or with the server: the tab that asks next finds it out.
    if (state === 'ended') tellTabs({ kind: 'signed-out' })
  }, [state])
  const isActive = state === 'active'
  useEffect(() => {
    if (isActive) return
    // What is on the page stays on it: questions wait, instead of failing one after the other.
    onlineManager.setOnline(false)
    return () => {
      onlineManager.setOnline(navigator.onLine)
      void queryClient.invalidateQueries()
    }
  }, [queryClient, isActive])

  if (session) {
    setWhyNobodyWrites(WHY_NOT[state])
    return { kind: 'owned', session, state, ...(state === 'other-person' && now && { other: now.person.name }) }
  }
  if (query.isPending) return { kind: 'starting' }
  return now === null ? { kind: 'nobody' } : { kind: 'starting', error: query.error, retry: () => void query.refetch() }
}

const WHY_NOT: Readonly<Record<SessionState, string | undefined>> = {
  active: undefined,
  ended: 'You are signed out. Sign in again to go on.',
  'other-person': 'Somebody else is signed in now.',
}

/** Undefined: the server did not answer. That ends nobody's session. */
function stateOf(now: Session | null | undefined, owned: Session | undefined): SessionState {
  if (now === undefined || owned === undefined || now?.person.id === owned.person.id) return 'active'
  return now === null ? 'ended' : 'other-person'
}
