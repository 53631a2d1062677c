import { type Change, isTokenOf } from './change.ts'
import type { DeleteAnswer, GetAnswer, ShadowTransport, UpdateAnswer } from './transport.ts'

/**
 * REST, with a memory of what was written by it: the server has that in its audit trail in its own words, and must not be
 * told of it once more.
 */
export class WritesByRest implements ShadowTransport {
  readonly #rest: ShadowTransport
  readonly #tokens = new Set<string>()
  readonly #deleted = new Set<number | undefined>()

  constructor(rest: ShadowTransport) {
    this.#rest = rest
  }

  get(): Promise<GetAnswer> {
    return this.#rest.get()
  }

  async update(document: string, clientToken: string): Promise<UpdateAnswer> {
    const answer = await this.#rest.update(document, clientToken)
    if (answer.kind === 'accepted') this.#tokens.add(clientToken)
    return answer
  }

  async delete(clientToken: string): Promise<DeleteAnswer> {
    const answer = await this.#rest.delete(clientToken)
    if (answer.kind === 'deleted') this.#deleted.add(answer.version)
    return answer
  }

  hasUpdated(change: Change): boolean {
    return this.#tokens.values().some((token) => isTokenOf(change, token))
  }

  /** @param version of what was deleted, as the answer told it */
  hasDeleted(version: number | undefined): boolean {
    return this.#deleted.has(version)
  }
}
