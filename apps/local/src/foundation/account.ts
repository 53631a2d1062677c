/** The one AWS account and region that an embedded server plays. */
export interface Account {
  readonly id: string
  readonly region: string
}

/** `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`, e.g. `arnOf(account, 'iot', 'thing/pump-7')`. */
export function arnOf(account: Account, service: string, resource: string): string {
  return `arn:aws:${service}:${account.region}:${account.id}:${resource}`
}

/**
 * The way back from {@link arnOf}: `thing/pump-7`, or of a kind such as `thing/` the name alone. Undefined for an ARN that
 * is of another account, region, service or kind.
 */
export function resourceIn(account: Account, service: string, arn: string, kind = ''): string | undefined {
  const prefix = arnOf(account, service, kind)
  return arn.startsWith(prefix) ? arn.slice(prefix.length) : undefined
}

/** The account as the rules of its resources are told it. */
export const homeOf = ({ id, region }: Account) => ({ region, accountId: id })
