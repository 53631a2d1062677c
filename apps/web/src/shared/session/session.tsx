import { queryOptions } from '@tanstack/react-query'
import { endpoints, type Role, type Session } from '@thingdeck/contract'
import { createContext, use } from 'react'
import { api } from '../api.ts'
import { ApiError } from '../http.ts'

let codeOfNobody: string | undefined

/** Of the answer that nobody is signed in: how one does that depends on the console. */
export const whyNobodyIsSignedIn = (): string | undefined => codeOfNobody

/** Who is signed in; `null` when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await api(endpoints.getSession, { signal })
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        codeOfNobody = error.code
        return null
      }
      throw error
    }
  },
  staleTime: 60_000, // ms
  networkMode: 'always', // also while the others wait for the person to come back
})

/** Ends the session on the server; answers where to go to end it at the identity provider too. */
export const signOut = () => api(endpoints.signOut)

const SessionContext = createContext<Session | undefined>(undefined)
export const SessionProvider = SessionContext

/** The signed-in person. Every page is inside: without one there is the sign-in page instead. */
export function useSession(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('useSession needs a signed-in person')
  return session
}

/** Where the page acts; undefined where nobody is signed in, as in a test of a part of a page. */
export const useEnvironment = (): Session | undefined => use(SessionContext)

const RANK: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, admin: 2 }

/** Why nobody may write on this page now, whatever their role; undefined: whoever has the role may. */
let whyNobody: string | undefined

/** For the console's root: whoever uses the session is drawn anew by it right after. */
export function setWhyNobodyWrites(reason: string | undefined): void {
  whyNobody = reason
}

/** Undefined when the role suffices, else why not, for the disabled button. The server decides all the same. */
export function whyNot(role: Role, needed: Role): string | undefined {
  if (needed !== 'viewer' && whyNobody !== undefined) return whyNobody
  if (RANK[role] >= RANK[needed]) return undefined
  return `This needs the role ${needed}; you are signed in as ${role}.`
}

export function useWhyNot(needed: Role): string | undefined {
  return whyNot(useSession().person.role, needed)
}
