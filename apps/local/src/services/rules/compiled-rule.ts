import { AwsError } from '@thingdeck/aws-api'
import { InvalidAction } from '@thingdeck/rule-actions'
import {
  compileRule as compileSql,
  compileTemplate,
  DEFAULT_SQL_VERSION,
  fieldsOf,
  type Rule as RuleSql,
  SQL_VERSIONS,
  SqlError,
  type SqlVersion,
} from '@thingdeck/rules-sql'
import { type Account, homeOf } from '../../foundation/account.ts'
import { invalidRequest } from '../../foundation/errors.ts'
import type { ActionOptions, CompiledAction } from './actions/action.ts'
import { readAction } from './check-rule.ts'
import type { ActionName, RulePayload } from './rule-table.ts'

/** A rule that is ready to be run. */
export interface CompiledRule {
  readonly name: string
  readonly sql: RuleSql
  /** Whether the SQL looks at members of the payload, which is to be JSON then. */
  readonly readsMembers: boolean
  readonly actions: readonly CompiledAction[]
  readonly errorAction: CompiledAction | undefined
}

/** Makes an action of what it is told; `settings` are that action's member of `Action`. */
export type CompileAction = (name: ActionName, settings: object, options: ActionOptions) => CompiledAction

/**
 * Compiles a rule with its actions.
 * @throws {AwsError} SqlParseException with line and column; InvalidRequestException for an action that cannot be
 */
export function compileRule(
  account: Account,
  name: string,
  payload: RulePayload,
  compileAction: CompileAction,
): CompiledRule {
  const sqlVersion = readVersion(payload.awsIotSqlVersion)
  const sql = inSql('sql', () => compileSql(payload.sql, { sqlVersion }))
  const variables = sql.statement.variables.map((variable) => variable.name)
  const compile = (action: RulePayload['actions'][number], place: string, isErrorAction = false): CompiledAction => {
    const { name: actionName, settings } = readAction(action, place)
    const where = `${place}.${actionName}`
    return asRequest(() =>
      compileAction(actionName, settings, {
        account,
        home: homeOf(account),
        ruleName: name,
        sqlVersion,
        place: where,
        isErrorAction,
        template: (member, text) => inSql(`${where}.${member}`, () => compileTemplate(text, { sqlVersion, variables })),
      }),
    )
  }
  return {
    name,
    sql,
    readsMembers: !fieldsOf(sql.statement).next().done,
    actions: payload.actions.map((action, index) => compile(action, `actions[${index}]`)),
    errorAction: payload.errorAction && compile(payload.errorAction, 'errorAction', true),
  }
}

function readVersion(version: string | undefined): SqlVersion {
  if (version === undefined) return DEFAULT_SQL_VERSION
  const known = SQL_VERSIONS.find((each) => each === version)
  if (known === undefined) {
    throw invalidRequest(`awsIotSqlVersion ${version} is none: it is one of ${SQL_VERSIONS.join(', ')}`)
  }
  return known
}

function inSql<Made>(place: string, make: () => Made): Made {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    throw new AwsError('SqlParseException', `${place}: ${error.message}`)
  }
}

/** What cannot be is the asker's fault. */
function asRequest<Made>(make: () => Made): Made {
  try {
    return make()
  } catch (error) {
    throw error instanceof InvalidAction ? invalidRequest(error.message) : error
  }
}
