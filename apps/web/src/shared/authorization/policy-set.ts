import type { AuthorizationFacts, EffectivePolicy, PolicyWay } from '@thingdeck/contract'
import {
  type CompiledPolicies,
  compilePolicies,
  MalformedPolicyError,
  type NamedPolicy,
  type PolicyDialect,
  parsePolicyDocument,
} from '@thingdeck/policies'

/** A policy as it counts here: the one that is attached, or another text in its place. */
export interface CountedPolicy {
  readonly policyName: string
  /** `version 3`, `the draft` */
  readonly which: string
  readonly text: string
  readonly ways: readonly PolicyWay[]
  /** Another text than that of the default version. */
  readonly isReplaced: boolean
}

/** Texts in place of those that are attached, by the names of policies. */
export type Replacements = ReadonlyMap<string, { readonly which: string; readonly text: string }>

/** Policies as they decide. */
export interface PolicySet {
  readonly counted: readonly CountedPolicy[]
  readonly named: readonly NamedPolicy[]
  readonly compiled: CompiledPolicies
  /** Those that could not be read, which decide nothing. */
  readonly malformed: readonly { readonly policyName: string; readonly message: string }[]
}

/** Puts the policies together that decide; a replacement counts also where its policy is not attached. */
export function policySetOf(policies: readonly EffectivePolicy[], replacements: Replacements = new Map()): PolicySet {
  const attached = policies.map(({ policyName, versionId, document, ways }): CountedPolicy => {
    const other = replacements.get(policyName)
    return {
      policyName,
      which: other?.which ?? (versionId === undefined ? 'default version' : `version ${versionId}`),
      text: other?.text ?? document,
      ways,
      isReplaced: other !== undefined,
    }
  })
  const further = [...replacements].flatMap(([policyName, { which, text }]): CountedPolicy[] =>
    policies.some((policy) => policy.policyName === policyName)
      ? []
      : [{ policyName, which, text, ways: [], isReplaced: true }],
  )
  return policySetFrom([...attached, ...further])
}

/**
 * Those that count over HTTPS: there is no client id there, so that groups of a thing count only where the principal is
 * attached to it exclusively.
 */
export function policySetOverHttps({ thing }: Pick<AuthorizationFacts, 'thing'>, { counted }: PolicySet): PolicySet {
  const isOwn = ({ ways }: CountedPolicy) => ways.length === 0 || ways.some(({ kind }) => kind === 'principal')
  return policySetFrom(thing?.isExclusive ? counted : counted.filter(isOwn))
}

/** @param dialect what the documents are: policies of AWS IoT, or of IAM */
export function policySetFrom(counted: readonly CountedPolicy[], dialect: PolicyDialect = 'iot'): PolicySet {
  const named: NamedPolicy[] = []
  const malformed: { policyName: string; message: string }[] = []
  for (const { policyName, text } of counted) {
    try {
      named.push({ policyName, document: parsePolicyDocument(text, { dialect }) })
    } catch (error) {
      if (!(error instanceof MalformedPolicyError)) throw error
      malformed.push({ policyName, message: error.message })
    }
  }
  return { counted, named, compiled: compilePolicies(named), malformed }
}
