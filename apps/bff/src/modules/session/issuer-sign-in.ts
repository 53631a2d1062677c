import { endpoints } from '@thingdeck/contract'
import { Problem } from '../../problem.ts'
import { createIssuer } from './issuer.ts'
import { createMqttAccess } from './mqtt-access.ts'
import { MqttGrants } from './mqtt-grants.ts'
import { createPendingSignIns } from './pending-sign-ins.ts'
import { renewSessions } from './renew-sessions.ts'
import { type MakeSignInWay, SignInFailure } from './sign-in-way.ts'

/** People sign in at an OpenID Connect issuer; their MQTT is that of their Cognito identity, by its role's IoT policy. */
export const issuerSignIn: MakeSignInWay = ({ config, aws, stores, sessionKeys, log }) => {
  const { signIn, publicUrl } = config
  if (signIn.kind !== 'issuer') throw new Error(`people sign in at no issuer here, but by ${signIn.kind}`)
  const issuer = createIssuer({ oidc: signIn.oidc, publicUrl })
  const mqttAccess = createMqttAccess({ ...config, ...signIn }, aws, sessionKeys)
  const { connections } = aws
  const revoke = (identityId: string) => mqttAccess.detach(identityId)
  const grants = new MqttGrants({ ...stores, connections, revoke, log })
  const pendingSignIns = createPendingSignIns(config)
  return {
    async begin(reply, { returnTo, prompt }) {
      const { url, pending } = await issuer.begin(returnTo, prompt)
      pendingSignIns.keep(reply, pending)
      return url.href
    },
    async finish(request, reply) {
      const pending = pendingSignIns.take(request, reply)
      // The back button, or a bookmark of this address: begin again instead of failing.
      if (!pending) return undefined
      try {
        return { ...(await issuer.finish(new URL(request.url, publicUrl), pending)), returnTo: pending.returnTo }
      } catch (error) {
        throw new SignInFailure(pending.returnTo, error)
      }
    },
    nobody: () => new Problem('SIGNED_OUT', 'Sign in first.'),
    async afterSignOut(log) {
      // Signed out here in any case; that the issuer is away must not keep a person signed in.
      const redirectTo = await issuer.endSessionUrl().catch((error: Error) => {
        if (!(error instanceof Problem)) throw error
        log.warn(error, 'the issuer was not told of the sign-out')
        return undefined
      })
      return redirectTo?.href ?? '/'
    },
    renewal: renewSessions({ issuer, mqttAccess, grants }),
    mqtt: {
      async open({ person, tokens }, { sessionId, connection }) {
        if (!tokens) throw new Problem('SIGNED_OUT', `Sign in first, at ${endpoints.signIn.path}.`)
        const identityId = await mqttAccess.identityOf(tokens.idToken)
        await grants.given(identityId, person.id, sessionId, connection)
        return mqttAccess.open(identityId, tokens.idToken, person)
      },
      whyNone: async () => undefined,
      sessionEnded: (personId, name) => grants.sessionEnded(personId, name),
    },
    start: () => grants.start(),
    close: () => grants.close(),
  }
}
