import type * as sdk from '@aws-sdk/client-lambda'
import type { Output } from '@thingdeck/aws-api'
import type { Account } from '../../foundation/account.ts'
import { functionArn } from './function-name.ts'
import type { FunctionAlias } from './function-table.ts'
import { type FunctionVersion, LATEST } from './function-version.ts'

type Configuration = Output<typeof sdk, 'GetFunctionConfiguration'>

/** A version as operations on functions answer it. @param qualifier under which it was asked for */
export function configurationOf(
  account: Account,
  version: FunctionVersion,
  qualifier = version.version === LATEST ? undefined : version.version,
) {
  const { environment, code } = version
  return {
    FunctionName: version.name,
    FunctionArn: functionArn(account, version.name, qualifier),
    // Checked as it was made: one of the enum.
    Runtime: version.runtime as Configuration['Runtime'],
    Role: version.role,
    Handler: version.handler,
    CodeSize: code.sizeBytes,
    Description: version.description,
    Timeout: version.timeoutSeconds,
    MemorySize: version.memoryMb,
    LastModified: new Date(version.modifiedAtMs).toISOString().replace('Z', '+0000'),
    CodeSha256: code.sha256,
    Version: version.version,
    ...(Object.keys(environment).length > 0 && { Environment: { Variables: environment } }),
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: version.revisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: [version.architecture as sdk.Architecture], // checked likewise
    EphemeralStorage: { Size: version.storageMb },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: version.logGroup },
  } satisfies Configuration
}

export function aliasOf(account: Account, functionName: string, alias: FunctionAlias) {
  const { name, functionVersion, description, weights, revisionId } = alias
  return {
    AliasArn: functionArn(account, functionName, name),
    Name: name,
    FunctionVersion: functionVersion,
    Description: description,
    RevisionId: revisionId,
    ...(Object.keys(weights).length > 0 && { RoutingConfig: { AdditionalVersionWeights: weights } }),
  } satisfies Output<typeof sdk, 'GetAlias'>
}
