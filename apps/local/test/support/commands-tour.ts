import * as iot from '@aws-sdk/client-iot'
import * as jobsData from '@aws-sdk/client-iot-jobs-data-plane'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { Local } from '../../src/index.ts'

type Refusable = (call: Promise<unknown>) => Promise<void>

const ROLE = 'arn:aws:iam::123456789012:role/never-defined'
const TAGS = [{ Key: 'site', Value: 'north' }]
const NEXT = { nextToken: 'next' }
const CLIENT = 'arn:aws:iot:us-east-1:123456789012:client/meter-9'
const CLIENT_TOKEN = '11111111-2222-3333-4444-555555555555'

/** Not looked at by the handlers of commands, software packages and streams, and why. */
export const KNOWN_OF_COMMANDS: Readonly<Record<string, string>> = {
  'iot.CreateCommand mandatoryParameters.valueConditions.operand.string': 'kept, and compared as executions start',
  'iot.CreateCommand mandatoryParameters.valueConditions.operand.strings': 'kept, and compared as executions start',
  'iotJobsData.StartCommandExecution parameters.*': 'looked at by the keys of its map',
  'iot.CreatePackageVersion artifact.s3Location.version': 'kept, and shown as it is',
  'iot.UpdatePackageVersion artifact.s3Location.version': 'kept, and shown as it is',
  'iot.DeletePackage clientToken': 'deleting twice is deleting once',
  'iot.DeletePackageVersion clientToken': 'deleting twice is deleting once',
  'iot.DisassociateSbomFromPackageVersion clientToken': 'taking it away twice is doing so once',
  'iot.UpdatePackage clientToken': 'the same update twice is one',
  'iot.UpdatePackageVersion clientToken': 'the same update twice is one',
  'iot.UpdatePackageConfiguration clientToken': 'the same update twice is one',
}

/** Calls every operation of the three with all that it can be given. */
export async function tourOfCommands(sdk: Local['sdk'], refusable: Refusable): Promise<void> {
  const client = new iot.IoTClient({ ...sdk, maxAttempts: 1 })
  await tourOfExecutions(client, sdk, refusable)
  await tourOfPackages(client, refusable)
  await tourOfStreams(client, sdk, refusable)
  client.destroy()
}

async function tourOfExecutions(client: iot.IoTClient, sdk: Local['sdk'], refusable: Refusable): Promise<void> {
  const commandId = 'dim'
  const named = { commandId, displayName: 'Dim', description: 'Dims a lamp' }
  await refusable(client.send(new iot.CreateCommandCommand({ ...named, namespace: 'AWS-IoT', roleArn: ROLE })))
  const payload = { content: Buffer.from('{}'), contentType: 'application/json' }
  await client.send(new iot.CreateCommandCommand({ ...named, commandId: 'static', payload, tags: TAGS }))
  const operands: readonly (readonly [
    iot.CommandParameterType,
    iot.CommandParameterValue,
    iot.CommandParameterValueComparisonOperator,
    iot.CommandParameterValueComparisonOperand,
  ])[] = [
    ['STRING', { S: 'a' }, 'EQUALS', { string: 'a' }],
    ['STRING', { S: 'a' }, 'IN_SET', { strings: ['a'] }],
    ['INTEGER', { I: 1 }, 'EQUALS', { number: '1' }],
    ['LONG', { L: 1 }, 'IN_SET', { numbers: ['1'] }],
    ['DOUBLE', { D: 1 }, 'IN_RANGE', { numberRange: { min: '0', max: '2' } }],
    ['UNSIGNEDLONG', { UL: '1' }, 'LESS_THAN', { number: '2' }],
  ]
  const flags = {
    B: { type: 'BOOLEAN', value: { B: true } },
    BIN: { type: 'BINARY', value: { BIN: Buffer.of(1) } },
  } as const
  const mandatoryParameters: iot.CommandParameter[] = [
    ...operands.map(([type, value, comparisonOperator, operand], index) => ({
      ...{ name: `p${index}`, type, value, defaultValue: value, description: 'One of them' },
      valueConditions: [{ comparisonOperator, operand }],
    })),
    ...Object.values(flags).map((flag) => ({ ...flag, name: flag.type, defaultValue: flag.value })),
  ]
  const names = mandatoryParameters.map(({ name }) => `"\${aws:iot:commandexecution::parameter:${name}}"`)
  await client.send(
    new iot.CreateCommandCommand({
      ...named,
      payloadTemplate: `[${names.join(',')}]`,
      preprocessor: { awsJsonSubstitution: { outputFormat: 'CBOR' } },
      mandatoryParameters,
    }),
  )
  await client.send(new iot.GetCommandCommand({ commandId }))
  await client.send(new iot.UpdateCommandCommand({ ...named, deprecated: false }))
  const filters = { namespace: 'AWS-IoT', commandParameterName: 'p1', sortOrder: 'ASCENDING' } as const
  await client.send(new iot.ListCommandsCommand({ ...filters, maxResults: 10 }))
  await refusable(client.send(new iot.ListCommandsCommand(NEXT)))

  const jobs = new jobsData.IoTJobsDataPlaneClient({ ...sdk, maxAttempts: 1 })
  const commandArn = `arn:aws:iot:us-east-1:123456789012:command/${commandId}`
  const values = mandatoryParameters.map(({ name = '', defaultValue = {} }) => [name, defaultValue])
  const asked = { commandArn, targetArn: CLIENT, executionTimeoutSeconds: 60, clientToken: 'token' }
  const { executionId } = await jobs.send(
    new jobsData.StartCommandExecutionCommand({ ...asked, parameters: Object.fromEntries(values) }),
  )
  jobs.destroy()
  const execution = { executionId, targetArn: CLIENT }
  await client.send(new iot.GetCommandExecutionCommand({ ...execution, includeResult: true }))
  const span = { after: '2026-01-01T00:00', before: '2100-01-01T00:00' }
  const list = { namespace: 'AWS-IoT', status: 'CREATED', sortOrder: 'DESCENDING', maxResults: 10 } as const
  const send = (input: iot.ListCommandExecutionsCommandInput) =>
    client.send(new iot.ListCommandExecutionsCommand(input))
  await send({ ...list, commandArn, startedTimeFilter: span })
  await send({ ...list, targetArn: CLIENT, completedTimeFilter: span })
  await refusable(send({ targetArn: CLIENT, ...NEXT }))
  await refusable(client.send(new iot.DeleteCommandExecutionCommand(execution)))
  await client.send(new iot.DeleteCommandCommand({ commandId }))
}

async function tourOfPackages(client: iot.IoTClient, refusable: Refusable): Promise<void> {
  const [packageName, versionName, clientToken] = ['firmware', '1.0', CLIENT_TOKEN]
  const rest = { description: 'What pumps run', tags: { site: 'north' }, clientToken }
  await client.send(new iot.CreatePackageCommand({ packageName, ...rest }))
  const s3Location = { bucket: 'images', key: 'a.bin', version: '1' }
  const version = { attributes: { os: 'rtos' }, artifact: { s3Location }, recipe: '{}' }
  const named = { packageName, versionName }
  await client.send(new iot.CreatePackageVersionCommand({ ...named, ...rest, ...version }))
  const { description } = rest
  await client.send(
    new iot.UpdatePackageVersionCommand({ ...named, ...version, description, action: 'PUBLISH', clientToken }),
  )
  await client.send(new iot.GetPackageVersionCommand(named))
  const sbom = { s3Location: { ...s3Location, key: 'sbom.zip' } }
  await client.send(new iot.AssociateSbomWithPackageVersionCommand({ ...named, sbom, clientToken }))
  const results = { ...named, validationResult: 'FAILED', maxResults: 10 } as const
  await client.send(new iot.ListSbomValidationResultsCommand(results))
  await refusable(client.send(new iot.ListSbomValidationResultsCommand({ ...named, ...NEXT })))
  await client.send(new iot.DisassociateSbomFromPackageVersionCommand({ ...named, clientToken }))
  const update = { packageName, description, clientToken }
  await client.send(new iot.UpdatePackageCommand({ ...update, defaultVersionName: versionName }))
  await client.send(new iot.UpdatePackageCommand({ ...update, unsetDefaultVersion: true }))
  await client.send(new iot.GetPackageCommand({ packageName }))
  await client.send(new iot.ListPackagesCommand({ maxResults: 10 }))
  await refusable(client.send(new iot.ListPackagesCommand(NEXT)))
  await client.send(new iot.ListPackageVersionsCommand({ packageName, status: 'PUBLISHED', maxResults: 10 }))
  await refusable(client.send(new iot.ListPackageVersionsCommand({ packageName, ...NEXT })))
  await client.send(
    new iot.UpdatePackageConfigurationCommand({
      versionUpdateByJobsConfig: { enabled: true, roleArn: ROLE },
      clientToken,
    }),
  )
  await client.send(new iot.GetPackageConfigurationCommand({}))
  await client.send(new iot.DeletePackageVersionCommand({ ...named, clientToken }))
  await client.send(new iot.DeletePackageCommand({ packageName, clientToken }))
}

async function tourOfStreams(client: iot.IoTClient, sdk: Local['sdk'], refusable: Refusable): Promise<void> {
  const s3 = new S3Client({ ...sdk, forcePathStyle: true })
  const place = { bucket: 'tour-of-streams', key: 'image.bin' }
  await s3.send(new CreateBucketCommand({ Bucket: place.bucket }))
  await s3.send(new PutObjectCommand({ Bucket: place.bucket, Key: place.key, Body: 'image' }))
  s3.destroy()
  const files = (s3Location: iot.S3Location) => [{ fileId: 0, s3Location }]
  const stream = { streamId: 'image', description: 'An image', roleArn: ROLE, tags: TAGS }
  await refusable(client.send(new iot.CreateStreamCommand({ ...stream, files: files({ ...place, version: '1' }) })))
  await refusable(client.send(new iot.CreateStreamCommand({ ...stream, files: files(place) })))
  const { tags: _, ...update } = stream
  await refusable(client.send(new iot.UpdateStreamCommand({ ...update, files: files({ ...place, version: '1' }) })))
  await client.send(new iot.UpdateStreamCommand({ ...update, files: files(place) }))
  await client.send(new iot.DescribeStreamCommand(stream))
  await client.send(new iot.ListStreamsCommand({ maxResults: 10, ascendingOrder: true }))
  await refusable(client.send(new iot.ListStreamsCommand(NEXT)))
  await client.send(new iot.DeleteStreamCommand(stream))
}
