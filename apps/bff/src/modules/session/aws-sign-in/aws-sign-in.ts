import { createHash } from 'node:crypto'
import { callerName } from '../../../aws/own-account/caller-identity.ts'
import type { OwnAccount } from '../../../aws/own-account/open-own-account.ts'
import { SYSTEM_CLOCK } from '../../../clock.ts'
import type { Person } from '../../../person.ts'
import { Problem } from '../../../problem.ts'
import { sessionName } from '../../../stores/session-store.ts'
import { clientIdPrefix } from '../client-ids.ts'
import { MqttGrants } from '../mqtt-grants.ts'
import { type MakeSignInWay, SignInFailure } from '../sign-in-way.ts'
import { LiveCredentials } from './live-credentials.ts'
import type { OneTimeCodes } from './one-time-codes.ts'

const HOW = 'The address is where the console was started: press Enter there for a new one.'

const codeNeeded = () => new Problem('CODE_NEEDED', `This console opens by the address that it printed. ${HOW}`)

/** In place of a Cognito identity in client ids, which may not have all that an ARN has. */
const idOf = (arn: string): string => createHash('sha256').update(arn).digest('hex').slice(0, 20)

/**
 * There is one person, who started the console with their own AWS credentials: whoever opens the address that was printed
 * to them. Their pages' MQTT is theirs, narrowed.
 */
export const awsSignIn =
  ({ identity, credentials }: OwnAccount, codes: OneTimeCodes): MakeSignInWay =>
  ({ config, aws, stores, sessionKeys, log }) => {
    const { signIn, region } = config
    if (signIn.kind !== 'aws')
      throw new Error(`people sign in by ${signIn.kind} here, and not as who started the console`)
    const person: Person = {
      id: identity.arn,
      name: callerName(identity),
      role: signIn.isReadOnly ? 'viewer' : 'admin',
    }
    const id = idOf(identity.arn)
    const prefix = clientIdPrefix(id)
    const live = new LiveCredentials({
      sts: aws.sts,
      identity,
      keys: () => credentials.keys(),
      role: person.role,
      liveRoleArn: signIn.liveRoleArn,
      arnPrefix: aws.arns.prefix,
      clientIdPrefix: prefix,
      clock: SYSTEM_CLOCK,
    })
    // Nothing takes temporary credentials back: those of a page end by themselves, and its connections with its session.
    const grants = new MqttGrants({ ...stores, connections: aws.connections, revoke: async () => {}, log })
    return {
      async begin() {
        throw codeNeeded()
      },
      async finish(request) {
        const { code } = request.query as { readonly code?: unknown }
        if (typeof code === 'string' && codes.take(code)) return { person, returnTo: '/' }
        const problem = new Problem(
          'CODE_ENDED',
          `This address was used already, or is older than five minutes. ${HOW}`,
        )
        throw new SignInFailure('/', problem)
      },
      nobody: codeNeeded,
      afterSignOut: async () => '/',
      renewal: {
        // Sessions that a store has kept may be of somebody who started the console before.
        async renew(signedIn) {
          const { id, role } = signedIn.person
          if (id === person.id && role === person.role) return signedIn
          throw new Problem('SIGNED_OUT', `The console is that of ${person.name} now. ${HOW}`)
        },
        onRoleChange: async () => {},
        onEnd: async ({ person: { id } }, sessionId) => grants.sessionEnded(id, sessionName(sessionId)),
      },
      mqtt: {
        async open(_signedIn, { sessionId, connection }) {
          const { expiration, ...keys } = await live.issue()
          await grants.given(id, person.id, sessionId, connection)
          return {
            url: (await aws.endpoint.mqtt()).href,
            region,
            clientIdPrefix: prefix,
            sessionKey: sessionKeys.keyOf({ person, clientIdPrefix: prefix }),
            credentials: { ...keys, expiresAt: expiration.toISOString() },
          }
        },
        whyNone: () => live.whyNone(),
        sessionEnded: (personId, name) => grants.sessionEnded(personId, name),
      },
      start: () => grants.start(),
      close: () => grants.close(),
    }
  }
