import { hostname } from 'node:os'
import type { AccountServices } from './compose-account.ts'
import type { Config } from './config.ts'
import type { Admissions } from './foundation/admissions.ts'
import type { Authority } from './foundation/authority/authority.ts'
import type { LocalContext } from './foundation/context.ts'
import type { Domains } from './foundation/domains.ts'
import type { Functions } from './foundation/functions.ts'
import type { Service } from './foundation/service.ts'
import type { Traffic } from './foundation/traffic.ts'
import { acmService } from './services/acm/index.ts'
import { authorizerFinder, authorizersService } from './services/authorizers/index.ts'
import {
  type DomainConfigurationsService,
  domainConfigurationsService,
} from './services/domain-configurations/index.ts'

/** What decides about those who come without credentials of AWS's, and under other names than the server's own. */
export interface AdmissionServices {
  readonly services: readonly Service[]
  readonly admissions: Admissions
  readonly domains: Domains
}

export interface AdmissionOptions {
  readonly config: Pick<Config, 'host' | 'otherHosts' | 'securityPolicy'>
  readonly authority: Pick<Authority, 'identityOf'>
  readonly account: Pick<AccountServices, 'offers'>
  readonly functions: Functions
  readonly traffic: Traffic
  /** Calls back once after so many milliseconds of the server's clock; the returned function cancels. */
  readonly after: (delayMs: number, callback: () => void) => () => void
}

/** Makes domain configurations and authorizers, each of which rests on which of the others are there. */
export function composeAdmission(context: LocalContext, options: AdmissionOptions): AdmissionServices {
  const { config, authority, account, functions, traffic, after } = options
  const { tags } = account.offers
  const acm = acmService(context, { usersOf: (certificateArn) => configurations.usersOf(certificateArn) })
  const configurations: DomainConfigurationsService = domainConfigurationsService(context, {
    tags,
    authority,
    certificates: acm.certificates,
    authorizerExists: authorizerFinder(context),
    host: config.host,
    otherNames: ['localhost', hostname(), ...config.otherHosts],
    securityPolicy: config.securityPolicy,
  })
  const authorizers = authorizersService(context, {
    tags,
    traffic,
    functions,
    after,
    domains: configurations.domains,
    domainsOf: configurations.namesByAuthorizer,
    arnOfDomain: configurations.arnOf,
  })
  return {
    services: [acm, configurations, authorizers],
    admissions: authorizers.admissions,
    domains: configurations.domains,
  }
}
