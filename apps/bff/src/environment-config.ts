import { ENVIRONMENT_KINDS, type EnvironmentKind } from '@thingdeck/contract'
import type { ConfigReader } from './sign-in-config.ts'

/** Which environment the console stands on, as its pages say it. */
export interface EnvironmentConfig {
  readonly name: string
  readonly kind: EnvironmentKind
}

const isKind = (text: string): text is EnvironmentKind => ENVIRONMENT_KINDS.some((kind) => kind === text)

/** What nobody has named is production, and so is what is not said to be anything else. */
export function readEnvironment({ env, problems }: ConfigReader, account: string): EnvironmentConfig {
  const name = env.THINGDECK_ENVIRONMENT ?? env.AWS_ACCOUNT_ALIAS ?? account
  const said = env.THINGDECK_ENVIRONMENT_KIND
  if (said === undefined) return { name, kind: isKind(name) ? name : 'production' }
  if (isKind(said)) return { name, kind: said }
  problems.push(`THINGDECK_ENVIRONMENT_KIND is one of ${ENVIRONMENT_KINDS.join(', ')}, not '${said}'`)
  return { name, kind: 'production' }
}
