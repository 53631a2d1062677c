/** Who AWS says that somebody is, by `sts:GetCallerIdentity`. */
export interface CallerIdentity {
  readonly account: string
  /** Of a role it is the session's: `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`. */
  readonly arn: string
  /** `AIDA…` of a user, `AROA…:SESSION` of a role's session. */
  readonly userId: string
}

/** What the ARN of a caller tells of them. */
export type CallerKind =
  | { readonly kind: 'root' }
  | { readonly kind: 'user'; readonly userName: string }
  | { readonly kind: 'role'; readonly roleName: string; readonly sessionName: string }
  | { readonly kind: 'other' }

/** @see IAM user guide, "IAM identifiers" */
export function callerKind({ arn }: Pick<CallerIdentity, 'arn'>): CallerKind {
  const resource = arn.split(':').slice(5).join(':')
  if (resource === 'root') return { kind: 'root' }
  const [type, ...names] = resource.split('/')
  const last = names.at(-1) ?? ''
  if (type === 'user') return { kind: 'user', userName: last }
  if (type === 'assumed-role') return { kind: 'role', roleName: names[0] ?? '', sessionName: last }
  return { kind: 'other' }
}

/** What people call a caller: the user's name; of a role's session its name, which IAM Identity Center makes the person's. */
export function callerName(identity: Pick<CallerIdentity, 'arn'>): string {
  const caller = callerKind(identity)
  if (caller.kind === 'user') return caller.userName
  if (caller.kind === 'role') return caller.sessionName
  return caller.kind === 'root' ? 'root' : (identity.arn.split(/[:/]/).at(-1) ?? identity.arn)
}

/** What SDKs and the AWS CLI call the sessions of a profile that assumes a role: another name with each renewal. */
const NAMED_BY_A_TOOL = /^(?:aws-sdk-|aws-go-sdk-|botocore-session-)[\w-]*\d+$/

/** Whether renewed credentials are the same caller's as those before. */
export function isSameCaller(before: CallerIdentity, now: CallerIdentity): boolean {
  if (before.account !== now.account) return false
  if (before.userId === now.userId) return before.arn === now.arn
  const [beforeRole, beforeSession = ''] = before.userId.split(':')
  const [nowRole, nowSession = ''] = now.userId.split(':')
  return beforeRole === nowRole && NAMED_BY_A_TOOL.test(beforeSession) && NAMED_BY_A_TOOL.test(nowSession)
}
