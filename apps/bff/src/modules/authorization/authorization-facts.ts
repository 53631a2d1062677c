import type { AuthorizationFacts } from '@thingdeck/contract'
import type { Aws } from '../../aws/aws.ts'
import { readCertificatePrincipal } from '../../aws/certificate-principal.ts'
import { findThing, readConnectionFacts } from '../../aws/connection-facts.ts'
import type { Pace } from '../../aws/pace.ts'
import { withWays } from './policy-ways.ts'
import { isCertificateId, principalTarget } from './principal-target.ts'

/** All that decides about a principal under a client id. Errors are AWS's own; 404 where the certificate is gone. */
export async function authorizationFacts(
  { iot, arns }: Pick<Aws, 'iot' | 'arns'>,
  pace: Pace,
  principalId: string,
  clientId: string | undefined,
): Promise<AuthorizationFacts> {
  const target = principalTarget(arns, principalId)
  const principal = isCertificateId(principalId)
    ? await readCertificatePrincipal(iot, principalId)
    : { kind: 'cognito' as const, identityId: principalId }
  const { things, thing, policies } = await readConnectionFacts(iot, target, clientId)
  const isAttached = clientId === undefined || things.some(({ thingName }) => thingName === clientId)
  const [other, effective] = await Promise.all([
    isAttached ? undefined : findThing(iot, clientId),
    withWays({ iot, pace }, target, thing?.thingName, policies),
  ])
  return {
    arnPrefix: arns.prefix,
    principal,
    things: [...things],
    ...(thing && { thing: withoutUndefined(thing) }),
    namesOtherThing: other !== undefined,
    policies: effective,
  }
}

const withoutUndefined = ({
  thingTypeName,
  ...thing
}: NonNullable<Awaited<ReturnType<typeof readConnectionFacts>>['thing']>) => ({
  ...thing,
  ...(thingTypeName !== undefined && { thingTypeName }),
})
