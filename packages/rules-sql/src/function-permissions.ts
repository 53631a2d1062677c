import type { RulePermission, RuleRoleAction } from './action-permissions.ts'
import { parseStatement } from './parse.ts'
import { arnOf, type RuleHome } from './rule-home.ts'
import { childrenOf, type Expression, rootsOf, type Statement } from './syntax.ts'

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
  let statement: Statement
  try {
    statement = parseStatement(sql)
  } catch {
    return []
  }
  const expressions = rootsOf(statement).flatMap(allIn)
  return expressions.flatMap((expression) => {
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
  })
}

/** The expression itself, and all within it. */
const allIn = (expression: Expression): readonly Expression[] => [expression, ...childrenOf(expression).flatMap(allIn)]
