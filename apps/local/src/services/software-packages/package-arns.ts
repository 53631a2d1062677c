import { type Account, arnOf } from '../../foundation/account.ts'

export const packageArn = (account: Account, packageName: string): string =>
  arnOf(account, 'iot', `package/${packageName}`)

export const versionArn = (account: Account, packageName: string, versionName: string): string =>
  `${packageArn(account, packageName)}/version/${versionName}`

/** `pump-fw/version/1.0`, as it stands behind `package/`; without a version of a package itself. */
export function parsePackageId(id: string): { packageName: string; versionName: string | undefined } | undefined {
  const match = /^([a-zA-Z0-9-_.]{1,128})(?:\/version\/([a-zA-Z0-9-_.]{1,64}|\$default|\$null))?$/.exec(id)
  return match?.[1] === undefined ? undefined : { packageName: match[1], versionName: match[2] }
}
