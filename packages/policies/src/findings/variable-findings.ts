import type { Place, TextSpan } from '../place.ts'
import { contextKey } from '../policy-context.ts'
import { findPolicyKey, nearestPolicyKey, type PolicyKey } from '../vocabulary/policy-key.ts'
import { replaceText } from './mend.ts'
import type { PolicyFinding, PolicyFindingCode, PolicyFindingSeverity } from './policy-finding.ts'
import { actionsOfStatement, finding, type PolicyLook, type StatementLook, spanWithin } from './policy-look.ts'
import { leavesClientIdFree } from './width-findings.ts'

/** One variable where it is written. */
export interface WrittenVariable {
  readonly statement: StatementLook
  readonly place: Place
  /** The whole text that it stands in. */
  readonly written: string
  /** `iot:ClientId` of `${iot:ClientId}`. */
  readonly name: string
  /** Whether a text stands in for want of a value. */
  readonly hasDefault: boolean
  /** The variable in the document's text, with `${` and `}`. */
  readonly span: TextSpan
  readonly at: number
  readonly length: number
}

const VARIABLE = /\$\{([^}]*)\}/g
/** What somebody took for a variable: `$(iot:ClientId)`, `{iot:ClientId}`, `$iot:ClientId`, `${{iot:ClientId}}`. */
const LOOKALIKE =
  /\$\(([\w:.[\]-]+)\)|(?<![$\w])\{+((?:iot|aws|cognito-identity\.amazonaws\.com):[\w.[\]-]+)\}+|\$((?:iot|aws):[\w.[\]-]+)/g

/** All variables of resources and of values of conditions, in the order of the text. */
export function writtenVariables(look: PolicyLook): WrittenVariable[] {
  return look.statements.flatMap((statement) =>
    templatesOf(statement).flatMap(({ place, written }) =>
      [...written.matchAll(VARIABLE)].flatMap((match): WrittenVariable[] => {
        const [whole, inside = ''] = match
        const [name = '', ...others] = inside.split(',')
        if (['*', '?', '$'].includes(inside)) return []
        const { index: at } = match
        const span = spanWithin(look, place, at, whole.length)
        const { length } = whole
        return [{ statement, place, written, name: name.trim(), hasDefault: others.length > 0, span, at, length }]
      }),
    ),
  )
}

function templatesOf({ resources, conditions }: StatementLook): { place: Place; written: string }[] {
  return [
    ...resources.map(({ place, pattern }) => ({ place, written: pattern })),
    ...conditions.flatMap(({ places, condition }) =>
      places.map((place, index) => ({ place, written: condition.values[index] ?? '' })),
    ),
  ]
}

/**
 * Variables that stand for nothing: the statement then matches nothing, and a Deny denies nothing.
 * @see AWS IoT developer guide, "AWS IoT Core policy variables"
 */
export function variableFindings(look: PolicyLook): PolicyFinding[] {
  return [
    ...writtenVariables(look).flatMap((variable) => aboutVariable(look, variable)),
    ...look.statements.flatMap((statement) => lookalikes(look, statement)),
  ]
}

function aboutVariable(look: PolicyLook, variable: WrittenVariable): PolicyFinding[] {
  const { name } = variable
  const key = findPolicyKey(name)
  const say = (
    code: PolicyFindingCode,
    severity: PolicyFindingSeverity,
    words: string,
    ...better: (string | undefined)[]
  ) => [
    finding(
      look,
      code,
      severity,
      variable.place,
      words,
      better.flatMap((each) => (each === undefined ? [] : [instead(variable, each)])),
      variable.span,
    ),
  ]
  if (!key) {
    const nearest = nearestPolicyKey(name)
    const meant = nearest === undefined ? '' : ` \${${nearest}} is probably meant.`
    return say('VARIABLE_UNKNOWN', 'warning', `AWS IoT has no variable ${name}: nothing ever matches.${meant}`, nearest)
  }
  if (key.kind === 'list') {
    const first = key.name.replace(/\.List$/, '')
    return say(
      'VARIABLE_LIST',
      'warning',
      `${key.name} has any number of values, and cannot stand for one: nothing ever matches. Ask for it in a condition.`,
      first === key.name ? undefined : first,
    )
  }
  const unusable = whyNoValue(look, variable, key)
  if (unusable) return say(unusable.code, 'warning', unusable.words, unusable.better)
  if (/^iot:thing\./i.test(name)) {
    return say('VARIABLE_FORMER', 'info', `${name} is the former spelling of ${key.name}.`, key.name)
  }
  if (isClientIdAsBoundary(look, variable)) {
    return say(
      'CLIENT_ID_PROVES_NOTHING',
      'warning',
      'The client id is no boundary here: a statement of this policy lets the client choose any, such as that of another device.',
      'iot:Connection.Thing.ThingName',
    )
  }
  if (
    variable.statement.statement.effect === 'Deny' &&
    key.source !== 'connection' &&
    key.source !== 'request' &&
    !variable.hasDefault
  ) {
    return say(
      'VARIABLE_IN_DENY',
      'info',
      `Where \${${name}} stands for nothing, as for a connection without ${WITHOUT[key.source] ?? 'it'}, this denies nothing.`,
    )
  }
  return []
}

const WITHOUT: Partial<Record<PolicyKey['source'], string>> = {
  thing: 'a thing',
  certificate: 'a certificate or this field in it',
  cognito: 'a Cognito identity',
}

const instead = ({ place, written, at, length }: WrittenVariable, name: string) => ({
  words: `Use \${${name}}`,
  edits: [replaceText(place, `${written.slice(0, at)}\${${name}}${written.slice(at + length)}`)],
})

/** Why a variable has no value for whatever the statement is about. */
function whyNoValue(
  look: PolicyLook,
  { statement, name }: WrittenVariable,
  { source }: PolicyKey,
): { code: PolicyFindingCode; words: string; better?: string } | undefined {
  if (source === 'role') {
    return {
      code: 'VARIABLE_DOOR',
      words: `${name} has a value only in IAM policies of the role that a role alias names, not in policies of AWS IoT.`,
      ...(/thingname$/i.test(name) && { better: 'iot:Connection.Thing.ThingName' }),
    }
  }
  const actions = actionsOfStatement(statement)
  const doors = new Set(actions.map(({ door }) => door))
  if ((source === 'thing' || source === 'connection') && doors.size === 1 && doors.has('https')) {
    return {
      code: 'VARIABLE_DOOR',
      words: `${name} has a value over MQTT only, and ${actions.map((each) => each.name).join(', ')} come over HTTPS, where there is no client id: nothing ever matches.`,
    }
  }
  if (source === 'connect' && !actions.some((each) => each.name === 'iot:Connect')) {
    return { code: 'VARIABLE_DOOR', words: `${name} has a value at a CONNECT only: nothing here ever matches.` }
  }
  const { principals } = look
  if (
    principals &&
    principals.length > 0 &&
    (source === 'certificate' || source === 'cognito') &&
    !principals.includes(source)
  ) {
    const has =
      source === 'certificate' ? 'a Cognito identity has no certificate' : 'a certificate is no Cognito identity'
    return {
      code: 'VARIABLE_PRINCIPAL',
      words: `${name} stands for nothing for whom this policy is attached to: ${has}.`,
    }
  }
  return undefined
}

/**
 * Whether topics are parted by a client id that everybody may choose (guide, "Basic AWS IoT Core policy variables").
 */
const isClientIdAsBoundary = (look: PolicyLook, { name, statement }: WrittenVariable): boolean =>
  contextKey(name).folded === 'iot:clientid' &&
  statement.isAllow &&
  !actionsOfStatement(statement).every((action) => action.name === 'iot:Connect') &&
  look.statements.some(leavesClientIdFree)

function lookalikes(look: PolicyLook, statement: StatementLook): PolicyFinding[] {
  return templatesOf(statement).flatMap(({ place, written }) => {
    const masked = written.replaceAll(VARIABLE, (variable) => ' '.repeat(variable.length))
    return [...masked.matchAll(LOOKALIKE)].map(({ 0: whole, 1: round, 2: curly, 3: bare, index }) => {
      const meant = `\${${round ?? curly ?? bare}}`
      const mended = written.slice(0, index) + meant + written.slice(index + whole.length)
      return finding(
        look,
        'VARIABLE_LOOKALIKE',
        'warning',
        place,
        `${whole} is text and no variable: variables are written as ${meant}.`,
        [{ words: `Use ${meant}`, edits: [replaceText(place, mended)] }],
        spanWithin(look, place, index, whole.length),
      )
    })
  })
}
