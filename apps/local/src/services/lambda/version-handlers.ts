import { randomUUID } from 'node:crypto'
import type * as sdk from '@aws-sdk/client-lambda'
import type { Handlers } from '@thingdeck/aws-api'
import type { Account } from '../../foundation/account.ts'
import type { Caller } from '../../foundation/caller.ts'
import { paginate, paginateByText } from '../../foundation/paging.ts'
import { PAGE_SIZE } from './function-handlers.ts'
import { aliasOf, configurationOf } from './function-output.ts'
import type { FunctionAlias } from './function-table.ts'
import { LATEST } from './function-version.ts'
import { conflict, functionNotFound, invalidParameter, notFound, notHere } from './lambda-errors.ts'
import { checkRevision, type LambdaFunctions } from './lambda-functions.ts'

const invalidMarker = () => invalidParameter('Marker is none of this list')

/** The operations on versions and aliases. */
export function versionHandlers(account: Account, functions: LambdaFunctions) {
  const { table } = functions
  const mustHaveVersion = (name: string, version: string) => {
    if (!table.version(name, version)) throw functionNotFound(functions.arn(name, version))
  }
  const mustFindAlias = (name: string, alias: string): FunctionAlias => {
    functions.mustExist(name)
    const found = table.alias(name, alias)
    if (!found) throw notFound(`Cannot find alias arn: ${functions.arn(name, alias)}`)
    return found
  }
  const nameOf = (text: string) => functions.findNamed(text).name
  const weightsOf = (name: string, main: string, weights: Readonly<Record<string, number>> = {}) => {
    const versions = Object.keys(weights)
    for (const version of versions) mustHaveVersion(name, version)
    if (versions.length > 1) throw invalidParameter('An alias has one version beside its own at most')
    if (versions.length > 0 && (main === LATEST || versions.includes(main))) {
      throw invalidParameter('The versions of an alias with weights are two published ones')
    }
    return weights
  }
  return {
    PublishVersion: ({ FunctionName, CodeSha256, Description, RevisionId, PublishTo }) => {
      if (PublishTo) throw notHere('publishing to LATEST_PUBLISHED (PublishTo)')
      const expected = { revisionId: RevisionId, codeSha256: CodeSha256 }
      return configurationOf(account, functions.publish(nameOf(FunctionName), expected, Description))
    },
    ListVersionsByFunction: ({ FunctionName, Marker, MaxItems = PAGE_SIZE }) => {
      const name = nameOf(FunctionName)
      const page = paginate(
        { maxResults: Math.min(MaxItems, PAGE_SIZE), nextToken: Marker },
        `versions of ${name}`,
        [-1],
        ([after]: readonly [number], count) => table.versions(name, after, count),
        ({ version }) => [version === LATEST ? 0 : Number(version)],
        invalidMarker,
      )
      return {
        Versions: page.items.map((version) => configurationOf(account, version, version.version)),
        NextMarker: page.nextToken,
      }
    },
    CreateAlias: ({ FunctionName, Name, FunctionVersion, Description = '', RoutingConfig }) => {
      const name = nameOf(FunctionName)
      mustHaveVersion(name, FunctionVersion)
      if (table.alias(name, Name)) throw conflict(`Alias already exists: ${functions.arn(name, Name)}`)
      const alias = {
        name: Name,
        functionVersion: FunctionVersion,
        description: Description,
        weights: weightsOf(name, FunctionVersion, RoutingConfig?.AdditionalVersionWeights),
        revisionId: randomUUID(),
      }
      table.putAlias(name, alias)
      return aliasOf(account, name, alias)
    },
    UpdateAlias: ({ FunctionName, Name, FunctionVersion, Description, RoutingConfig, RevisionId }) => {
      const name = nameOf(FunctionName)
      const before = mustFindAlias(name, Name)
      checkRevision(before, RevisionId)
      const functionVersion = FunctionVersion ?? before.functionVersion
      mustHaveVersion(name, functionVersion)
      const weights = RoutingConfig ? RoutingConfig.AdditionalVersionWeights : before.weights
      const alias = {
        ...before,
        functionVersion,
        description: Description ?? before.description,
        weights: weightsOf(name, functionVersion, weights),
        revisionId: randomUUID(),
      }
      table.putAlias(name, alias)
      return aliasOf(account, name, alias)
    },
    GetAlias: ({ FunctionName, Name }) => {
      const name = nameOf(FunctionName)
      return aliasOf(account, name, mustFindAlias(name, Name))
    },
    ListAliases: ({ FunctionName, FunctionVersion, Marker, MaxItems = PAGE_SIZE }) => {
      const name = nameOf(FunctionName)
      const page = paginateByText(
        { maxResults: Math.min(MaxItems, PAGE_SIZE), nextToken: Marker },
        `aliases of ${name}`,
        (after, count) => table.aliases(name, after, count),
        (alias) => alias.name,
        invalidMarker,
      )
      const meant = page.items.filter(
        ({ functionVersion }) => FunctionVersion === undefined || functionVersion === FunctionVersion,
      )
      return { Aliases: meant.map((alias) => aliasOf(account, name, alias)), NextMarker: page.nextToken }
    },
    DeleteAlias: ({ FunctionName, Name }) => {
      table.removeAlias(nameOf(FunctionName), Name) // there or not, as in AWS
      return {}
    },
  } satisfies Handlers<typeof sdk, Caller>
}
