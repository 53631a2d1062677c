/** The most that AWS IoT gives at once of what it lists (AWS IoT API reference). */
const PAGE_SIZE = 250
/** A search looks through so many pages a request: AWS takes ten lists a second, and people wait. */
const MOST_PAGES_SEARCHED = 8

/** What of a list somebody wants. */
export interface Sift<Item> {
  /** Where to go on; empty or left out: at the beginning. */
  readonly nextToken?: string | undefined
  readonly maxResults?: number | undefined
  /** A part of the name, in whatever case. */
  readonly name?: string | undefined
  readonly nameOf: (item: Item) => string
  /** What else they have to be, where that is to be asked for: leaves those that are it. */
  readonly sift?: ((items: readonly Item[]) => Promise<readonly Item[]>) | undefined
}

export interface SiftedPage<Item> {
  readonly items: Item[]
  readonly nextToken?: string
}

/**
 * A page of a list that AWS cannot search, by a part of a name or otherwise: pages are read and sifted until there are `maxResults`, or
 * enough were looked through. It may be longer than asked for, short, or empty and still have a token.
 */
export async function siftedPage<Item>(
  { nextToken: first, maxResults = PAGE_SIZE, name, nameOf, sift }: Sift<Item>,
  ask: (page: { readonly size: number; readonly token?: string }) => Promise<{
    readonly items: readonly Item[]
    readonly nextToken?: string | undefined
  }>,
): Promise<SiftedPage<Item>> {
  const part = name?.toLowerCase()
  const isSearch = part !== undefined || sift !== undefined
  const items: Item[] = []
  let token = first
  for (let pages = 1; ; pages += 1) {
    const page = await ask({ size: isSearch ? PAGE_SIZE : maxResults, ...(token && { token }) })
    const named = page.items.filter((item) => part === undefined || nameOf(item).toLowerCase().includes(part))
    items.push(...(sift ? await sift(named) : named))
    token = page.nextToken
    const isEnough = !isSearch || items.length >= maxResults || pages >= MOST_PAGES_SEARCHED
    if (!token || isEnough) return { items, ...(token && { nextToken: token }) }
  }
}
