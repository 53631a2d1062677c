import { useQuery } from '@tanstack/react-query'
import {
  type AuthorizationAnswer,
  type AuthorizationFacts,
  type AuthorizationQuestion,
  MOST_QUESTIONS,
} from '@thingdeck/contract'
import type { PolicyDecision } from '@thingdeck/policies'
import type { Door } from '../../shared/authorization/check.ts'
import { type PolicySet, policySetOf } from '../../shared/authorization/policy-set.ts'
import { simulate } from '../../shared/authorization/simulate.ts'
import { awsAnswersQuery } from './api.ts'
import type { SimulatorSearch } from './search.ts'
import type { CheckedRow, Simulation } from './use-simulation.ts'

/** What AWS says to one need of a check, beside what is said here. */
export interface Comparison {
  readonly action: string
  readonly resource: string
  /** Of the same policies: without those that a draft or another version stands for. */
  readonly here: PolicyDecision
  readonly aws: AuthorizationAnswer
  readonly isSame: boolean
}

/** AWS's word on a check. */
export type AwsWord =
  | { readonly kind: 'asking' }
  /** Why it cannot be asked. */
  | { readonly kind: 'not-asked'; readonly why: string }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'answered'; readonly comparisons: readonly Comparison[]; readonly isSame: boolean }

export interface AwsAnswers {
  /** In the order of the checks. */
  readonly words: readonly AwsWord[]
  /** What was asked for here and could not be told to AWS. */
  readonly untold: readonly string[]
  /** Policies that AWS was asked to leave out, as it has no draft. */
  readonly skipped: readonly string[]
}

/** AWS IoT API reference, TestAuthorization: `AuthInfo.actionType`. */
const ACTION_TYPES: Readonly<Record<string, AuthorizationQuestion['actionType']>> = {
  'iot:Connect': 'CONNECT',
  'iot:Publish': 'PUBLISH',
  'iot:Subscribe': 'SUBSCRIBE',
  'iot:Receive': 'RECEIVE',
}

/** Puts the checks to AWS, as far as it takes them; undefined: it is not to be asked. */
export function useAwsAnswers(search: SimulatorSearch, simulation: Simulation): AwsAnswers | undefined {
  const { facts, principalId, clientId, replacements } = simulation
  const rows = simulation.rows.map(byIotPolicies)
  const isAsked = search.aws === '1' && facts !== undefined && principalId !== undefined
  const attached = new Set(facts?.policies.map(({ policyName }) => policyName))
  const skipped = [...replacements.keys()].filter((name) => attached.has(name))
  const questions = { mqtt: questionsOf(rows, 'mqtt'), https: questionsOf(rows, 'https') }
  const useAnswers = (door: Door) =>
    useQuery({
      ...awsAnswersQuery({
        principalId: principalId ?? '',
        clientId: door === 'mqtt' && clientId !== '' ? clientId : undefined,
        questions: questions[door].slice(0, MOST_QUESTIONS).map(({ question }) => question),
        policyNamesToSkip: skipped,
      }),
      enabled: isAsked && questions[door].length > 0,
    })
  const answers = { mqtt: useAnswers('mqtt'), https: useAnswers('https') }
  if (!isAsked) return undefined

  const others =
    skipped.length === 0
      ? undefined
      : policySetOf(facts.policies.filter(({ policyName }) => !skipped.includes(policyName)))
  const words = rows.map((row, index): AwsWord => {
    if (!row.outcome) return { kind: 'not-asked', why: 'Nothing is asked yet.' }
    const asked = questions[row.door].map((question, at) => ({ ...question, at })).filter(({ row: of }) => of === index)
    if (asked.length === 0) {
      return { kind: 'not-asked', why: 'TestAuthorization knows Connect, Publish, Subscribe and Receive alone.' }
    }
    if (asked.some(({ at }) => at >= MOST_QUESTIONS))
      return { kind: 'not-asked', why: `AWS is asked ${MOST_QUESTIONS} questions at once.` }
    const { data, error } = answers[row.door]
    if (error) return { kind: 'failed', error }
    if (!data) return { kind: 'asking' }
    const comparisons = asked.flatMap(({ at, need }): Comparison[] => {
      const aws = data[at]
      const here = decisionBy(row, need, facts, others)
      if (!aws || !here) return []
      return [{ action: here.action, resource: here.resource, here, aws, isSame: here.decision === aws.decision }]
    })
    return { kind: 'answered', comparisons, isSame: comparisons.every(({ isSame }) => isSame) }
  })
  return { words, untold: untoldOf(search), skipped }
}

/** TestAuthorization is asked about IoT policies, which here may decide with others. */
function byIotPolicies(row: CheckedRow): CheckedRow {
  const iot = row.sides.find(({ side }) => side.kind === 'iot')
  if (!iot || iot.side === row.side) return row
  return { ...row, outcome: iot.outcome, context: iot.side.context, policies: iot.side.policies, side: iot.side }
}

interface Question {
  readonly row: number
  /** Which need of the row's request. */
  readonly need: number
  readonly question: AuthorizationQuestion
}

const questionsOf = (rows: readonly CheckedRow[], door: Door): readonly Question[] =>
  rows.flatMap(({ outcome, ...row }, index) =>
    row.door !== door
      ? []
      : (outcome?.needs ?? []).flatMap(({ decision: { action, resource } }, need): Question[] => {
          const actionType = ACTION_TYPES[action]
          return actionType === undefined ? [] : [{ row: index, need, question: { actionType, resource } }]
        }),
  )

/**
 * What is said here of the same policies that AWS was asked about.
 * @param others undefined: these are all that count
 */
function decisionBy(
  { outcome, request, context }: CheckedRow,
  need: number,
  facts: AuthorizationFacts,
  others: PolicySet | undefined,
): PolicyDecision | undefined {
  const decided = others && request ? simulate(facts, others, context, request) : outcome
  return decided?.needs[need]?.decision
}

const untoldOf = ({ ip, set, will, persistent }: SimulatorSearch): readonly string[] => [
  ...(ip === undefined ? [] : ['the source IP']),
  ...(set === undefined ? [] : ['the other values']),
  ...(will === undefined ? [] : ['the last will']),
  ...(persistent === undefined ? [] : ['the persistent session']),
]
