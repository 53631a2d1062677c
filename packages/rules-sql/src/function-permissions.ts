import type { RulePermission, RuleRoleAction } from './action-permissions.ts'
import { parseExpression, parseStatement } from './parse.ts'
import { arnOf, type RuleHome } from './rule-home.ts'
import { childrenOf, type Expression, rootsOf, type Statement } from './syntax.ts'
import { splitTemplate } from './template.ts'

/** What a function of the SQL needs of the role that it is told. */
export interface FunctionNeed extends RulePermission {
  /** As it is spelt in the reference. */
  readonly function: string
  readonly roleArn: string
}

/**
 * What functions of a statement need of the roles that they name, as far as they say so by constants: a table or a
 * thing that depends on the message is `*`. A statement that is none needs nothing.
 * @see AWS IoT developer guide, "Functions", those that call other services
 */
export function functionPermissions(sql: string, home: RuleHome): readonly FunctionNeed[] {
  return expressionsIn(sql).flatMap((expression) => needsOf(expression, home))
}

/** The functions of Lambda that a statement calls by constants: they have to let AWS IoT do so. */
export const invokedFunctions = (sql: string): readonly string[] =>
  expressionsIn(sql).flatMap((expression) => {
    if (expression.kind !== 'call' || expression.name.toLowerCase() !== 'aws_lambda') return []
    const [functionArn] = expression.args
    return functionArn?.kind === 'string' ? [functionArn.text] : []
  })

/** All expressions of a statement; none of one that cannot be read. */
function expressionsIn(sql: string): readonly Expression[] {
  let statement: Statement
  try {
    statement = parseStatement(sql)
  } catch {
    return []
  }
  return rootsOf(statement).flatMap(allIn)
}

/**
 * The same of a text with substitution templates, as actions have it: `${get_secret('kafka', …)}`. A text that is none
 * needs nothing.
 */
export function templatePermissions(text: string, home: RuleHome): readonly FunctionNeed[] {
  if (!text.includes('${')) return []
  try {
    return splitTemplate(text).flatMap((piece) =>
      typeof piece === 'string'
        ? []
        : allIn(parseExpression(text.slice(0, piece.to), piece.from)).flatMap((each) => needsOf(each, home)),
    )
  } catch {
    return []
  }
}

/** What one call needs. */
function needsOf(expression: Expression, home: RuleHome): readonly FunctionNeed[] {
  if (expression.kind !== 'call') return []
  const { name, args } = expression
  const texts = args.map((argument) => (argument.kind === 'string' ? argument.text : '*'))
  const [first = '*', second = '*'] = texts
  const role = (name.toLowerCase() === 'machinelearning_predict' ? texts[1] : texts.at(-1)) ?? ''
  if (!role.startsWith('arn:')) return []
  const need = (called: string, action: RuleRoleAction, resource: string): FunctionNeed[] => [
    { function: called, action, resource, roleArn: role },
  ]
  switch (name.toLowerCase()) {
    case 'get_dynamodb':
      return need('get_dynamodb', 'dynamodb:GetItem', arnOf(home, 'dynamodb', `table/${first}`))
    case 'get_thing_shadow':
      return need(
        'get_thing_shadow',
        'iot:GetThingShadow',
        arnOf(home, 'iot', `thing/${first}${args.length > 2 ? `/${second}` : ''}`),
      )
    case 'get_registry_data':
      return need(
        'get_registry_data',
        first === 'ListThingGroupsForThing' ? 'iot:ListThingGroupsForThing' : 'iot:DescribeThing',
        arnOf(home, 'iot', `thing/${second}`),
      )
    case 'get_secret':
      return need(
        'get_secret',
        'secretsmanager:GetSecretValue',
        first.startsWith('arn:') ? first : arnOf(home, 'secretsmanager', `secret:${first}*`),
      )
    case 'machinelearning_predict':
      return need('machinelearning_predict', 'machinelearning:Predict', '*')
    default:
      return []
  }
}

/** The expression itself, and all within it. */
const allIn = (expression: Expression): readonly Expression[] => [expression, ...childrenOf(expression).flatMap(allIn)]
