import { positionAt } from '@thingdeck/json'
import { readPolicyDocument } from '../parse-policy-document.ts'
import type { PlacedPolicyDocument } from '../placed-policy.ts'
import { MalformedPolicyError } from '../policy-error.ts'
import { MAX_POLICY_DOCUMENT_SIZE, policyDocumentSize } from '../policy-size.ts'
import { actionFindings } from './action-findings.ts'
import { companionFindings } from './companion-findings.ts'
import { conditionFindings } from './condition-findings.ts'
import type { PolicyFinding } from './policy-finding.ts'
import { lookAt, type PolicySurroundings } from './policy-look.ts'
import { problemFinding } from './problem-finding.ts'
import { resourceArnFindings } from './resource-arn-findings.ts'
import { resourceKindFindings } from './resource-kind-findings.ts'
import { statementFindings } from './statement-findings.ts'
import { thingsFindings } from './things-findings.ts'
import { variableFindings } from './variable-findings.ts'
import { widthFindings } from './width-findings.ts'

const KINDS = [
  actionFindings,
  resourceKindFindings,
  resourceArnFindings,
  widthFindings,
  companionFindings,
  variableFindings,
  conditionFindings,
  statementFindings,
  thingsFindings,
]

/**
 * All that should be known of a policy of AWS IoT before it is kept, in the order of the text. Where the document is
 * malformed, that is the one finding: what else it means is not known then. What is found in one document may be right
 * together with others of the same principal; the words say so.
 */
export function policyFindings(text: string, around: PolicySurroundings = {}): readonly PolicyFinding[] {
  const read = tryRead(text)
  if ('problem' in read) return [problemFinding(text, read.problem, around)]
  const look = lookAt(text, read.placed, around)
  const found = KINDS.flatMap((findingsOf) => findingsOf(look))
  return [...sizeFindings(text), ...found.toSorted((one, other) => one.from - other.from || one.to - other.to)]
}

type Read = { readonly placed: PlacedPolicyDocument } | { readonly problem: MalformedPolicyError }

function tryRead(text: string): Read {
  try {
    return { placed: readPolicyDocument(text) }
  } catch (error) {
    if (error instanceof MalformedPolicyError) return { problem: error }
    throw error
  }
}

function sizeFindings(text: string): PolicyFinding[] {
  const size = policyDocumentSize(text)
  if (size <= MAX_POLICY_DOCUMENT_SIZE) return []
  const from = text.search(/\S/)
  return [
    {
      code: 'SIZE',
      severity: 'error',
      words: `The document has ${size} characters without white space; AWS takes ${MAX_POLICY_DOCUMENT_SIZE}.`,
      path: '',
      from,
      to: from + 1,
      ...positionAt(text, from),
      fixes: [],
    },
  ]
}
