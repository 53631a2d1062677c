import type { FastifyInstance } from 'fastify'
import type { Aws } from '../aws/aws.ts'
import type { Config } from '../config.ts'
import type { AuditTrail } from '../plugins/audit/audit-trail.ts'
import type { SessionKeys } from '../plugins/session-keys.ts'
import type { Stores } from '../stores/stores.ts'
import type { SignInWay } from './session/sign-in-way.ts'

/** What a module is given. What it needs beyond this it makes of it. */
export interface ModuleParts {
  readonly config: Config
  readonly aws: Aws
  readonly stores: Stores
  readonly trail: AuditTrail
  readonly sessionKeys: SessionKeys
  /** For the module of sessions. */
  readonly signInWay: SignInWay
}

/** One subject of the API. No module imports another: what two need lies in `aws`, `stores` or `plugins`. */
export interface Module {
  readonly name: string
  /** Makes its routes from endpoints of the contract, in a scope of its own. */
  readonly routes: (app: FastifyInstance, parts: ModuleParts) => void
}
