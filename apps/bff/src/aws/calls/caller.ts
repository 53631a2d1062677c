import { AsyncLocalStorage } from 'node:async_hooks'

/** For whom AWS is asked. */
export interface Caller {
  /** Undefined: nobody is signed in. */
  readonly personId: string | undefined
  /** Until then somebody waits. What still goes on afterwards, a bulk change say, is done in the background. */
  readonly isAnswered: boolean
  /** What is read is read in order to write: it is to be as it is now, whatever others were told. */
  readonly isWriting?: boolean
}

const callers = new AsyncLocalStorage<Caller>()

/** Does it, and whatever it sets going, for that caller. */
export const doFor = <Result>(caller: Caller, action: () => Result): Result => callers.run(caller, action)

/** The id of the person who waits for what is being done; undefined: it is done in the background. */
export function waitingPerson(): string | undefined {
  const caller = callers.getStore()
  return caller?.isAnswered === false ? (caller.personId ?? 'nobody') : undefined
}

/** The id of the person who waits and only looks, so that what others are told serves them, too; undefined: it does not. */
export function lookingPerson(): string | undefined {
  return callers.getStore()?.isWriting === true ? undefined : waitingPerson()
}
