import { ownPath } from '@thingdeck/contract'
import { choiceParam, defined, textParam } from '../../shared/search-params.ts'

/** Why a sign-in failed, as the server wrote it into the address of `/sign-in`. */
export interface SignInSearch {
  /** A code of docs/reference/errors.md. */
  readonly problem?: string
  readonly requestId?: string
  readonly returnTo?: string
  /** Another tab waits for it. */
  readonly beside?: '1'
}

export function validateSignInSearch(raw: Record<string, unknown>): SignInSearch {
  return defined({
    problem: textParam(raw.problem),
    requestId: textParam(raw.requestId),
    returnTo: ownPath(textParam(raw.returnTo)),
    beside: choiceParam(raw.beside, ['1']),
  })
}
