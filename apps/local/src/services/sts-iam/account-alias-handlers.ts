import type * as sdk from '@aws-sdk/client-iam'
import type { Handlers } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { noSuchEntity } from './iam-errors.ts'
import { listPage } from './list-page.ts'

const STEPS = ['CREATE TABLE iam_account_alias (alias TEXT NOT NULL) STRICT']

/**
 * The account's alias, a name for people: there is at most one, and a new one takes the place of the one before.
 * @see IAM user guide, "Your AWS account ID and its alias"
 */
export function accountAliasHandlers({ database }: LocalContext) {
  database.migrate('iam-account-alias', STEPS)
  const current = () => database.get<{ readonly alias: string }>('SELECT alias FROM iam_account_alias')?.alias
  return {
    CreateAccountAlias: ({ AccountAlias }) => {
      database.run('DELETE FROM iam_account_alias')
      database.run('INSERT INTO iam_account_alias VALUES (?)', AccountAlias)
      return {}
    },
    DeleteAccountAlias: ({ AccountAlias }) => {
      if (current() !== AccountAlias) throw noSuchEntity(`The account alias ${AccountAlias} cannot be found.`)
      database.run('DELETE FROM iam_account_alias')
      return {}
    },
    ListAccountAliases: (request) => {
      const alias = current()
      const { items, ...page } = listPage('aliases', alias === undefined ? [] : [alias], String, request)
      return { ...page, AccountAliases: items }
    },
  } satisfies Handlers<typeof sdk, Caller>
}
