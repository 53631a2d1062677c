/** A piece of a text in one of CloudWatch's small languages: alarm rules, searches, metric math. */
export interface Token<Kind extends string> {
  readonly kind: Kind
  readonly text: string
}

/** Goes through the tokens of a text, from the first to the last. */
export class TokenCursor<Kind extends string, Item extends Token<Kind> = Token<Kind>> {
  readonly #tokens: readonly Item[]
  #index = 0

  constructor(tokens: readonly Item[]) {
    this.#tokens = tokens
  }

  /** Which comes next, without taking it; undefined at the end. */
  get next(): Item | undefined {
    return this.#tokens[this.#index]
  }

  /** Takes the next token if it is this one. */
  take(kind: Kind, text: string): boolean {
    return this.#takeIf((token) => token.kind === kind && token.text === text) !== undefined
  }

  /** Takes the next token if it is of one of these kinds. */
  takeOf(...kinds: readonly Kind[]): Item | undefined {
    return this.#takeIf(({ kind }) => kinds.includes(kind))
  }

  #takeIf(isMeant: (token: Item) => boolean): Item | undefined {
    const token = this.next
    if (!token || !isMeant(token)) return undefined
    this.#index += 1
    return token
  }
}

/**
 * The tokens of a text of marks, words and texts in quotes, in which a backslash makes a quote one of the text's own.
 * @param pattern sticky, of one token and the space before it, with the groups `mark`, `word` and `quoted`
 * @throws {Error} what `refuse` makes, for a quote that is not closed; `at` is where the token before it ends
 */
export function scanWords(
  text: string,
  pattern: RegExp,
  refuse: (at: number) => Error,
): readonly Token<'mark' | 'word' | 'quoted'>[] {
  const tokens: Token<'mark' | 'word' | 'quoted'>[] = []
  let at = 0
  while (text.slice(at).trim() !== '') {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) throw refuse(at)
    const { mark, quoted, word = '' } = found.groups ?? {}
    if (mark !== undefined) tokens.push({ kind: 'mark', text: mark })
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted.slice(1, -1).replaceAll(/\\(.)/g, '$1') })
    else tokens.push({ kind: 'word', text: word })
    at = pattern.lastIndex
  }
  return tokens
}
