import type * as sdk from '@aws-sdk/client-lambda'
import type { Input } from '@thingdeck/aws-api'
import type { FunctionRoles } from './function-roles.ts'
import type { FunctionVersion } from './function-version.ts'
import { invalidParameter, notHere } from './lambda-errors.ts'
import type { Runtimes } from './runtimes.ts'

type Create = Input<typeof sdk, 'CreateFunction'>
type Configure = Input<typeof sdk, 'UpdateFunctionConfiguration'>

const MAX_TIMEOUT_SECONDS = 900
/** "Environment variables: 4 KB". @see AWS Lambda developer guide, "Lambda quotas" */
const MAX_ENVIRONMENT_BYTES = 4_096

/** @see AWS Lambda developer guide, "Defined runtime environment variables" */
const RESERVED_VARIABLES: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
])

/** What a caller may say of a function beside its code. */
export type FunctionChange = Partial<
  Pick<
    FunctionVersion,
    | 'runtime'
    | 'handler'
    | 'role'
    | 'description'
    | 'timeoutSeconds'
    | 'memoryMb'
    | 'storageMb'
    | 'environment'
    | 'logGroup'
  >
>

/**
 * Reads what CreateFunction and UpdateFunctionConfiguration have in common.
 * @throws {AwsError} InvalidParameterValueException, also for what this server does not do
 */
export async function readConfiguration(
  name: string,
  input: Create | Configure,
  { roles, runtimes }: { readonly roles: FunctionRoles; readonly runtimes: Runtimes },
): Promise<FunctionChange> {
  refuseWhatIsNotHere(input)
  const { Runtime, Handler, Role, Description, Timeout, MemorySize, EphemeralStorage, Environment } = input
  if (Runtime !== undefined) {
    const whyNot = await runtimes.whyNot(Runtime)
    if (whyNot !== undefined) throw invalidParameter(whyNot)
  }
  if (Role !== undefined) roles.check(Role)
  if (Timeout !== undefined && Timeout > MAX_TIMEOUT_SECONDS) {
    throw invalidParameter(
      `1 validation error detected: Value '${Timeout}' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to ${MAX_TIMEOUT_SECONDS}`,
    )
  }
  return {
    ...(Runtime !== undefined && { runtime: Runtime }),
    ...(Handler !== undefined && { handler: Handler }),
    ...(Role !== undefined && { role: Role }),
    ...(Description !== undefined && { description: Description }),
    ...(Timeout !== undefined && { timeoutSeconds: Timeout }),
    ...(MemorySize !== undefined && { memoryMb: MemorySize }),
    ...(EphemeralStorage?.Size !== undefined && { storageMb: EphemeralStorage.Size }),
    ...(Environment && { environment: readEnvironment(Environment.Variables ?? {}) }),
    ...readLogging(input.LoggingConfig, name),
  }
}

function readLogging(logging: Create['LoggingConfig'], functionName: string): { readonly logGroup?: string } {
  if (!logging) return {}
  if (logging.LogFormat === 'JSON' || logging.ApplicationLogLevel || logging.SystemLogLevel) {
    throw notHere('logs of functions in JSON, nor levels of them: LogFormat is Text')
  }
  return { logGroup: logging.LogGroup ?? `/aws/lambda/${functionName}` }
}

function readEnvironment(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const reserved = Object.keys(variables).filter((name) => RESERVED_VARIABLES.has(name))
  if (reserved.length > 0) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    )
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > MAX_ENVIRONMENT_BYTES) {
    throw invalidParameter(
      'Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.',
    )
  }
  return variables
}

/** What AWS has and this server has not, unless it is said to be off. */
function refuseWhatIsNotHere(input: Create | Configure): void {
  const { VpcConfig, DeadLetterConfig, TracingConfig, Layers, FileSystemConfigs, SnapStart } = input
  if (VpcConfig?.SubnetIds?.length || VpcConfig?.SecurityGroupIds?.length)
    throw notHere('VPC for functions (VpcConfig)')
  if (DeadLetterConfig?.TargetArn) throw notHere('dead-letter queues of functions (DeadLetterConfig)')
  if (TracingConfig?.Mode === 'Active') throw notHere('X-Ray (TracingConfig): Mode is PassThrough')
  if (Layers?.length) throw notHere('layers (Layers): put what is in them into the .zip file')
  if (FileSystemConfigs?.length) throw notHere('file systems for functions (FileSystemConfigs)')
  if (SnapStart?.ApplyOn === 'PublishedVersions') throw notHere('SnapStart: ApplyOn is None')
  if (input.ImageConfig) throw notHere('functions from images (ImageConfig): they come in .zip files')
  if (input.KMSKeyArn) throw notHere('KMS (KMSKeyArn)')
  if (input.CapacityProviderConfig) throw notHere('capacity providers (CapacityProviderConfig)')
  if (input.DurableConfig) throw notHere('durable functions (DurableConfig)')
  if ('TenancyConfig' in input && input.TenancyConfig) throw notHere('tenants of functions (TenancyConfig)')
  if ('CodeSigningConfigArn' in input && input.CodeSigningConfigArn) {
    throw notHere('signing of code (CodeSigningConfigArn)')
  }
  if ('PublishTo' in input && input.PublishTo) throw notHere('publishing to LATEST_PUBLISHED (PublishTo)')
  if ('PackageType' in input && input.PackageType === 'Image') {
    throw notHere('functions from images (PackageType): they come in .zip files')
  }
}
