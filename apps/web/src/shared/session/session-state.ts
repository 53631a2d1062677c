import { createContext, use } from 'react'

/**
 * How the sign-in stands with which this page began. `ended`: nobody is signed in any more (signed out in another tab,
 * expired, the console's server started anew). `other-person`: somebody else is.
 *
 * Unless it is `active`, the MQTT connections are closed, queries are not asked and nothing can be written; what was
 * received stays on the page. From `ended` it goes on as `active` when the same person is back. From `other-person` it
 * never comes back: the page is loaded anew.
 */
export type SessionState = 'active' | 'ended' | 'other-person'

const StateContext = createContext<SessionState>('active')
export const SessionStateProvider = StateContext

/** For what has to be done when the session ends or goes on: keep a recording, stop a repeat, mark a gap. */
export const useSessionState = (): SessionState => use(StateContext)
