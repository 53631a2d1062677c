import type { CognitoCaller, RoleCaller, RootCaller } from '../../foundation/caller.ts'
import type { QueryInput, QueryValue } from './query-protocol.ts'

/** A caller who signs requests. */
export type SigningCaller = RootCaller | RoleCaller | CognitoCaller

/** What a service of the Query protocol does, by the name of the action; `undefined` is an answer without a result. */
export type QueryOperations = Readonly<
  Record<string, ((input: QueryInput, caller: SigningCaller) => QueryValue | undefined) | undefined>
>
