import type { AuthorizationFacts } from '@thingdeck/contract'
import { json, type Routes, SESSION } from './fake-api.ts'

export const CERTIFICATE_ID = '0a1b2c3d'.repeat(8)
const ARN_PREFIX = 'arn:aws:iot:us-east-1:123456789012'

/** A policy document of statements `[effect, action, resource]`; resources are tails of ARNs. */
export const policyText = (
  ...statements: readonly [effect: 'Allow' | 'Deny', action: string, tail: string][]
): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(([Effect, Action, tail]) => ({
      Effect,
      Action,
      Resource: tail === '*' ? '*' : `${ARN_PREFIX}:${tail}`,
    })),
  })

/** What decides about `pump-7`, whose certificate has the policy `device`. */
export function factsFor(
  document: string,
  { status = 'ACTIVE', ...more }: Partial<AuthorizationFacts> & { readonly status?: string } = {},
): AuthorizationFacts {
  return {
    arnPrefix: ARN_PREFIX,
    principal: {
      kind: 'certificate',
      certificateId: CERTIFICATE_ID,
      certificateArn: `${ARN_PREFIX}:cert/${CERTIFICATE_ID}`,
      status,
      context: { 'iot:CertificateId': CERTIFICATE_ID },
    },
    things: [{ thingName: 'pump-7', isExclusive: false }],
    thing: { thingName: 'pump-7', attributes: {}, isExclusive: false },
    namesOtherThing: false,
    policies: [{ policyName: 'device', versionId: '3', document, ways: [{ kind: 'principal' }] }],
    ...more,
  }
}

/** The thing `pump-7` with its certificate, and what decides about it. */
export const authorizationRoutes = (facts: AuthorizationFacts): Routes => ({
  '/api/session': () => json(SESSION),
  '/api/things/pump-7': () =>
    json({
      thingName: 'pump-7',
      thingArn: `${ARN_PREFIX}:thing/pump-7`,
      attributes: {},
      version: 1,
      thingGroupNames: [],
      principals: [`${ARN_PREFIX}:cert/${CERTIFICATE_ID}`],
    }),
  '/api/authorization/facts': ({ searchParams }) => {
    const { thing, ...rest } = facts
    return json(searchParams.get('clientId') === null || !thing ? rest : { ...rest, thing })
  },
})
