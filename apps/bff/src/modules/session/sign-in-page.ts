/** The console's page for who is not signed in, saying why not. Its parameters are read in `apps/web/src/app/pages`. */
export function signInPage(why: {
  readonly problem: string
  readonly requestId: string
  /** A path of the console. */
  readonly returnTo: string
}): string {
  return `/sign-in?${new URLSearchParams(why)}`
}
