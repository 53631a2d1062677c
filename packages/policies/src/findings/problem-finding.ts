import { nearestName } from '@thingdeck/json'
import { nearestConditionOperator } from '../condition-operator.ts'
import type { PolicyProblem } from '../policy-error.ts'
import { arnPrefix } from '../policy-home.ts'
import { STATEMENT_MEMBERS } from '../vocabulary/member-words.ts'
import { nearestAction } from '../vocabulary/policy-action.ts'
import type { PolicyFinding, PolicyFix } from './policy-finding.ts'
import type { PolicySurroundings } from './policy-look.ts'

/** What AWS refuses, as a finding; where it is plain what was meant, with the fix. */
export function problemFinding(text: string, problem: PolicyProblem, around: PolicySurroundings): PolicyFinding {
  const { code, message, path, offset: from, to, line, column } = problem
  const marked = { from, to: Math.max(from, endOfMark(text, from, to)) }
  const meant = meantBy(text.slice(from, to), problem, around)
  const fixes: PolicyFix[] =
    meant === undefined ? [] : [{ words: `Use ${meant}`, edits: [{ from, to, insert: JSON.stringify(meant) }] }]
  return { code, severity: 'error', words: `${message}.`, path, ...marked, line, column, fixes }
}

/** Of what goes on over several lines, the first is marked. */
function endOfMark(text: string, from: number, to: number): number {
  const lineEnd = text.slice(from, to).search(/[\r\n]/)
  return lineEnd < 0 ? to : from + lineEnd
}

function meantBy(written: string, { code, path }: PolicyProblem, { home }: PolicySurroundings): string | undefined {
  const value = /^"(.*)"$/s.exec(written)?.[1]
  if (value === undefined) return undefined
  switch (code) {
    case 'VERSION':
      return '2012-10-17'
    case 'EFFECT':
      return nearestName(value.toLowerCase(), ['allow', 'deny'])?.replace(/^./, (letter) => letter.toUpperCase())
    case 'ACTION':
      return nearestAction(value.includes(':') ? value : `iot:${value}`)
    case 'RESOURCE':
      return home && /^(?:client|topic|topicfilter|thing|rolealias)\//.test(value) ? arnPrefix(home) + value : undefined
    case 'UNKNOWN_MEMBER':
      return nearestName(value, path.includes('.') || path.includes('[') ? STATEMENT_NAMES : ['Version', 'Statement'])
    case 'CONDITION_OPERATOR':
      return nearestConditionOperator(value)
    default:
      return undefined
  }
}

const STATEMENT_NAMES = Object.keys(STATEMENT_MEMBERS)
