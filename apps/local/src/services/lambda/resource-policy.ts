import { compilePolicies, evaluate, parsePolicyDocument } from '@thingdeck/policies'
import type { Account } from '../../foundation/account.ts'
import type { InvocationSource } from '../../foundation/functions.ts'
import type { FunctionTable, PolicyStatement } from './function-table.ts'

/** A policy as GetPolicy shows it. */
export const policyDocument = (statements: readonly PolicyStatement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements })

/** What AddPermission is told of a permission. */
export interface PermissionInput {
  readonly statementId: string
  readonly action: string
  readonly principal: string
  readonly resource: string
  readonly sourceArn?: string | undefined
  readonly sourceAccount?: string | undefined
  readonly organizationId?: string | undefined
  readonly eventSourceToken?: string | undefined
}

/** @see AWS Lambda developer guide, "Viewing resource-based IAM policies in Lambda" */
export function statementOf(input: PermissionInput): PolicyStatement {
  const { statementId, action, principal, resource, sourceArn, sourceAccount, organizationId, eventSourceToken } = input
  const equals = {
    ...(sourceAccount !== undefined && { 'AWS:SourceAccount': sourceAccount }),
    ...(organizationId !== undefined && { 'aws:PrincipalOrgID': organizationId }),
    ...(eventSourceToken !== undefined && { 'lambda:EventSourceToken': eventSourceToken }),
  }
  const condition = {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(sourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': sourceArn } }),
  }
  return {
    Sid: statementId,
    Effect: 'Allow',
    Principal: principalOf(principal),
    Action: action,
    Resource: resource,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  }
}

function principalOf(principal: string): string | object {
  if (principal === '*') return '*'
  if (principal.endsWith('.amazonaws.com')) return { Service: principal }
  return { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal }
}

/**
 * Whether a function's own policy lets a service of AWS invoke it.
 * @param qualifier under which it is invoked: its policy is another one than that of the function without any
 * @param arn of the function, with that qualifier
 */
export function mayInvoke(
  table: FunctionTable,
  account: Account,
  { name, qualifier }: { readonly name: string; readonly qualifier: string | undefined },
  arn: string,
  { service, sourceArn }: InvocationSource,
): boolean {
  // Statement ids have characters here that IAM's do not have.
  const statements = table.statements(name, qualifier ?? '').map(({ Sid, ...statement }) => statement)
  if (statements.length === 0) return false // a document without any is none
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statements })
  const policy = compilePolicies([
    { policyName: `policy of ${name}`, document: parsePolicyDocument(document, { dialect: 'iam' }) },
  ])
  const { decision } = evaluate(policy, {
    action: 'lambda:InvokeFunction',
    resource: arn,
    principal: { type: 'Service', value: service },
    context: { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': account.id },
  })
  return decision === 'ALLOWED'
}
