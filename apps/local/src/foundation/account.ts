/** The one AWS account and region that an embedded server plays. */
export interface Account {
  readonly id: string
  readonly region: string
}

/** `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`, e.g. `arnOf(account, 'iot', 'thing/pump-7')`. */
export function arnOf(account: Account, service: string, resource: string): string {
  return `arn:aws:${service}:${account.region}:${account.id}:${resource}`
}

/** The account as the rules of its resources are told it. */
export const homeOf = ({ id, region }: Account) => ({ region, accountId: id })
