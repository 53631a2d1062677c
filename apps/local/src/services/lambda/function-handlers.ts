import type * as sdk from '@aws-sdk/client-lambda'
import type { Call, Handlers, Input } from '@thingdeck/aws-api'
import type { Account } from '../../foundation/account.ts'
import type { Caller } from '../../foundation/caller.ts'
import { paginateByText } from '../../foundation/paging.ts'
import type { CodeSource } from './code-source.ts'
import { readConfiguration } from './function-input.ts'
import { parseFunctionName } from './function-name.ts'
import { configurationOf } from './function-output.ts'
import type { FunctionRoles } from './function-roles.ts'
import { type FunctionVersion, LATEST } from './function-version.ts'
import { invalidParameter, notHere } from './lambda-errors.ts'
import type { LambdaFunctions } from './lambda-functions.ts'
import type { Runtimes } from './runtimes.ts'

export interface FunctionHandlerParts {
  readonly account: Account
  readonly functions: LambdaFunctions
  readonly roles: FunctionRoles
  readonly runtimes: Runtimes
  readonly source: CodeSource
}

/** What a page holds where nobody says it. @see AWS Lambda API Reference, ListFunctions */
export const PAGE_SIZE = 50

/** The operations on functions themselves. */
export function functionHandlers(parts: FunctionHandlerParts) {
  const { account, functions, source } = parts
  return {
    CreateFunction: (input, call) => createFunction(parts, input, call),
    UpdateFunctionCode: async (input, { caller }) => {
      const { name } = functions.findNamed(input.FunctionName, LATEST)
      functions.mustBeOfCalls(name)
      if (input.PublishTo) throw notHere('publishing to LATEST_PUBLISHED (PublishTo)')
      const [architecture] = input.Architectures ?? []
      const options = { revisionId: input.RevisionId, publishes: input.Publish === true }
      return source.take(input, caller, (code) => {
        const change = { code, ...(architecture !== undefined && { architecture }) }
        const before = functions.find(name).version
        if (input.DryRun === true) return configurationOf(account, { ...before, ...change })
        return configurationOf(account, functions.update(name, change, options))
      })
    },
    UpdateFunctionConfiguration: async (input) => {
      const { name } = functions.findNamed(input.FunctionName, LATEST)
      const change = await readConfiguration(name, input, parts)
      return configurationOf(account, functions.update(name, change, { revisionId: input.RevisionId }))
    },
    GetFunction: ({ FunctionName, Qualifier }) => {
      const { name, version, qualifier } = functions.find(FunctionName, Qualifier)
      const { tags, reservedConcurrency } = functions.mustExist(name)
      return {
        Configuration: configurationOf(account, version, qualifier),
        Code: source.locationOf(version),
        ...(Object.keys(tags).length > 0 && { Tags: tags }),
        ...(reservedConcurrency !== undefined && {
          Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
        }),
      }
    },
    GetFunctionConfiguration: ({ FunctionName, Qualifier }) => {
      const { version, qualifier } = functions.find(FunctionName, Qualifier)
      return configurationOf(account, version, qualifier)
    },
    ListFunctions: (input) => listFunctions(parts, input),
    DeleteFunction: ({ FunctionName, Qualifier }) => {
      functions.delete(parseFunctionName(account, FunctionName, Qualifier))
      return { StatusCode: 204 }
    },
  } satisfies Handlers<typeof sdk, Caller>
}

async function createFunction(
  parts: FunctionHandlerParts,
  input: Input<typeof sdk, 'CreateFunction'>,
  { caller }: Call<Caller>,
) {
  const { account, functions, source } = parts
  const { name, qualifier } = parseFunctionName(account, input.FunctionName)
  if (qualifier !== undefined) throw invalidParameter(`A function is made without a version: ${name}`)
  const change = await readConfiguration(name, input, parts)
  functions.mustBeNew(name)
  const { runtime, handler } = change
  if (runtime === undefined || handler === undefined) {
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    )
  }
  const [architecture = 'x86_64'] = input.Architectures ?? []
  return source.take(input.Code, caller, (code) =>
    configurationOf(
      account,
      functions.create(
        {
          ...NEW,
          logGroup: `/aws/lambda/${name}`,
          ...change,
          name,
          runtime,
          handler,
          role: input.Role,
          architecture,
          code,
        },
        input.Tags ?? {},
        input.Publish === true,
      ),
    ),
  )
}

/** @see AWS Lambda API Reference, CreateFunction: defaults */
export const NEW = {
  description: '',
  timeoutSeconds: 3,
  memoryMb: 128,
  storageMb: 512,
  environment: {},
} satisfies Partial<FunctionVersion>

function listFunctions(
  { account, functions }: FunctionHandlerParts,
  { FunctionVersion, Marker, MaxItems = PAGE_SIZE, MasterRegion }: Input<typeof sdk, 'ListFunctions'>,
) {
  if (MasterRegion !== undefined && MasterRegion !== 'ALL' && MasterRegion !== account.region) return { Functions: [] }
  functions.refresh()
  const { table } = functions
  const page = paginateByText(
    { maxResults: Math.min(MaxItems, PAGE_SIZE), nextToken: Marker },
    'functions',
    (after, count) => table.names(after, count),
    (name) => name,
    () => invalidParameter('Marker is none of this list'),
  )
  const versions = page.items.flatMap((name) =>
    FunctionVersion === 'ALL' ? table.versions(name) : table.versions(name, -1, 1),
  )
  return {
    Functions: versions.map((version) =>
      configurationOf(account, version, FunctionVersion === 'ALL' ? version.version : undefined),
    ),
    NextMarker: page.nextToken,
  }
}
