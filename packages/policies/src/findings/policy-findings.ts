import { positionAt } from '@thingdeck/json'
import { type ParsePolicyOptions, validatePolicyDocument } from '../parse-policy-document.ts'
import { MAX_POLICY_DOCUMENT_SIZE, policyDocumentSize } from '../policy-size.ts'
import type { PolicyFinding } from './policy-finding.ts'

export interface PolicyFindingsOptions extends ParsePolicyOptions {}

/**
 * All that should be known of a policy document before it is kept, in the order of the text. Where it is malformed, that
 * is the one finding: what else it means is not known then.
 */
export function policyFindings(text: string, options: PolicyFindingsOptions = {}): readonly PolicyFinding[] {
  const problem = validatePolicyDocument(text, options)
  if (problem) {
    const { code, message, path, offset, line, column } = problem
    const to = Math.min(offset + 1, text.length)
    return [{ code, severity: 'error', words: message, path, from: offset, to, line, column, fixes: [] }]
  }
  return sizeFindings(text)
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
