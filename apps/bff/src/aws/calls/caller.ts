import { AsyncLocalStorage } from 'node:async_hooks'

/** For whom AWS is asked. */
export interface Caller {
  /** Undefined: nobody is signed in. */
  readonly personId: string | undefined
  /** Until then somebody waits. What still goes on afterwards, a bulk change say, is done in the background. */
  readonly isAnswered: boolean
}

const callers = new AsyncLocalStorage<Caller>()

/** Does it, and whatever it sets going, for that caller. */
export const doFor = <Result>(caller: Caller, action: () => Result): Result => callers.run(caller, action)

/** The id of the person who waits for what is being done; undefined: it is done in the background. */
export function waitingPerson(): string | undefined {
  const caller = callers.getStore()
  return caller?.isAnswered === false ? (caller.personId ?? 'nobody') : undefined
}
