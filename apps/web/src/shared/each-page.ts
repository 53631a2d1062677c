/**
 * The pages of a list, one after the other, each asked for once the one before it was looked at; who breaks off asks for
 * no more. What `ask` throws ends it.
 * @param ask for the page behind a token; without one, for the first
 * @param mostPages after which it ends, though there may be more
 */
export async function* eachPage<Page extends { readonly nextToken?: string | undefined }>(
  ask: (nextToken: string | undefined) => Promise<Page>,
  mostPages = Number.POSITIVE_INFINITY,
): AsyncGenerator<Page, void> {
  let nextToken: string | undefined
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await ask(nextToken)
    yield page
    nextToken = page.nextToken
    if (nextToken === undefined) return
  }
}
