import { evaluate, explain } from '@thingdeck/policies'
import { shadowTopics } from '@thingdeck/topics'
import { arnOf } from '../../foundation/account.ts'
import type { JobChange } from '../../foundation/job-change.ts'
import type { RoleSessions } from '../../foundation/role-sessions.ts'
import { parseRoleArn } from '../../foundation/roles.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { PACKAGE_SHADOW } from '../../foundation/software-packages.ts'
import type { PackageTable } from './package-table.ts'

interface ReportedPackage {
  readonly version: string
  readonly attributes: Readonly<Record<string, string | null>>
}

interface PackageShadow {
  readonly state?: { readonly reported?: Readonly<Record<string, Partial<ReportedPackage>>> }
}

/** Updates of a shadow are merged into it: attributes of the version before have to be taken away. */
function replacing(
  before: ReportedPackage['attributes'] = {},
  { version, attributes }: ReportedPackage,
): ReportedPackage {
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(attributes, name))
  return { version, attributes: { ...attributes, ...Object.fromEntries(gone.map((name) => [name, null])) } }
}

/**
 * Says in the shadow `$package` which versions an execution of a job has brought to a thing, where the package
 * configuration has jobs do so, by its role.
 * @see AWS IoT developer guide, "Preparing to use Software Package Catalog", reserved named shadow
 */
export class ReportedVersions {
  readonly #context: ServiceContext
  readonly #table: PackageTable
  readonly #sessions: RoleSessions

  constructor(context: ServiceContext, table: PackageTable, sessions: RoleSessions) {
    this.#context = context
    this.#table = table
    this.#sessions = sessions
    context.jobChanges.subscribe((change) => this.#hear(change))
  }

  #hear(change: JobChange): void {
    if (change.type !== 'execution' || change.operation !== 'succeeded') return
    const { destinationPackageVersions } = change.job
    if (destinationPackageVersions.length === 0) return
    const { enabled = false, roleArn = '' } = this.#table.configuration() ?? {}
    if (!enabled) return
    const { thingName } = change
    const whyNot = this.#whyNot(roleArn, thingName)
    if (whyNot !== undefined) {
      this.#context.log.warn({ thingName, jobId: change.job.jobId }, `package versions are not reported: ${whyNot}`)
      return
    }
    const before = this.#reported(thingName)
    const reported = Object.fromEntries(
      destinationPackageVersions
        .flatMap((arn) => this.#reportOf(arn))
        .map(([packageName, now]) => [packageName, now && replacing(before[packageName]?.attributes, now)]),
    )
    const topic = shadowTopics(thingName, PACKAGE_SHADOW).update
    this.#context.messages.publish(topic, Buffer.from(JSON.stringify({ state: { reported } })))
  }

  /** What the shadow says of the thing so far; nothing where there is none yet. */
  #reported(thingName: string): Readonly<Record<string, Partial<ReportedPackage>>> {
    let document: Uint8Array
    try {
      document = this.#context.readShadow({ thingName, shadowName: PACKAGE_SHADOW })
    } catch {
      return {}
    }
    // What stands in this shadow was checked as it was written.
    return (JSON.parse(Buffer.from(document).toString()) as PackageShadow).state?.reported ?? {}
  }

  /** `$null` takes a package away; of what is not in the catalog any more nothing is said. */
  #reportOf(arn: string): readonly (readonly [packageName: string, reported: ReportedPackage | null])[] {
    const { softwarePackages } = this.#context
    const named = softwarePackages.parseArn(arn)
    if (!named) return []
    if (named.versionName === '$null') return [[named.packageName, null]]
    const version = softwarePackages.version(named.packageName, named.versionName)
    return version ? [[version.packageName, { version: version.versionName, attributes: version.attributes }]] : []
  }

  /** A role that nobody has ever defined here may do everything, as everywhere in this server. */
  #whyNot(roleArn: string, thingName: string): string | undefined {
    const { account, roles, policies } = this.#context
    const untrusted = this.#sessions.whyNotTrusted(roleArn)
    if (untrusted !== undefined) return untrusted
    const roleName = parseRoleArn(roleArn)?.name ?? ''
    if (roles.isUndefined(roleName)) return undefined
    const resource = arnOf(account, 'iot', `thing/${thingName}/${PACKAGE_SHADOW}`)
    const decision = evaluate(policies.rolePolicies(roleName), { action: 'iot:UpdateThingShadow', resource })
    return decision.decision === 'ALLOWED' ? undefined : `${roleArn}: ${explain(decision)}`
  }
}
