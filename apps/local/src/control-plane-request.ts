import type { ControlPlaneRequest } from './access/control-plane-authorization.ts'
import { type Account, arnOf } from './foundation/account.ts'
import type { AwsApiEntry } from './foundation/aws-apis.ts'
import type { OperationResources } from './service-list.ts'

/** What policies are asked about an operation of the control plane, whoever calls it. */
export function controlPlaneRequest(
  account: Account,
  { actionPrefix: service, isGlobal }: Pick<AwsApiEntry, 'actionPrefix' | 'isGlobal'>,
  operation: string,
  input: object,
  { named, need }: Pick<OperationResources, 'named' | 'need'>,
): ControlPlaneRequest {
  const home = isGlobal ? { ...account, region: '' } : account
  const arn = (resource: string) => (resource.startsWith('arn:') ? resource : arnOf(home, service, asKept(resource)))
  const resources = need?.resources.map(arn) ?? [...named.map(arn), ...arnsIn(input, service)].slice(0, 1)
  return {
    action: `${service}:${need?.action ?? operation}`,
    resources: resources.length > 0 ? resources : ['*'],
    context: need?.context,
  }
}

/** Ids of certificates are found in upper case, too; policies have them as they are kept. */
const asKept = (resource: string): string =>
  /^(?:ca)?cert\/[0-9A-Fa-f]+$/.test(resource) ? resource.toLowerCase() : resource

/** Some operations take the resource's ARN in place of its name. */
function arnsIn(input: object, service: string): string[] {
  return Object.entries(input).flatMap(([member, value]) =>
    member.endsWith('Arn') && typeof value === 'string' && value.startsWith(`arn:aws:${service}:`) ? [value] : [],
  )
}
