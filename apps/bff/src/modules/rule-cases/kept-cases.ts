import { createHash } from 'node:crypto'
import { KeptRuleCases } from '@thingdeck/contract'
import Value from 'typebox/value'
import { Problem } from '../../problem.ts'
import type { Documents } from '../../stores/documents/documents.ts'

const NONE: KeptRuleCases = { cases: [], revision: 0 }

/** Test cases of rules, those of each rule a document. */
export class KeptCases {
  readonly #documents: Documents

  constructor(documents: Documents) {
    this.#documents = documents
  }

  async read(ruleName: string): Promise<KeptRuleCases> {
    return casesIn(await this.#documents.read(nameOf(ruleName)))
  }

  /** @throws {Problem} RULE_CASES_CHANGED */
  async put(
    ruleName: string,
    { cases, revision }: KeptRuleCases,
  ): Promise<{ readonly before: KeptRuleCases; readonly after: KeptRuleCases }> {
    let before = NONE
    const after = { cases, revision: revision + 1 }
    await this.#documents.update(nameOf(ruleName), (stored) => {
      before = casesIn(stored)
      if (before.revision !== revision) {
        throw new Problem(
          'RULE_CASES_CHANGED',
          `The test cases of ${ruleName} are not those any more that were read: read them again, and change those.`,
        )
      }
      return after
    })
    return { before, after }
  }
}

/** Names of rules differ by case alone, too, which names of files may not. */
const nameOf = (ruleName: string): string => `rule-cases-${createHash('sha256').update(ruleName).digest('hex')}`

/** What is none, of another release say, is as if there were none. */
const casesIn = (stored: unknown): KeptRuleCases => (Value.Check(KeptRuleCases, stored) ? stored : NONE)
