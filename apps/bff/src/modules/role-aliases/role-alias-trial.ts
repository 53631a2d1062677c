import {
  DescribeCertificateCommand,
  DescribeEndpointCommand,
  GetEffectivePoliciesCommand,
  type IoTClient,
  paginateListPrincipalThings,
} from '@aws-sdk/client-iot'
import type { RoleAlias, RoleAliasTrial } from '@thingdeck/contract'
import { compilePolicies, evaluate, explain, parsePolicyDocument } from '@thingdeck/policies'
import { collected } from '../../aws/pages.ts'
import type { Config } from '../../config.ts'
import { Problem } from '../../problem.ts'
import { ASSUME_ROLE } from './assume-role.ts'

export interface RoleAliasAsker {
  readonly certificateId: string
  /** As the device names it in the header `x-amzn-iot-thingname`. */
  readonly thingName?: string
}

/**
 * Whether a certificate may get credentials by an alias, as its policies have it, and where its device asks. Whether the
 * role trusts the credentials provider is between IAM and AWS. Errors are AWS's own.
 */
export async function tryRoleAlias(
  iot: IoTClient,
  config: Pick<Config, 'deviceCredentialsUrl' | 'deviceRootCaUrl'>,
  alias: RoleAlias,
  { certificateId, thingName }: RoleAliasAsker,
): Promise<RoleAliasTrial> {
  const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }))
  const principal = certificateDescription?.certificateArn ?? ''
  const [things, { effectivePolicies = [] }, host] = await Promise.all([
    thingName === undefined
      ? undefined
      : collected(paginateListPrincipalThings({ client: iot }, { principal }), (page) => page.things),
    iot.send(new GetEffectivePoliciesCommand({ principal, ...(thingName !== undefined && { thingName }) })),
    config.deviceCredentialsUrl?.host ?? credentialsHost(iot),
  ])
  const policies = effectivePolicies.map(({ policyName = '', policyDocument = '' }) => ({
    policyName,
    document: parsePolicyDocument(policyDocument),
  }))
  const decision = evaluate(compilePolicies(policies), { action: ASSUME_ROLE, resource: alias.roleAliasArn })
  return {
    decision: decision.decision,
    why: explain(decision),
    certificateStatus: certificateDescription?.status ?? 'UNKNOWN',
    ...(things && thingName !== undefined && { isThingAttached: things.includes(thingName) }),
    policyNames: policies.map(({ policyName }) => policyName),
    endpoint: {
      url: `https://${host}/role-aliases/${encodeURIComponent(alias.roleAlias)}/credentials`,
      rootCaUrl: config.deviceRootCaUrl.href,
    },
  }
}

async function credentialsHost(iot: IoTClient): Promise<string> {
  const { endpointAddress } = await iot.send(new DescribeEndpointCommand({ endpointType: 'iot:CredentialProvider' }))
  if (!endpointAddress) throw new Problem('AWS_UNAVAILABLE', 'DescribeEndpoint answered without an address.')
  return endpointAddress
}
