import type { EnvironmentKind, Session } from '@thingdeck/contract'

/** Where one is, of what is known of the session. */
export type Environment = Pick<Session, 'account' | 'accountAlias' | 'region' | 'environment' | 'environmentKind'>

export const KIND_WORDS: Readonly<Record<EnvironmentKind, string>> = {
  embedded: 'Embedded',
  development: 'Development',
  staging: 'Staging',
  production: 'Production',
}

/** The environment's own name, where it says more than what it is for and which account it is. */
export function ownName({ environment, environmentKind, account }: Environment): string | undefined {
  return environment === environmentKind || environment === account ? undefined : environment
}

/** `account 123456789012 (plant-north)` */
export function accountInWords({ account, accountAlias, environment }: Environment): string {
  return accountAlias === undefined || accountAlias === environment
    ? `account ${account}`
    : `account ${account} (${accountAlias})`
}

/** `plant-north, account 123456789012, eu-central-1` */
export const placeInWords = (environment: Environment): string =>
  [ownName(environment), accountInWords(environment), environment.region]
    .filter((part) => part !== undefined)
    .join(', ')
