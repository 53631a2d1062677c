import { defined, textParam } from '../../shared/search-params.ts'

/** Why a sign-in failed, as the server wrote it into the address of `/sign-in`. */
export interface SignInSearch {
  /** A code of docs/reference/errors.md. */
  readonly problem?: string
  readonly requestId?: string
  readonly returnTo?: string
}

export function validateSignInSearch(raw: Record<string, unknown>): SignInSearch {
  const returnTo = textParam(raw.returnTo)
  return defined({
    problem: textParam(raw.problem),
    requestId: textParam(raw.requestId),
    returnTo: returnTo !== undefined && isOwnPath(returnTo) ? returnTo : undefined,
  })
}

/** A path of the console, as what a browser would make of it tells. Nobody is led elsewhere by a forged link. */
export function isOwnPath(text: string): boolean {
  const base = 'http://console.invalid'
  return text.startsWith('/') && URL.parse(text, base)?.origin === base
}
