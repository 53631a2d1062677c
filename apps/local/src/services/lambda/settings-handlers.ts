import type * as sdk from '@aws-sdk/client-lambda'
import type { Handlers, Input } from '@thingdeck/aws-api'
import type { Account } from '../../foundation/account.ts'
import type { Caller } from '../../foundation/caller.ts'
import { functionArn, parseFunctionName } from './function-name.ts'
import type { EventInvokeSettings } from './function-table.ts'
import { LATEST } from './function-version.ts'
import { invalidParameter, notFound, notHere } from './lambda-errors.ts'
import type { LambdaFunctions } from './lambda-functions.ts'
import { MAX_PROCESSES } from './process-pool.ts'

const MAX_TAGS = 50
const GIBIBYTE = 1024 ** 3

type Put = Input<typeof sdk, 'PutFunctionEventInvokeConfig'>

/** Tags, how events are tried again, and how many may run at once: what is so of a function whatever its code. */
export function settingsHandlers(account: Account, functions: LambdaFunctions) {
  const { table } = functions
  const tagged = (arn: string) => {
    const { name, qualifier } = parseFunctionName(account, arn)
    if (!arn.startsWith('arn:') || qualifier !== undefined) {
      throw invalidParameter(`Tags are of a function, by its ARN without a version: ${arn} is none`)
    }
    return { name, settings: functions.mustExist(name) }
  }
  const putEventInvoke = (input: Put, keeps: boolean) => {
    const { FunctionName, Qualifier, DestinationConfig, MaximumRetryAttempts, MaximumEventAgeInSeconds } = input
    if (DestinationConfig?.OnFailure?.Destination || DestinationConfig?.OnSuccess?.Destination) {
      throw notHere('destinations of asynchronous invocations (DestinationConfig)')
    }
    const { name, qualifier = LATEST } = functions.find(FunctionName, Qualifier)
    const settings = functions.mustExist(name)
    const before = keeps ? settings.eventInvoke[qualifier] : undefined
    const put: EventInvokeSettings = {
      maxRetries: MaximumRetryAttempts ?? before?.maxRetries,
      maxAgeSeconds: MaximumEventAgeInSeconds ?? before?.maxAgeSeconds,
      modifiedAtMs: functions.now(),
    }
    table.putSettings(name, { ...settings, eventInvoke: { ...settings.eventInvoke, [qualifier]: put } })
    return eventInvokeOf(account, name, qualifier, put)
  }
  return {
    TagResource: ({ Resource, Tags }) => {
      const { name, settings } = tagged(Resource)
      const tags = { ...settings.tags, ...Tags }
      if (Object.keys(tags).length > MAX_TAGS) throw invalidParameter(`A function can have ${MAX_TAGS} tags at most`)
      table.putSettings(name, { ...settings, tags })
      return {}
    },
    UntagResource: ({ Resource, TagKeys }) => {
      const { name, settings } = tagged(Resource)
      const tags = Object.fromEntries(Object.entries(settings.tags).filter(([key]) => !TagKeys.includes(key)))
      table.putSettings(name, { ...settings, tags })
      return {}
    },
    ListTags: ({ Resource }) => ({ Tags: tagged(Resource).settings.tags }),
    PutFunctionEventInvokeConfig: (input) => putEventInvoke(input, false),
    UpdateFunctionEventInvokeConfig: (input) => putEventInvoke(input, true),
    GetFunctionEventInvokeConfig: ({ FunctionName, Qualifier }) => {
      const { name, qualifier = LATEST, arn } = functions.find(FunctionName, Qualifier)
      const found = functions.mustExist(name).eventInvoke[qualifier]
      if (!found) throw notFound(`The function ${arn} doesn't have an EventInvokeConfig`)
      return eventInvokeOf(account, name, qualifier, found)
    },
    DeleteFunctionEventInvokeConfig: ({ FunctionName, Qualifier }) => {
      const { name, qualifier = LATEST, arn } = functions.find(FunctionName, Qualifier)
      const { eventInvoke, ...settings } = functions.mustExist(name)
      const { [qualifier]: found, ...rest } = eventInvoke
      if (!found) throw notFound(`The function ${arn} doesn't have an EventInvokeConfig`)
      table.putSettings(name, { ...settings, eventInvoke: rest })
      return {}
    },
    /** No code is signed here, which AWS says by an empty answer. Terraform asks it of every function. */
    GetFunctionCodeSigningConfig: ({ FunctionName }) => {
      functions.findNamed(FunctionName)
      return { CodeSigningConfigArn: undefined, FunctionName: undefined }
    },
    PutFunctionConcurrency: ({ FunctionName, ReservedConcurrentExecutions }) => {
      const { name } = functions.findNamed(FunctionName)
      table.putSettings(name, {
        ...functions.mustExist(name),
        reservedConcurrency: ReservedConcurrentExecutions,
      })
      return { ReservedConcurrentExecutions }
    },
    GetFunctionConcurrency: ({ FunctionName }) => {
      const { reservedConcurrency } = functions.mustExist(functions.findNamed(FunctionName).name)
      return { ReservedConcurrentExecutions: reservedConcurrency }
    },
    DeleteFunctionConcurrency: ({ FunctionName }) => {
      const { name } = functions.findNamed(FunctionName)
      const { reservedConcurrency, ...settings } = functions.mustExist(name)
      table.putSettings(name, settings)
      return {}
    },
    GetAccountSettings: () => {
      functions.refresh()
      const versions = table.allVersions()
      const sizes = new Map(versions.map(({ code }) => [code.sha256, code.sizeBytes]))
      return {
        AccountLimit: {
          TotalCodeSize: 75 * GIBIBYTE,
          CodeSizeUnzipped: 262_144_000,
          CodeSizeZipped: 52_428_800,
          ConcurrentExecutions: MAX_PROCESSES,
          UnreservedConcurrentExecutions: MAX_PROCESSES,
        },
        AccountUsage: {
          TotalCodeSize: sizes.values().reduce((sum, size) => sum + size, 0),
          FunctionCount: new Set(versions.map(({ name }) => name)).size,
        },
      }
    },
  } satisfies Handlers<typeof sdk, Caller>
}

function eventInvokeOf(account: Account, name: string, qualifier: string, settings: EventInvokeSettings) {
  return {
    LastModified: new Date(settings.modifiedAtMs),
    FunctionArn: functionArn(account, name, qualifier),
    MaximumRetryAttempts: settings.maxRetries,
    MaximumEventAgeInSeconds: settings.maxAgeSeconds,
    DestinationConfig: { OnSuccess: {}, OnFailure: {} },
  }
}
