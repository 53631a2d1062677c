/** Everything that a paginator of the SDK brings, page after page. */
export async function collected<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const all: Item[] = []
  for await (const page of pages) all.push(...(itemsOf(page) ?? []))
  return all
}

/** The pages of an operation that the SDK has no paginator of. */
export async function* pagesOf<Page extends { readonly nextToken?: string | undefined }>(
  ask: (nextToken: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let nextToken: string | undefined
  do {
    const page = await ask(nextToken)
    yield page
    nextToken = page.nextToken
  } while (nextToken)
}
