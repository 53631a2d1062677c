import { AwsError } from '@thingdeck/aws-api'
import type { Caller } from '../foundation/caller.ts'
import { systemClock } from '../foundation/clock.ts'
import type { LocalContext } from '../foundation/context.ts'
import type { AccessKeys } from '../foundation/credentials.ts'
import type { Principal } from '../foundation/peer.ts'
import { Authenticator, type SignedParts } from './authenticate.ts'

/**
 * Answers who has signed a request, when the server's clock may have been put forward: clients go on signing by the
 * machine's clock, while credentials end by the server's.
 */
export class SignedCallers {
  readonly #authenticator: Authenticator
  readonly #credentials: AccessKeys
  readonly #context: LocalContext

  constructor(context: LocalContext, credentials: AccessKeys) {
    this.#authenticator = new Authenticator({ ...context, clock: systemClock }, credentials)
    this.#credentials = credentials
    this.#context = context
  }

  /** @throws {AwsError} as {@link Authenticator.authenticate} */
  authenticate(...request: Parameters<Authenticator['authenticate']>): Caller {
    const caller = this.#unexpired(this.#authenticator.authenticate(...request))
    this.#noteUse(caller, request[1].signingNames[0])
    return caller
  }

  /** @throws {AwsError} as {@link Authenticator.authenticateMqtt}; AccessDeniedException for another account */
  authenticateMqtt(request: SignedParts): Principal {
    const caller = this.#unexpired(this.#authenticator.authenticateMqtt(request))
    this.#noteUse(caller, 'iotdevicegateway')
    if (caller.kind !== 'other-account' && caller.kind !== 'anonymous') return caller
    throw new AwsError('AccessDeniedException', 'Only principals of the account of this server may speak MQTT')
  }

  #noteUse(caller: Caller, service = ''): void {
    if (caller.kind === 'user' && !caller.isSession) this.#credentials.noteUse(caller.accessKeyId, service)
  }

  #unexpired(caller: Caller): Caller {
    if (!('accessKeyId' in caller)) return caller
    const key = this.#credentials.lookup(caller.accessKeyId)
    if (key?.expiresAtMs === undefined || this.#context.clock() < key.expiresAtMs) return caller
    throw new AwsError('ExpiredTokenException', 'The security token included in the request is expired')
  }
}
