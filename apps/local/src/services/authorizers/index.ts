import type { Admissions } from '../../foundation/admissions.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { Domains } from '../../foundation/domains.ts'
import type { Functions } from '../../foundation/functions.ts'
import type { Service } from '../../foundation/service.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'
import type { Traffic } from '../../foundation/traffic.ts'
import { AdmissionDesk } from './admission-desk.ts'
import { authorizerHandlers } from './authorizer-handlers.ts'
import { AuthorizerTable } from './authorizer-table.ts'
import { Authorizers } from './authorizers.ts'
import { CustomAuthentication } from './custom-authentication.ts'
import { FunctionCalls } from './function-calls.ts'
import { RequestCache } from './request-cache.ts'
import { TestInvocation } from './test-invocation.ts'

export interface AuthorizersOptions {
  readonly tags: TagKeeper
  readonly traffic: Traffic
  readonly functions: Functions
  /** Calls back once after so many milliseconds of the server's clock; the returned function cancels. */
  readonly after: (delayMs: number, callback: () => void) => () => void
  readonly domains: Domains
  /** Names of the domain configurations that ask for an authorizer by itself. */
  readonly domainsOf: (authorizerName: string) => readonly string[]
  readonly arnOfDomain: (domainConfigurationName: string) => string
}

export interface AuthorizersService extends Service {
  readonly admissions: Admissions
}

/** Finds authorizers before their service is made: domain configurations rest on which are there. */
export function authorizerFinder(context: LocalContext): (authorizerName: string) => boolean {
  const table = new AuthorizerTable(context)
  return (name) => table.find(name) !== undefined
}

/** Custom authorizers, and how clients are let in by them. */
export function authorizersService(context: LocalContext, options: AuthorizersOptions): AuthorizersService {
  const { tags, traffic, functions, after, domains, domainsOf, arnOfDomain } = options
  const authorizers = new Authorizers(context, { tags, domainsOf })
  const calls = new FunctionCalls({ functions, after })
  const authentication = new CustomAuthentication({
    find: (name) => authorizers.find(name),
    default: () => authorizers.default,
    calls,
  })
  return {
    name: 'authorizers',
    handlers: { iot: authorizerHandlers(authorizers, new TestInvocation(authorizers, calls)) },
    resources: { authorizerName: 'authorizer' },
    admissions: new AdmissionDesk({
      authorizers,
      authentication,
      calls,
      cache: new RequestCache(context.clock),
      domains,
      arnOfDomain,
      tell: (failure) => traffic.authenticationFailures.tell(failure),
      log: context.log,
    }),
  }
}
