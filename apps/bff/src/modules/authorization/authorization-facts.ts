import { X509Certificate } from 'node:crypto'
import { DescribeCertificateCommand } from '@aws-sdk/client-iot'
import { certificateFacts } from '@thingdeck/certificates'
import type { AuthorizationFacts } from '@thingdeck/contract'
import { certificateContext } from '@thingdeck/policies'
import type { Aws } from '../../aws/aws.ts'
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
    ? await certificatePrincipal(iot, principalId)
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

async function certificatePrincipal(iot: Aws['iot'], certificateId: string): Promise<AuthorizationFacts['principal']> {
  const { certificateDescription: found } = await iot.send(new DescribeCertificateCommand({ certificateId }))
  const pem = found?.certificatePem
  const facts = pem === undefined ? { certificateId } : certificateFacts(certificateId, new X509Certificate(pem))
  return {
    kind: 'certificate',
    certificateId,
    certificateArn: found?.certificateArn ?? '',
    status: found?.status ?? 'UNKNOWN',
    ...(found?.validity?.notBefore && { notBefore: found.validity.notBefore.toISOString() }),
    ...(found?.validity?.notAfter && { notAfter: found.validity.notAfter.toISOString() }),
    context: Object.fromEntries(
      [...certificateContext(facts)].map(([key, value]) => [
        key,
        typeof value === 'object' ? value.map(String) : String(value),
      ]),
    ),
  }
}
