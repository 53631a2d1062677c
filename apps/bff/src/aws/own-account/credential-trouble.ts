import { Problem } from '../../problem.ts'

/** Where the person's credentials come from, as far as what to do about them depends on it. */
export interface CredentialSource {
  /** `AWS_PROFILE`. */
  readonly profile?: string
  /** They stand in the environment, which does not change while the console runs. */
  readonly isEnvironment: boolean
}

/** As the AWS SDKs look for them: a profile that is named goes before keys in the environment. */
export function credentialSource(env: Readonly<Record<string, string | undefined>>): CredentialSource {
  const { AWS_PROFILE: profile } = env
  return { ...(profile && { profile }), isEnvironment: !profile && Boolean(env.AWS_ACCESS_KEY_ID) }
}

const GOES_ON = 'The console then goes on by itself.'
const signInCommand = ({ profile }: CredentialSource): string =>
  profile === undefined ? 'aws sso login' : `aws sso login --profile ${profile}`

/** What the AWS SDK says of a sign-in at IAM Identity Center that has ended, or never began. */
const OF_IDENTITY_CENTER = /\bsso\b|session token not found/i

/** No credentials could be had: why, and what to do. */
export function unreadable(error: unknown, source: CredentialSource): Problem {
  const { message } = error as Error
  if (OF_IDENTITY_CENTER.test(message)) {
    const text = `You are not signed in at IAM Identity Center any more: run ${signInCommand(source)}. ${GOES_ON}`
    return new Problem('AWS_CREDENTIALS', text, { cause: error })
  }
  if (/^Could not load credentials/.test(message)) {
    return new Problem(
      'AWS_CREDENTIALS',
      `There are no AWS credentials: name a profile that has some (AWS_PROFILE=NAME), or sign in with ${signInCommand(source)}.`,
      { cause: error },
    )
  }
  return new Problem('AWS_CREDENTIALS', `Your AWS credentials cannot be had: ${message}`, { cause: error })
}

/** AWS says that they have ended. */
export function expired(error: unknown, source: CredentialSource): Problem {
  const what = source.isEnvironment
    ? 'Those in AWS_ACCESS_KEY_ID cannot be renewed while the console runs: end it, and start it with new ones.'
    : `Renew them${source.profile === undefined ? '' : ` in the profile ${source.profile}`}, with ${signInCommand(source)} where you sign in at IAM Identity Center. ${GOES_ON}`
  return new Problem('AWS_CREDENTIALS', `Your AWS credentials have expired. ${what}`, { cause: error })
}

/**
 * Whether AWS could not be asked, as the person's own credentials are no good: nothing was sent, and nothing can be
 * until they have signed in again.
 */
export const isCredentialTrouble = (error: unknown): error is Problem =>
  error instanceof Problem && error.code === 'AWS_CREDENTIALS'
