import { Type } from 'typebox'
import { oneOf } from './one-of.ts'

/** Whether something of AWS could be read at all. `not-served`: what stands at this endpoint has no such operation. */
export const readOutcome = {
  outcome: oneOf(['read', 'not-allowed', 'not-served']),
  message: Type.Optional(Type.String({ description: "Unless `read`: AWS's words" })),
}
