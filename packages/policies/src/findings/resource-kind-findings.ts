import { formatResourceArn } from '../resource-arn.ts'
import type { PolicyAction, PolicyResourceKind } from '../vocabulary/policy-action.ts'
import { appendTexts, replaceText } from './mend.ts'
import type { PolicyFinding, PolicyFix } from './policy-finding.ts'
import {
  type ActionLook,
  actionsOfStatement,
  finding,
  fitsKind,
  type PolicyLook,
  type ResourceLook,
  type StatementLook,
} from './policy-look.ts'
import { KIND_WORDS, toTopicName } from './topic-forms.ts'

/**
 * Actions and resources that have nothing to do with each other: such a pair allows and denies nothing.
 * @see AWS IoT developer guide, "AWS IoT Core action resources"
 */
export function resourceKindFindings(look: PolicyLook): PolicyFinding[] {
  return look.statements.flatMap((statement) => {
    // Of everything but what it names, no action is left without a resource.
    if (statement.statement.resource.negated || statement.statement.action.negated) return []
    const strays = strayResources(statement)
    return [
      ...strays.map((resource) => strayResource(look, statement, resource)),
      ...statement.actions.flatMap((action) => actionWithoutResource(look, statement, action, strays)),
    ]
  })
}

/** Resources that no action of the statement is about. */
function strayResources(statement: StatementLook): readonly ResourceLook[] {
  const actions = actionsOfStatement(statement)
  if (actions.length === 0) return []
  return statement.resources.filter(
    (resource) => hasKnownKind(resource) && !actions.some((action) => isOf(resource, action)),
  )
}

/** Of kinds that there are none of, that is said. */
const hasKnownKind = ({ arn }: ResourceLook): boolean => !arn || arn.kind in KIND_WORDS || /[*?$]/.test(arn.kind)

const isOf = (resource: ResourceLook, { resource: kind }: PolicyAction): boolean =>
  kind === undefined ? resource.pattern === '*' : fitsKind(resource, kind)

function strayResource(look: PolicyLook, statement: StatementLook, resource: ResourceLook): PolicyFinding {
  const actions = actionsOfStatement(statement)
  const kinds = [...new Set(actions.map((action) => action.resource))]
  const words = (wanted: string) =>
    `${names(actions)} ${actions.length === 1 ? 'is' : 'are'} about ${wanted}, and this is ${kindInWords(resource)}: the two never meet.`
  const [kind] = kinds
  if (kinds.length === 1 && kind === undefined) {
    return finding(look, 'RESOURCE_KIND', 'warning', resource.place, words('no resource that has a name, but "*"'), [
      { words: 'Use *', edits: [replaceText(resource.place, '*')] },
    ])
  }
  const wanted = kinds.map((each) => (each === undefined ? '"*"' : KIND_WORDS[each])).join(' or ')
  const swapped = kind === undefined ? undefined : withKind(resource, kind)
  const code =
    kind === 'topicfilter' && resource.arn?.kind === 'topic'
      ? 'TOPIC_FOR_FILTER'
      : kind === 'topic' && resource.arn?.kind === 'topicfilter'
        ? 'FILTER_FOR_TOPIC'
        : 'RESOURCE_KIND'
  return finding(look, code, 'warning', resource.place, words(wanted), swapped ? [useInstead(resource, swapped)] : [])
}

/** An action to which none of the statement's resources fits, where these have other actions that they fit. */
function actionWithoutResource(
  look: PolicyLook,
  statement: StatementLook,
  { pattern, place, covered }: ActionLook,
  strays: readonly ResourceLook[],
): PolicyFinding[] {
  const [action] = covered
  if (covered.length !== 1 || !action || statement.resources.some((resource) => isOf(resource, action))) return []
  // Said where the resources stand.
  if (!statement.resources.every(hasKnownKind) || (strays.length > 0 && statement.actions.length === 1)) return []
  const { resource: kind } = action
  const meant =
    kind === undefined ? ['*'] : [...new Set(statement.resources.flatMap((resource) => withKind(resource, kind) ?? []))]
  const { element } = statement.resource
  return [
    finding(
      look,
      'ACTION_WITHOUT_RESOURCE',
      'warning',
      place,
      `${pattern} is about ${kind === undefined ? '"*"' : KIND_WORDS[kind]}, and no resource of this statement is one: it does nothing here.`,
      element && meant.length > 0
        ? [{ words: `Add ${shortOf(meant)}`, edits: [appendTexts(look.text, element, meant)] }]
        : [],
    ),
  ]
}

/** The same name as a resource of another kind: only topics and topic filters have names in common. */
function withKind({ arn }: ResourceLook, kind: PolicyResourceKind): string | undefined {
  if (!arn || arn.name === undefined) return undefined
  if (arn.kind === 'topic' && kind === 'topicfilter') return formatResourceArn({ ...arn, kind })
  if (arn.kind === 'topicfilter' && kind === 'topic')
    return formatResourceArn({ ...arn, kind, name: toTopicName(arn.name) })
  return undefined
}

const useInstead = ({ place }: ResourceLook, pattern: string): PolicyFix => ({
  words: `Use ${shortOf([pattern])}`,
  edits: [replaceText(place, pattern)],
})

/** `topicfilter/a/*` of an ARN: the part that tells them apart. */
function shortOf(patterns: readonly string[]): string {
  const short = patterns.map((pattern) => pattern.replace(/^(?:[^:]*:){5}/, ''))
  return short.length < 3 ? short.join(' and ') : `${short[0]} and ${short.length - 1} more`
}

function kindInWords({ arn, pattern }: ResourceLook): string {
  const known = Object.entries(KIND_WORDS).find(([kind]) => kind === arn?.kind)
  return known ? known[1] : arn ? `${arn.kind === '' ? 'no resource' : `of the kind ${arn.kind}`}` : pattern
}

function names(actions: readonly PolicyAction[]): string {
  const [first, second, ...others] = actions.map(({ name }) => name)
  if (second === undefined) return first ?? ''
  return others.length === 0 ? `${first} and ${second}` : `${first} and ${others.length + 1} others`
}
