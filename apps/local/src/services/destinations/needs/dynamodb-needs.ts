import { type Account, arnOf } from '../../../foundation/account.ts'
import type { ForwardedNeed, ForwardedRequest } from '../../../foundation/forwarded-api.ts'
import { jsonMembers, jsonOperation, orAll } from './request-members.ts'

/**
 * The tables and indexes that a request names, by name or ARN.
 * @see Service Authorization Reference, "Actions, resources, and condition keys for Amazon DynamoDB"
 */
export function dynamodbNeeds(account: Account, request: ForwardedRequest): readonly ForwardedNeed[] {
  const { TableName, IndexName, RequestItems, ResourceArn } = jsonMembers(request)
  const tableArn = (table: string) => (table.startsWith('arn:') ? table : arnOf(account, 'dynamodb', `table/${table}`))
  const batch = typeof RequestItems === 'object' && RequestItems !== null ? Object.keys(RequestItems) : []
  const tables = [TableName, ResourceArn, ...batch].filter((table) => typeof table === 'string')
  const operation = jsonOperation(request)
  // Other operations have no index, and are done to the table whatever a request says.
  const hasIndex = (operation === 'Query' || operation === 'Scan') && typeof IndexName === 'string'
  const index = hasIndex ? `/index/${IndexName}` : ''
  const resources = tables.map((table) => `${tableArn(table)}${index}`)
  return [{ action: `dynamodb:${operation}`, resources: orAll(resources) }]
}
