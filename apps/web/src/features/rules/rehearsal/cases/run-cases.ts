import type { QueryClient } from '@tanstack/react-query'
import { type CaseResult, runRuleCases } from '@thingdeck/rules-sql'
import type { RehearsedRule } from '../protocol.ts'
import { ruleCasesQuery } from './case-queries.ts'

export interface CasesRun {
  readonly results: readonly CaseResult[]
  readonly failed: number
}

/** Runs a draft on the test cases that are kept of its rule, as before it is saved. No cases: no results. */
export async function runCases(client: QueryClient, ruleName: string, draft: RehearsedRule): Promise<CasesRun> {
  const { cases } = await client.fetchQuery(ruleCasesQuery(ruleName))
  const results = await runRuleCases(draft, ruleName, cases)
  return { results, failed: results.filter(({ isPassed }) => !isPassed).length }
}
