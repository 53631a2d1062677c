import {
  CreateCommandCommand,
  type CreateCommandCommandInput,
  CreatePackageCommand,
  CreatePackageVersionCommand,
  type IoTClient,
  UpdatePackageCommand,
  UpdatePackageVersionCommand,
} from '@aws-sdk/client-iot'

const LEVEL = '${aws:iot:commandexecution::parameter:brightness}'

/** What operators can ask of the sample devices. */
const COMMANDS: readonly CreateCommandCommandInput[] = [
  {
    commandId: 'restart',
    displayName: 'Restart',
    description: 'Restarts a device, which takes some seconds.',
    payload: { content: new TextEncoder().encode('{"command":"restart"}'), contentType: 'application/json' },
  },
  {
    commandId: 'set-brightness',
    displayName: 'Set brightness',
    description: 'Dims a street lamp.',
    payloadTemplate: `{"command":"set-brightness","brightness":"${LEVEL}"}`,
    preprocessor: { awsJsonSubstitution: { outputFormat: 'JSON' } },
    mandatoryParameters: [
      {
        name: 'brightness',
        type: 'INTEGER',
        description: 'In per cent of all the light there is.',
        defaultValue: { I: 60 },
        valueConditions: [{ comparisonOperator: 'IN_RANGE', operand: { numberRange: { min: '0', max: '100' } } }],
      },
    ],
  },
]

const PACKAGE = { packageName: 'pump-firmware', description: 'What pumps run.' }
/** The last one is the default. */
const VERSIONS = ['4.0.3', '5.0.0'] as const

/** Makes commands and a software package for the sample devices, those that are not there yet. */
export async function provisionCatalog(iot: IoTClient): Promise<void> {
  for (const command of COMMANDS) await isMade(iot.send(new CreateCommandCommand(command)))
  await isMade(iot.send(new CreatePackageCommand(PACKAGE)))
  const { packageName } = PACKAGE
  for (const versionName of VERSIONS) {
    const attributes = { platform: 'PX-9', release: versionName }
    if (!(await isMade(iot.send(new CreatePackageVersionCommand({ packageName, versionName, attributes }))))) continue
    await iot.send(new UpdatePackageVersionCommand({ packageName, versionName, action: 'PUBLISH' }))
    await iot.send(new UpdatePackageCommand({ packageName, defaultVersionName: versionName }))
  }
}

/** Whether something was made that had not been there. */
async function isMade(creation: Promise<unknown>): Promise<boolean> {
  try {
    await creation
    return true
  } catch (error) {
    if (error instanceof Error && error.name === 'ConflictException') return false
    throw error
  }
}
