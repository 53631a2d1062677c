import { resourceIn } from '../../foundation/account.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { PackageVersion, SoftwarePackages } from '../../foundation/software-packages.ts'
import { parsePackageId, versionArn } from './package-arns.ts'
import { PackageTable } from './package-table.ts'

/** What is in the catalog, for services that name package versions. */
export class PackageCatalog implements SoftwarePackages {
  readonly #context: Pick<LocalContext, 'account'>
  readonly #table: PackageTable

  constructor(context: Pick<LocalContext, 'account' | 'database'>) {
    this.#context = context
    this.#table = new PackageTable(context.database)
  }

  version(packageName: string, versionName: string): PackageVersion | undefined {
    const name = versionName === '$default' ? this.#table.package(packageName)?.defaultVersionName : versionName
    const found = name === undefined ? undefined : this.#table.version(packageName, name)
    if (!found) return undefined
    const { status, attributes, artifact } = found
    const arn = versionArn(this.#context.account, packageName, found.versionName)
    return { packageName, versionName: found.versionName, arn, status, attributes, artifact }
  }

  parseArn(arn: string): { readonly packageName: string; readonly versionName: string } | undefined {
    const id = resourceIn(this.#context.account, 'iot', arn, 'package/') ?? ''
    const { packageName, versionName } = parsePackageId(id) ?? {}
    return packageName === undefined || versionName === undefined ? undefined : { packageName, versionName }
  }
}
