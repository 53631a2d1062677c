import type { SdkOptions } from '../aws.ts'
import { isExpiry, isRefusedKey } from './aws-expiry.ts'
import { expired } from './credential-trouble.ts'
import type { OwnCredentials } from './own-credentials.ts'

/** How clients of the AWS SDK are to be made that call with the person's own credentials. */
export function ownClients(
  credentials: OwnCredentials,
  settings: Pick<SdkOptions, 'endpoint' | 'region'>,
): Required<Pick<SdkOptions, 'credentials' | 'prepare'>> & SdkOptions {
  // `memoized`: the SDK keeps what it is given for good where that has no end; here what is kept is decided once for all.
  const provide = Object.assign(async () => credentials.keys(), { memoized: true })
  return {
    ...settings,
    credentials: provide,
    prepare: (client) =>
      client.middlewareStack.add((next) => withFreshKeys(next, credentials), {
        name: 'ownCredentials',
        step: 'initialize',
        priority: 'high',
      }),
  }
}

/**
 * Keys can be renewed under a console that still has the old ones, and can end before they said: whatever AWS refuses for
 * its keys is asked for once more, with what is found then.
 */
function withFreshKeys<Args, Answer>(
  next: (args: Args) => Promise<Answer>,
  credentials: OwnCredentials,
): (args: Args) => Promise<Answer> {
  return async (args) => {
    const { accessKeyId: used } = await credentials.keys()
    try {
      return await next(args)
    } catch (error) {
      if (!isRefusedKey(error)) throw error
      credentials.forget()
      const { accessKeyId } = await credentials.keys()
      if (accessKeyId !== used) return await next(args)
      throw isExpiry(error) ? expired(error, credentials.source) : error
    }
  }
}
