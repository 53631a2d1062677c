/** What an answer told of the page's session: that it is over, or that somebody else's is in its place. */
export type SessionRefusal = 'ended' | 'other-person'

type Listener = (refusal: SessionRefusal) => void
const listeners = new Set<Listener>()

/** Every request of the page tells here, whoever sent it: a query, a step of a plan, an export. */
export const sessionRefusals = {
  /** @returns what ends it */
  subscribe(listener: Listener): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  /** @param status of the answer, and @param code of its problem */
  observe({ status, code }: { readonly status: number; readonly code: string }): void {
    if (status === 401) tell('ended')
    else if (code === 'OTHER_PERSON') tell('other-person')
  },
}

function tell(refusal: SessionRefusal): void {
  for (const listener of listeners) listener(refusal)
}
