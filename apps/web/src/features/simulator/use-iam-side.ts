import { useQuery } from '@tanstack/react-query'
import type { IamPrincipal } from '@thingdeck/contract'
import { useMemo } from 'react'
import { iamPrincipalQuery } from '../../shared/authorization/iam-principal.ts'
import { type CountedPolicy, type PolicySet, policySetFrom } from '../../shared/authorization/policy-set.ts'
import { isRefusingAnswer, policiesIn, usePasted } from './pasted-policies.ts'
import type { SimulatorSearch } from './search.ts'
import { iamReferenceOf, signInOf } from './sign-in.ts'

/** Policies that are none of AWS IoT's: those of IAM, or of an authorizer's answer. */
export interface IamSide {
  readonly state: 'known' | 'reading' | 'failed' | 'nobody'
  /** Undefined until they are known. */
  readonly policies: PolicySet | undefined
  /** Of a permissions boundary that can be read. */
  readonly boundary: PolicySet | undefined
  readonly principal: IamPrincipal | undefined
  readonly isPasted: boolean
  /** What was pasted is an answer that does not let the client in. */
  readonly isRefusing: boolean
  readonly error: Error | null
  readonly refetch: () => void
}

/** Reads the IAM policies that count, or takes those that were pasted. */
export function useIamSide(search: SimulatorSearch): IamSide {
  const as = signInOf(search)
  const reference = iamReferenceOf(search)
  const isPasted = as === 'authorizer' || search.pasted === '1'
  const isAsked = as !== 'certificate' && !isPasted && reference !== undefined
  const query = useQuery({ ...iamPrincipalQuery(reference ?? { kind: 'role', name: '' }), enabled: isAsked })
  const principal = isAsked ? query.data : undefined
  const kept = usePasted()
  const pasted = isPasted ? kept : ''
  const sets = useMemo(() => {
    if (isPasted) {
      const dialect = as === 'authorizer' ? 'iot' : 'iam'
      return { policies: policySetFrom(policiesIn(pasted), dialect), boundary: undefined }
    }
    if (principal?.outcome !== 'read') return { policies: undefined, boundary: undefined }
    const { boundary } = principal
    const name = boundary?.policyArn.split('/').at(-1) ?? ''
    const bounding = { policyName: name, which: 'permissions boundary', ways: [], isReplaced: false }
    return {
      policies: policySetFrom(principal.policies.map(countedOf), 'iam'),
      boundary:
        boundary?.document === undefined ? undefined : policySetFrom([{ ...bounding, text: boundary.document }], 'iam'),
    }
  }, [isPasted, pasted, principal, as])
  const isReading = isAsked && query.isLoading
  return {
    ...sets,
    state: sets.policies ? 'known' : isReading ? 'reading' : isAsked ? 'failed' : 'nobody',
    principal,
    isPasted,
    isRefusing: as === 'authorizer' && isRefusingAnswer(pasted),
    error: isAsked ? query.error : null,
    refetch: () => void query.refetch(),
  }
}

function countedOf({ policyName, policyArn, groupName, document }: IamPrincipal['policies'][number]): CountedPolicy {
  const kind = policyArn === undefined ? 'inline' : policyArn.includes('::aws:') ? 'managed by AWS' : 'managed'
  const which = groupName === undefined ? kind : `${kind}, of the group ${groupName}`
  return { policyName, which, text: document, ways: [], isReplaced: false }
}
