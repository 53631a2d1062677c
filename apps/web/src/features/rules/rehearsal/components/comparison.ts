import { type SqlVersion, sqlVersionOf } from '@thingdeck/rules-sql'
import type { RehearsedRule } from '../protocol.ts'

/** What a draft can be compared with, message by message. */
export interface Comparison {
  readonly id: string
  /** As the choice has it: 'The deployed rule'. */
  readonly title: string
  /** Within a sentence: 'the deployed rule'. */
  readonly words: string
  /** Beside what it made of a message: 'Deployed'. */
  readonly short: string
  readonly rule: RehearsedRule
}

/** Versions whose differences matter; what AWS tries out is not compared by. */
const VERSIONS: readonly SqlVersion[] = ['2016-03-23', '2015-10-08']

/** What there is to compare a draft with: what is deployed first, then the same rule under another SQL version. */
export const comparisonsOf = (draft: RehearsedRule, deployed: RehearsedRule | undefined): readonly Comparison[] => [
  ...(deployed
    ? [{ id: 'deployed', title: 'The deployed rule', words: 'the deployed rule', short: 'Deployed', rule: deployed }]
    : []),
  ...VERSIONS.filter((version) => version !== sqlVersionOf(draft.awsIotSqlVersion)).map((version) => ({
    id: version,
    title: `This rule under SQL version ${version}`,
    words: `SQL version ${version}`,
    short: version,
    rule: { ...draft, awsIotSqlVersion: version },
  })),
]
