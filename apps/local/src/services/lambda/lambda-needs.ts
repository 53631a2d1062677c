import type * as sdk from '@aws-sdk/client-lambda'
import type { NeedsOf } from '../../foundation/control-plane-needs.ts'
import { readsFile } from '../../foundation/own-file.ts'
import { functionResource } from './function-name.ts'

interface Named {
  readonly FunctionName: string
  readonly Qualifier?: string | undefined
}

const named = ({ FunctionName }: Named) => ({ resources: [withoutQualifier(functionResource(FunctionName))] })
/** AWS asks about the version or the alias where one is said. */
const qualified = ({ FunctionName, Qualifier }: Named) => ({ resources: [functionResource(FunctionName, Qualifier)] })
const passing = ({ FunctionName, Role }: Named & { readonly Role?: string | undefined }) => ({
  ...named({ FunctionName }),
  ...(Role !== undefined && { passedRoles: [Role], passedTo: 'lambda.amazonaws.com' }),
})
interface Code {
  readonly S3Bucket?: string | undefined
  readonly S3Key?: string | undefined
}
/** "Lambda needs s3:GetObject of whoever calls": also where an endpoint of the environment has credentials of its own. */
const reading = ({ S3Bucket, S3Key }: Code = {}) => readsFile({ bucket: S3Bucket, key: S3Key })

const tagged = ({ Resource }: { readonly Resource: string }) => ({ resources: [functionResource(Resource)] })
const everything = () => ({ resources: [] })

const withoutQualifier = (resource: string): string => resource.split(':').slice(0, 2).join(':')

/** Service Authorization Reference, "Actions, resources, and condition keys for AWS Lambda". */
export const lambdaNeeds: NeedsOf<typeof sdk> = {
  CreateFunction: (input) => ({ ...passing(input), ...reading(input.Code) }),
  UpdateFunctionCode: (input) => ({ ...named(input), ...reading(input) }),
  UpdateFunctionConfiguration: passing,
  GetFunction: qualified,
  GetFunctionConfiguration: qualified,
  ListFunctions: everything,
  DeleteFunction: qualified,
  PublishVersion: named,
  ListVersionsByFunction: named,
  CreateAlias: named,
  UpdateAlias: named,
  GetAlias: named,
  ListAliases: named,
  DeleteAlias: named,
  TagResource: tagged,
  UntagResource: tagged,
  ListTags: tagged,
  PutFunctionEventInvokeConfig: qualified,
  UpdateFunctionEventInvokeConfig: qualified,
  GetFunctionEventInvokeConfig: qualified,
  DeleteFunctionEventInvokeConfig: qualified,
  GetFunctionCodeSigningConfig: named,
  PutFunctionConcurrency: named,
  GetFunctionConcurrency: named,
  DeleteFunctionConcurrency: named,
  GetAccountSettings: everything,
  AddPermission: qualified,
  RemovePermission: qualified,
  GetPolicy: qualified,
  Invoke: (input) => ({ ...qualified(input), action: 'InvokeFunction' }),
}
