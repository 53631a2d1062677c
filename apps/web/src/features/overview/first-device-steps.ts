import type { DeviceEndpoint, Session } from '@thingdeck/contract'
import { shellWord } from '../../shared/text/shell-word.ts'

/** What the first device is called, as thing and as client; its topic is `dt/NAME`. */
const FIRST_THING = 'my-first-device'
export const FIRST_TOPIC = `dt/${FIRST_THING}`

export interface FirstDeviceStep {
  readonly title: string
  /** For a POSIX shell. */
  readonly commands: string
}

type Place = Pick<Session, 'account'> & DeviceEndpoint

/** From nothing to a device that connects with a certificate and publishes, in commands of the AWS CLI and mosquitto. */
export function firstDeviceSteps(place: Place): readonly FirstDeviceStep[] {
  const { host, port, rootCaUrl, region, awsEndpointUrl } = place
  return [
    {
      title: 'Say which account and region',
      commands: [
        `export AWS_REGION=${shellWord(region)} AWS_DEFAULT_REGION=${shellWord(region)}`,
        ...(awsEndpointUrl === undefined
          ? []
          : [
              `export AWS_ENDPOINT_URL=${shellWord(awsEndpointUrl)}`,
              'export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local  # or those of this endpoint',
            ]),
      ].join('\n'),
    },
    {
      title: 'Register a thing, with a certificate and what it may do',
      commands: [
        `aws iot create-thing --thing-name ${FIRST_THING}`,
        'aws iot create-keys-and-certificate --set-as-active --certificate-pem-outfile cert.pem \\',
        '  --private-key-outfile key.pem --query certificateArn --output text > certificate.arn',
        `aws iot create-policy --policy-name ${FIRST_THING} --policy-document ${policyWord(place)}`,
        `aws iot attach-policy --policy-name ${FIRST_THING} --target "$(cat certificate.arn)"`,
        `aws iot attach-thing-principal --thing-name ${FIRST_THING} --principal "$(cat certificate.arn)"`,
      ].join('\n'),
    },
    {
      title: 'Connect and publish',
      commands: [
        `curl -s ${shellWord(rootCaUrl)} > root-ca.pem`,
        `mosquitto_pub -h ${shellWord(host)} -p ${port} --cafile root-ca.pem --cert cert.pem --key key.pem \\`,
        `  -i ${FIRST_THING} -t ${FIRST_TOPIC} -q 1 -m '{"hello":"world"}'`,
      ].join('\n'),
    },
  ]
}

/** The policy as one word of the shell, a line a statement. */
function policyWord(place: Place): string {
  const { Version, Statement } = policyOf(place)
  const statements = Statement.map((statement) => `    ${JSON.stringify(statement)}`).join(',\n')
  return shellWord(`{\n  "Version": ${JSON.stringify(Version)},\n  "Statement": [\n${statements}\n  ]\n}`)
}

/** It may connect as itself and publish on its topic: no more. */
function policyOf({ region, account }: Place) {
  const arn = `arn:aws:iot:${region}:${account}`
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'iot:Connect', Resource: `${arn}:client/${FIRST_THING}` },
      { Effect: 'Allow', Action: 'iot:Publish', Resource: `${arn}:topic/${FIRST_TOPIC}` },
    ],
  }
}
