import { patternCovers } from '../pattern-relations.ts'
import { formatResourceArn, type ResourceArn } from '../resource-arn.ts'
import type { PolicyResourceKind } from '../vocabulary/policy-action.ts'
import { replaceText, requireAttachedThing } from './mend.ts'
import type { PolicyFinding, PolicyFix } from './policy-finding.ts'
import {
  actionsOfStatement,
  finding,
  fitsKind,
  needsAttachedThing,
  type PolicyLook,
  type ResourceLook,
  type StatementLook,
} from './policy-look.ts'

const THING = '${iot:Connection.Thing.ThingName}'

/**
 * What allows more than one device needs.
 * @see AWS IoT developer guide, "AWS IoT policies overly permissive" (the audit check of the same name)
 */
export function widthFindings(look: PolicyLook): PolicyFinding[] {
  return look.statements.flatMap((statement) => {
    if (statement.statement.effect !== 'Allow') return []
    if (statement.statement.resource.negated) return [everythingBut(look, statement)]
    return statement.resources.flatMap((resource) => aboutWidth(look, statement, resource))
  })
}

function everythingBut(look: PolicyLook, { resource: { element }, place }: StatementLook): PolicyFinding {
  return finding(
    look,
    'NOT_RESOURCE',
    'warning',
    element ?? place,
    'Allow with NotResource allows everything but what is named, of every kind. Allow what is needed by Resource, and deny the exception in a statement of its own.',
    [],
    element?.key,
  )
}

/** What is said of one resource: the gravest of what its actions make of it. */
function aboutWidth(look: PolicyLook, statement: StatementLook, resource: ResourceLook): PolicyFinding[] {
  const actions = actionsOfStatement(statement).filter(({ resource: kind }) => kind && fitsKind(resource, kind))
  const names = new Set(actions.map(({ name }) => name))
  const kinds = new Set(actions.flatMap(({ resource: kind }) => kind ?? []))
  if (kinds.has('client') && names.has('iot:Connect') && !needsAttachedThing(statement)) {
    const found = aboutClient(look, statement, resource)
    if (found) return [found]
  }
  const wide = WIDE.find(
    ({ kind, actions: about }) => kinds.has(kind) && about.some((name) => names.has(name)) && isWide(resource, kind),
  )
  if (wide) return [tooWide(look, resource, wide)]
  const receives = names.has('iot:Receive') && isWide(resource, 'topic')
  if (receives) return [receivesAll(look, resource)]
  return reachesReserved(look, names, resource)
}

interface Width {
  readonly kind: PolicyResourceKind
  readonly actions: readonly string[]
  readonly words: string
  /** What a device of its own would have instead. */
  readonly own: string
}

const WIDE: readonly Width[] = [
  {
    kind: 'topic',
    actions: ['iot:Publish', 'iot:RetainPublish'],
    words:
      'Whoever has this policy publishes to every topic, or to those of every thing: in the name of other devices, to their shadows, and to rules by $aws/rules/….',
    own: `dt/${THING}/*`,
  },
  {
    kind: 'topicfilter',
    actions: ['iot:Subscribe'],
    words: 'Whoever has this policy subscribes to everything, or to the topics of every thing.',
    own: `cmd/${THING}/*`,
  },
  {
    kind: 'thing',
    actions: [
      'iot:GetThingShadow',
      'iot:UpdateThingShadow',
      'iot:DeleteThingShadow',
      'iot:DescribeJobExecution',
      'iot:GetPendingJobExecutions',
      'iot:StartNextPendingJobExecution',
      'iot:UpdateJobExecution',
    ],
    words: 'Whoever has this policy reads and changes the shadows, or the jobs, of every thing.',
    own: '',
  },
  {
    kind: 'rolealias',
    actions: ['iot:AssumeRoleWithCertificate'],
    words: 'Whoever has this policy gets the credentials of every role alias.',
    own: '',
  },
]

const RESERVED_OF_ALL = /^\$aws\/things\/(?:[*+#]|$)/

function isWide(resource: ResourceLook, kind: PolicyResourceKind): boolean {
  const { arn, isEverything } = resource
  if (isEverything) return true
  const name = arn?.name ?? ''
  if (kind === 'topicfilter' && (name === '#' || name === '+/#')) return true
  if ((kind === 'topic' || kind === 'topicfilter') && RESERVED_OF_ALL.test(name)) return true
  return coversAll(name)
}

const coversAll = (name: string): boolean => patternCovers(name, '*')

function tooWide(look: PolicyLook, resource: ResourceLook, { kind, words, own }: Width): PolicyFinding {
  const { arn } = resource
  const name = arn?.name ?? ''
  const narrowed = RESERVED_OF_ALL.test(name)
    ? name.replace(/^(\$aws\/things\/)(?:[*+#]|$)/, `$1\${iot:Connection.Thing.ThingName}`)
    : own
  const meant = narrowed.endsWith(THING) ? `${narrowed}/*` : narrowed
  return finding(
    look,
    'RESOURCE_TOO_WIDE',
    'warning',
    resource.place,
    words,
    meant === '' ? [] : useName(look, resource, kind, meant),
  )
}

function receivesAll(look: PolicyLook, resource: ResourceLook): PolicyFinding {
  const words =
    'It receives whatever it may subscribe to. That is no gap by itself, but only iot:Receive can take a topic from a client that has subscribed already.'
  return finding(look, 'RESOURCE_TOO_WIDE', 'info', resource.place, words)
}

/** A pattern that begins with a wildcard also takes what begins with `$aws/`. */
function reachesReserved(look: PolicyLook, names: ReadonlySet<string>, resource: ResourceLook): PolicyFinding[] {
  const name = resource.arn?.kind === 'topic' ? resource.arn.name : undefined
  if (!name?.startsWith('*') || !names.has('iot:Publish')) return []
  const words = `It begins with a wildcard, and so reaches reserved topics such as $aws/rules/RULE${name.slice(1)}, too.`
  return [finding(look, 'RESERVED_REACHED', 'info', resource.place, words)]
}

/** Client ids that anybody who has the policy may take. */
function aboutClient(look: PolicyLook, statement: StatementLook, resource: ResourceLook): PolicyFinding | undefined {
  const name = resource.isEverything ? '*' : (resource.arn?.name ?? '')
  const isItself = /^\*?\$\{iot:clientid\}\*?$/i.test(name)
  const isFree = isItself || coversAll(name)
  if (!isFree && !(name.includes('*') && !name.includes('${'))) return undefined
  const words = isItself
    ? 'The client id is whatever the client says it is, so this allows every one: it is the same as client/*.'
    : isFree
      ? 'Whoever has this policy connects under every client id, and throws out who has it.'
      : 'Whoever has this policy connects under each of these client ids, with any certificate, and throws out who has it.'
  return finding(look, 'CLIENT_ID_FREE', isFree ? 'warning' : 'info', resource.place, words, [
    ...useName(look, resource, 'client', THING),
    { words: 'Only where the client id is an attached thing', edits: requireAttachedThing(look, statement) },
  ])
}

/** The resource with another name; where nothing tells its ARN, there is nothing to offer. */
function useName({ home }: PolicyLook, { arn, place }: ResourceLook, kind: string, name: string): PolicyFix[] {
  const base: Omit<ResourceArn, 'kind' | 'name'> | undefined =
    arn ?? (home && { partition: home.partition, service: 'iot', region: home.region, account: home.accountId })
  if (!base) return []
  return [{ words: `Use ${kind}/${name}`, edits: [replaceText(place, formatResourceArn({ ...base, kind, name }))] }]
}

/** Whether a statement lets its principal choose the client id freely. */
export const leavesClientIdFree = (statement: StatementLook): boolean =>
  statement.isAllow &&
  !needsAttachedThing(statement) &&
  actionsOfStatement(statement).some(({ name }) => name === 'iot:Connect') &&
  statement.resources.some(({ arn, isEverything }) => {
    const name = arn?.name ?? ''
    return isEverything || (arn?.kind === 'client' && (coversAll(name) || /^\*?\$\{iot:clientid\}\*?$/i.test(name)))
  })
