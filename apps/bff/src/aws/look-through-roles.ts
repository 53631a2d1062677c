import { type IAMClient, ListRolesCommand, type Role } from '@aws-sdk/client-iam'

/** The most that IAM gives at once (IAM API reference, ListRoles), and how many of that are looked through. */
const PAGE = 1_000
const MOST_PAGES = 3

/** The first roles of the account with their trust policies: IAM cannot search by these. Errors are AWS's own. */
export async function lookThroughRoles(
  iam: IAMClient,
): Promise<{ readonly found: readonly Role[]; readonly isAll: boolean }> {
  const found: Role[] = []
  let Marker: string | undefined
  let isAll = false
  for (let pages = 0; pages < MOST_PAGES && !isAll; pages += 1) {
    const page = await iam.send(new ListRolesCommand({ MaxItems: PAGE, ...(Marker !== undefined && { Marker }) }))
    found.push(...(page.Roles ?? []))
    Marker = page.Marker
    isAll = page.IsTruncated !== true
  }
  return { found, isAll }
}
