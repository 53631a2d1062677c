import { type NeedRow, testNeeds } from './support/limited-role.ts'
import { certificate, IDENTITY } from './support/registry.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012:'
const policy = `${ARN}policy/p`
const cert = certificate('a').replace('eu-central-1', 'us-east-1')
const group = `${ARN}thinggroup/g`
const p = { policyName: 'p' }
const policyDocument = '{"Version":"2012-10-17","Statement":[]}'

/** Source: Service Authorization Reference, "Actions defined by AWS IoT". */
const ROWS: readonly NeedRow[] = [
  ['AttachPolicy', { ...p, target: cert }, [cert]],
  ['AttachPolicy', { ...p, target: group }, [group]],
  ['AttachPolicy', { ...p, target: IDENTITY }, []],
  ['AttachPrincipalPolicy', { ...p, principal: cert }, [cert]],
  ['CreatePolicy', { ...p, policyDocument }, [policy]],
  ['CreatePolicyVersion', { ...p, policyDocument }, [policy]],
  ['DeletePolicy', p, [policy]],
  ['DeletePolicyVersion', { ...p, policyVersionId: '1' }, [policy]],
  ['DetachPolicy', { ...p, target: cert }, [cert]],
  ['DetachPolicy', { ...p, target: group }, [group]],
  ['DetachPrincipalPolicy', { ...p, principal: cert }, [cert]],
  ['GetEffectivePolicies', { principal: cert }, [cert]],
  ['GetEffectivePolicies', { thingName: 't' }, []],
  ['GetPolicy', p, [policy]],
  ['GetPolicyVersion', { ...p, policyVersionId: '1' }, [policy]],
  ['ListAttachedPolicies', { target: cert }, []],
  ['ListPolicies', {}, []],
  ['ListPolicyPrincipals', p, []],
  ['ListPolicyVersions', p, [policy]],
  ['ListPrincipalPolicies', { principal: cert }, []],
  ['ListTargetsForPolicy', p, [policy]],
  ['SetDefaultPolicyVersion', { ...p, policyVersionId: '1' }, [policy]],
  ['TestAuthorization', { principal: cert, authInfos: [{ resources: [`${ARN}topic/t`] }] }, [cert]],
]

testNeeds(ROWS)
